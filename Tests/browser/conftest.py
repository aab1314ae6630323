"""Fixtures of the browser tests: a real service, a real browser, two sizes of screen.

`service`  the demonstration, served; one for the whole run
`page`     1280 × 800, the seller's screen        `phone`   390 × 844
`hands`    the seller's hands on `page`, counted  `axe`     axe(page) fails on any fault
`look`     look(page, "name") keeps a screenshot under .build-looks/
Each page starts signed out, and a page that logs an error or asks another host fails its test.
"""

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

import running

sys.path.insert(0, str(Path(__file__).parent))
import axe as accessibility  # noqa: E402
from hands import Hands  # noqa: E402

LOOKS = running.ROOT / ".build-looks"


@pytest.fixture(scope="session")
def service():
    with running.Service() as service:
        service.command("demo")
        yield service.start()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Debian's Chromium; root has no sandbox to give it.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, request):
    """open_page(width, height, **options): a new page; what it complains of fails the test."""
    contexts, complaints = [], []

    def open_page(width: int, height: int, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=options.pop("locale", "fr-FR"), timezone_id="Europe/Paris", reduced_motion="reduce", **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(f"error in {page.url}: {error}"))
        page.on(
            "console",
            lambda message: complaints.append(f"{page.url} says: {message.text}")
            if message.type == "error" and not _expected(request, message.text)
            else None,
        )
        page.on(
            "request",
            lambda sent: None
            if sent.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:", "file:"))
            else complaints.append(f"{page.url} asks another host: {sent.url}"),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _expected(request, text: str) -> bool:
    """Chromium logs each answer of 400 and more; a test of refusals says so with its marker."""
    return "Failed to load resource" in text and bool(request.node.get_closest_marker("refusals"))


def pytest_configure(config):
    config.addinivalue_line("markers", "refusals: the service is expected to refuse something")


@pytest.fixture
def page(open_page):
    return open_page(1280, 800)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """What a failing test's page said, since a time-out tells only what was not there."""
    report = yield
    page = item.funcargs.get("page") or item.funcargs.get("phone")
    if report.when == "call" and report.failed and page is not None and not page.is_closed():
        try:
            report.sections.append(("page", f"{page.url}\n{page.inner_text('body', timeout=2000)[:3000]}"))
        except Error as cause:
            report.sections.append(("page", f"{page.url}\n{cause}"))
    return report


@pytest.fixture
def phone(open_page):
    return open_page(390, 844, is_mobile=True, has_touch=True)


@pytest.fixture
def hands(page):
    return Hands(page)


@pytest.fixture
def axe():
    return accessibility.check


@pytest.fixture
def look():
    LOOKS.mkdir(exist_ok=True)
    return lambda page, name: page.screenshot(path=LOOKS / f"{name}.png", full_page=True)


@pytest.fixture
def no_sideways_scroll():
    """Nothing is wider than the screen."""

    def check(page):
        # A phone zooms out until a wide page fits: its own width is measured, not what it shows.
        width = page.viewport_size["width"]
        wide = page.evaluate(
            """width => [...document.querySelectorAll("body *")]
                .filter(node => node.getBoundingClientRect().right > width + 1
                        && !node.closest("[data-scrolls]"))
                .slice(0, 5).map(node => node.outerHTML.slice(0, 120))""",
            width,
        )
        whole = page.evaluate("document.documentElement.scrollWidth")
        assert whole <= width, f"{page.url} scrolls sideways ({whole} px): {wide}"

    return check
