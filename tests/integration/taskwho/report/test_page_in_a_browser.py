"""The report's page in a real browser: readable at every width, in light and dark, and inert."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright
from taskwho.report.history import past_run
from taskwho.report.page import render_index, render_page

from tests.support.reporting.report_cases import AT, CASES, hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

WIDTHS = (80, 320, 1000, 1600)
RUNS = [
    replace(past_run(CASES["healthy"], f"run_{hour}"), ended_at=AT - timedelta(hours=hour))
    for hour in range(20, 0, -1)
]
PAGES = {
    **{name: render_page(CASES[name], RUNS) for name in ("mixed", "login", "many")},
    "first": render_page(CASES["mixed"], []),
    "hostile": render_page(hostile(), RUNS),
    "index": render_index([*RUNS, past_run(CASES["crash"], "run_0")]),
}
# WCAG 2.2, contrast (minimum): https://www.w3.org/TR/WCAG22/#contrast-minimum
LOW_CONTRAST = """
() => {
  const channels = color => color.match(/[\\d.]+/g).map(Number);
  const luminance = color => {
    const [r, g, b] = channels(color).slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = element => {
    for (let at = element; at; at = at.parentElement) {
      const found = getComputedStyle(at).backgroundColor;
      if ((channels(found)[3] ?? 1) > 0) return found;
    }
    return "rgb(255, 255, 255)";
  };
  const low = [];
  for (const element of document.querySelectorAll("body *")) {
    const says = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!says || element.closest("svg")) continue;
    const pair = [getComputedStyle(element).color, background(element)].map(luminance).sort();
    if ((Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05) < 4.5)
      low.push(element.outerHTML);
  }
  return low;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not run under root, as CI does
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def said() -> list[str]:
    """What a page asks for, and what it complains of."""
    return []


@pytest.fixture
def page(browser: Browser, said: list[str]) -> Iterator[Page]:
    with browser.new_page() as opened:
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("dialog", lambda dialog: said.append(dialog.message))
        opened.on("request", lambda request: said.append(request.url))
        yield opened


@pytest.fixture(params=PAGES)
def shown(request: pytest.FixtureRequest, page: Page, tmp_path: Path) -> Page:
    """Each page, opened from a file as a person opens it."""
    file = tmp_path / "page.html"
    file.write_text(PAGES[request.param])
    page.goto(file.as_uri())
    return page


def test_a_page_asks_for_nothing_and_complains_of_nothing(shown: Page, said: list[str]) -> None:
    assert said == [shown.url]


def test_a_page_fits_every_width(shown: Page) -> None:
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 800})
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_shows_what_to_do_and_what_it_brings_in_without_scrolling(shown: Page) -> None:
    shown.set_viewport_size({"width": 320, "height": 800})
    wider = "[...document.querySelectorAll('.stacked')].filter(t => t.scrollWidth > innerWidth)"
    assert shown.evaluate(f"{wider}.map(t => t.outerHTML)") == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_page_is_readable_in_light_and_in_dark(shown: Page) -> None:
    backgrounds = set()
    schemes: list[Any] = ["light", "dark"]
    for scheme in schemes:
        shown.emulate_media(color_scheme=scheme)
        assert shown.evaluate(LOW_CONTRAST) == []
        backgrounds.add(shown.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(backgrounds) == len(schemes)


def test_a_page_can_be_read_by_ear(shown: Page) -> None:
    levels = shown.evaluate("[...document.querySelectorAll('h1, h2')].map(h => h.tagName)")
    assert levels.count("H1") == 1
    assert levels[0] == "H1"
    assert shown.locator("th:not([scope])").count() == 0
    assert shown.locator("svg[role=img]:not([aria-label])").count() == 0
    assert shown.locator("table").count() == shown.locator("table:has(thead th)").count()
    assert shown.evaluate("document.documentElement.lang") == "en"


def test_print_shows_what_is_folded(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES["mixed"])
    page.goto(file.as_uri())
    folded = page.locator("details table").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.evaluate("table => table.checkVisibility({contentVisibilityAuto: true})")
    assert page.pdf().startswith(b"%PDF")


def test_text_from_elsewhere_is_never_markup(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGES["hostile"])
    page.goto(file.as_uri())
    assert page.locator("script, img, iframe, object, form").count() == 0
    addresses = page.evaluate(
        "[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"
    )
    assert {address.rpartition(".")[2] for address in addresses} == {"html", "gz"}
    text = page.locator("body").inner_text()
    assert "<script>alert(1)</script>" in text
    assert not set(text) & set("\u202e\x1b\x00")
