"""Fewer pages in flight after an overload, and slowly more again."""

from __future__ import annotations

from tap_salesforce_taskwho.pagination.throttle import CALM_PAGES, Throttle


def test_an_overload_halves_the_pages_in_flight_down_to_one() -> None:
    throttle = Throttle(8, overloads=3)
    throttle.page_came(3)
    assert throttle.allowed == 8
    for overloads, allowed in ((4, 4), (5, 2), (6, 1), (7, 1)):
        throttle.page_came(overloads)
        assert throttle.allowed == allowed


def test_calm_pages_allow_one_more_up_to_all_threads() -> None:
    throttle = Throttle(3, overloads=0)
    throttle.page_came(1)
    assert throttle.allowed == 1
    for _ in range(CALM_PAGES - 1):
        throttle.page_came(1)
    assert throttle.allowed == 2
    for _ in range(5 * CALM_PAGES):
        throttle.page_came(1)
    assert throttle.allowed == 3


def test_one_thread_stays_one() -> None:
    throttle = Throttle(8, overloads=0)
    throttle.use_one_thread()
    for _ in range(5 * CALM_PAGES):
        throttle.page_came(0)
    assert (throttle.threads, throttle.allowed) == (1, 1)
