"""The drawer: opened, counted and closed, each within its count of interactions."""

import pytest

from counter import counter  # noqa: F401
from desk import count_drawer, lines, ready, state, till  # noqa: F401


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


@pytest.mark.refusals
def test_a_drawer_of_yesterday_is_counted_before_anything_is_paid_and_the_lines_stay(counter, open_page, axe, look, no_sideways_scroll):
    """What the service says of a drawer past midnight is put into its answer: a test does not wait for the night."""
    def over(route):
        answer = route.fetch()
        body = answer.json()
        if body["open"]:
            body |= {"over": True, "business_on": "2026-11-28"}
        route.fulfill(response=answer, json=body)

    phone = {"is_mobile": True, "has_touch": True}
    for name, page in (("till-over", open_page(1280, 800)), ("till-over-telephone", open_page(390, 844, **phone))):
        headers = counter.sign_in(page)
        counter.have_drawer(page, headers, open_=True)
        page.route("**/api/v1/drawer", over)
        page.goto(counter.service.url + "/till")
        page.wait_for_selector("[data-offer]")
        page.wait_for_selector("#over:not([hidden])")
        assert "28/11/2026" in page.inner_text("#over")
        axe(page)
        no_sideways_scroll(page)
        look(page, name)
        page.click("[data-offer=bag]")
        state(page, "open")
        page.click("#over-close") if name.endswith("telephone") else page.keyboard.press("F8")
        page.wait_for_selector("#close-dialog[open] #close-form:not([hidden])")
        page.fill("#close-cash", f"{counter.drawer(page)['expected_cash_cents'] / 100:.2f}")
        page.fill("#close-card", f"{counter.drawer(page)['expected_card_cents'] / 100:.2f}")
        if page.is_visible("#close-cheque"):
            page.fill("#close-cheque", f"{counter.drawer(page)['expected_cheque_cents'] / 100:.2f}")
        page.click("#close-form button.primary")
        page.wait_for_selector("#close-sums dd")
        assert lines(page) == 1, "what was on the ticket is still there"
