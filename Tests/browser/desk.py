"""What a seller does at the till again and again, for the tests of the till, the drawer and the jobs."""

import re

import pytest

from counter import counter  # noqa: F401


@pytest.fixture
def till(counter, page, hands):
    """The sale screen, a seller signed in, the drawer open, nothing on the ticket."""
    headers = counter.sign_in(page)
    counter.have_drawer(page, headers, open_=True)
    return ready(counter, page, hands)


def ready(counter, page, hands):
    page.goto(counter.service.url + "/till")
    page.wait_for_selector("[data-offer]")
    hands.begin()
    return page


def state(page, name: str) -> None:
    page.wait_for_selector(f"body[data-ticket={name}]")


def lines(page) -> int:
    return page.locator("#lines > li").count()


def number(page) -> str:
    return re.search(r"LI1-[VGR]-\d+", page.inner_text("#done"))[0]


def count_drawer(till, counter, hands, missing_cents: int = 0, by: str = "key") -> None:
    expected = counter.drawer(till)
    hands.begin()
    hands.press("Shift+F4") if by == "key" else hands.tap(till.locator("#close-open"))
    till.wait_for_selector("#close-dialog[open]")
    hands.type(f"{(expected['expected_cash_cents'] - missing_cents) / 100:.2f}")
    hands.press("Tab")
    hands.type(f"{expected['expected_card_cents'] / 100:.2f}")
    if till.is_visible("#close-cheque"):
        hands.press("Tab")
        hands.type(f"{expected['expected_cheque_cents'] / 100:.2f}")


def sell_a_laptop(till, counter, hands) -> str:
    voucher, label = counter.voucher(), counter.laptop()
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F8")
    state(till, "done")
    return number(till)
