"""Fixtures of the contract's tests: what scripts, shops and other programs rely on, tried from outside.

`shop`  a real installation, made by the command line and served: one shop, one till, two sellers, a drawer open
`demo`  the demonstration, loaded and served
"""

import pytest
import running
from browser.counter import Counter as Shop


@pytest.fixture(scope="session")
def shop():
    with running.Service() as service:
        shop = Shop(service).prepare()
        service.start()
        service.command("drawer", "open", "--float", "10000")
        yield shop


@pytest.fixture(scope="session")
def demo():
    with running.Service() as service:
        service.command("demo")
        yield service.start()
