"""Fixtures of the fault tests: twenty tills selling on a real service, and how often to pull the plug.

`--rounds N` kills N times (20 when absent: enough to notice; 100 before a release).
`--patience N` is how many seconds a till may wait for its next sale (120 when absent: enough for a machine that does
much else; 10 on a quiet one, as the shop is promised).
`--seed N` replays the same moments; it is printed with a failure.
"""

import os
import random
import time

import pytest
import running
from counter import Counter
from playwright.sync_api import sync_playwright


def pytest_addoption(parser):
    parser.addoption("--rounds", type=int, default=20)
    parser.addoption("--races", type=int, default=2_000)
    parser.addoption("--seed", type=int, default=None)
    parser.addoption("--patience", type=float, default=120)


@pytest.fixture
def patience(request) -> float:
    return request.config.getoption("--patience")


@pytest.fixture
def rounds(request) -> int:
    return request.config.getoption("--rounds")


@pytest.fixture
def chance(request) -> random.Random:
    seed = request.config.getoption("--seed") or time.time_ns() % 1_000_000
    print(f"--seed {seed}")
    return random.Random(seed)


@pytest.fixture
def counter():
    with running.Service() as service:
        service.set_up()
        service.start()
        counter = Counter(service, persons=6_000, history=0, shelf=6_000)
        counter.open_tills(8)
        yield counter


@pytest.fixture
def page():
    """The seller's screen, in Debian's Chromium."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
        yield page
        browser.close()
