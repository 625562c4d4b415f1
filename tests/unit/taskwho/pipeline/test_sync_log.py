"""What a sync learns from the lines that Meltano logs."""

from __future__ import annotations

from typing import Any

from taskwho.pipeline.sync_log import SyncLog

TAP = "tap-salesforce-taskwho"


def told(*events: dict[str, Any]) -> SyncLog:
    log = SyncLog()
    for event in events:
        log.take(event)
    return log


def metric(stream: str, value: int, *, name: str = TAP) -> dict[str, Any]:
    point = {
        "type": "counter",
        "metric": "record_count",
        "value": value,
        "tags": {"stream": stream},
    }
    return {"name": name, "level": "info", "event": "METRIC", "metric_info": point}


def test_rows_are_summed_over_the_tap_s_counts_without_its_journal() -> None:
    log = told(
        {"name": TAP, "level": "info", "event": "12,000 rows to read."},
        metric("task_who_relations", 4000),
        metric("task_who_relations", 1000),
        metric("users", 10),
        metric("sync_batches", 3),
        metric("task_who_relations", 5000, name="target-postgres"),
    )
    assert (log.rows(), log.to_read) == (5010, 12_000)


def test_the_parents_tap_counts_too() -> None:
    log = told(metric("users", 7, name="tap-salesforce-taskwho-parents"))
    assert log.rows() == 7


def test_exit_codes_and_last_errors_are_kept_apart() -> None:
    log = told(
        {"name": TAP, "level": "error", "event": "first"},
        {"name": TAP, "level": "error", "event": "The login failed. Mend it."},
        {"name": "target-postgres", "level": "error", "event": "No connection."},
        {
            "event": "Block run completed",
            "level": "error",
            "success": False,
            "err": "Extractor and loader failed",
            "exit_codes": {"extractors": 2, "loaders": 1},
        },
    )
    assert (log.tap_exit_code, log.loader_exit_code) == (2, 1)
    assert log.tap_error == "The login failed. Mend it."
    assert log.loader_error == "No connection."


def test_a_failure_of_meltano_s_own_is_not_blamed_on_a_plugin() -> None:
    log = told({"event": "Block run completed", "success": False, "err": "No such plugin"})
    assert (log.tap_exit_code, log.loader_exit_code) == (0, 0)
    assert log.meltano_error == "No such plugin"


def test_only_the_tap_s_own_warnings_are_passed_on() -> None:
    log = SyncLog()
    own = {"name": TAP, "plugin_logger": f"{TAP}.users", "level": "warning"}
    assert log.warning({**own, "event": "queryAll is refused."}) == "queryAll is refused."
    assert log.warning({**own, "event": "Config validation failed"}) is None
    assert log.warning({**own, "event": "unclosed file", "plugin_logger": "py.warnings"}) is None
    assert log.warning({"name": "target-postgres", "level": "warning", "event": "hm"}) is None
