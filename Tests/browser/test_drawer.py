"""The drawer: opened, counted and closed, each within its count of interactions."""

import pytest

from counter import counter  # noqa: F401
from desk import ready, state, count_drawer, till  # noqa: F401


def test_the_drawer_opens_in_two(counter, page, hands, axe):
    headers = counter.sign_in(page)
    counter.have_drawer(page, headers, open_=False)
    ready(counter, page, hands)
    page.wait_for_selector("#open-dialog[open]")
    axe(page)
    hands.type("100")
    hands.press("Enter")
    page.wait_for_selector("body[data-drawer=open]")
    hands.at_most(2)
    assert counter.drawer(page)["float_cents"] == 10_000


@pytest.mark.parametrize("by", ["key", "button"])
def test_the_drawer_closes_in_four_and_ends_with_its_slip(till, counter, hands, axe, look, by):
    count_drawer(till, counter, hands, by=by)
    axe(till)
    hands.press("Enter")
    till.wait_for_selector("body[data-drawer=closed]")
    hands.at_most(4)
    assert not counter.drawer(till)["open"]
    till.wait_for_selector("#close-sums dd")
    axe(till)
    look(till, "till-closed-sums")
    till.goto(counter.service.url + till.get_attribute("#close-print", "href").removesuffix("?print"))
    slip = till.inner_text(".slip")
    for part in ("Clôture de caisse", "LI1-C-", "Attendu", "Compté", "Total perpétuel"):
        assert part in slip, part
    axe(till)
    look(till, "closing-slip")


def test_an_empty_count_says_so_at_its_field(till, hands):
    hands.press("Shift+F4")
    till.wait_for_selector("#close-dialog[open]")
    hands.press("Enter")
    assert "Saisissez un montant" in till.inner_text("#close-cash-error")


def test_a_closed_till_says_so_and_opens_from_there(counter, page, hands, axe, look):
    headers = counter.sign_in(page)
    counter.have_drawer(page, headers, open_=False)
    ready(counter, page, hands)
    page.wait_for_selector("#open-dialog[open]")
    hands.press("Escape")
    assert "Caisse fermée" in page.inner_text("#closed")
    axe(page)
    look(page, "till-closed")
    hands.press("F4")
    page.wait_for_selector("#menu-dialog[open]")
    assert page.evaluate("document.activeElement.id") == "menu-open-drawer"
    axe(page)
    hands.press("Escape")
    hands.tap(page.locator("[data-offer=bag]"))
    state(page, "open")
    hands.press("F8")
    page.wait_for_selector("#open-dialog[open]")
    assert not page.locator("#refusal .refusal").count()
    hands.press("Escape")
    hands.tap(page.locator("#closed-open"))
    hands.type("100")
    hands.press("Enter")
    page.wait_for_selector("#closed[hidden]", state="attached")
    assert counter.drawer(page)["open"]


def test_the_drawer_closes_over_a_difference_in_five(till, counter, hands, axe, look):
    count_drawer(till, counter, hands, missing_cents=100)
    till.wait_for_selector("#close-gap:not([hidden])")
    axe(till)
    look(till, "till-difference")
    till.select_option("#close-reason", "unexplained")
    hands.press("Enter")
    till.wait_for_selector("body[data-drawer=closed]")
    hands.at_most(5)
