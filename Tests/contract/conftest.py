"""Fixtures of the contract's tests: what scripts, shops and other programs rely on, tried from outside.

`shop`   a real installation, made by the command line and served: one shop, one till, two sellers, a drawer open
`small`  the same of the test's own, since its service is stopped or killed; its drawer is closed
`demo`   the demonstration, loaded and served
"""

import itertools
import subprocess

import pytest
import running
from browser.counter import Counter as Shop


@pytest.fixture(scope="session")
def prepared():
    """A shop that is set up and not served: each test that needs its own takes a copy of its folder."""
    with running.Service() as service:
        with service.at_work():
            shop = Shop(service).prepare()
        yield shop


def copied(shop: Shop, service: running.Service) -> Shop:
    # With owners and modes, since the database's folder may belong to the `postgres` user.
    subprocess.run(["cp", "-a", shop.service.data, service.data], check=True)
    service.environment |= {name: shop.service.environment[name] for name in ("COMPTOIR_PASSWORD", "COMPTOIR_PIN")}
    mine = Shop(service)
    mine.badge, mine.numbers = shop.badge, itertools.count(1)
    service.start()
    return mine


@pytest.fixture(scope="session")
def shop(prepared):
    with running.Service() as service:
        shop = copied(prepared, service)
        service.command("drawer", "open", "--float", "10000")
        yield shop


@pytest.fixture
def small(prepared):
    with running.Service() as service:
        yield copied(prepared, service)


@pytest.fixture(scope="session")
def demo():
    with running.Service() as service:
        service.command("demo")
        yield service.start()
