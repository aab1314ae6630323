"""An exception at the till: a limit refuses, a second person signs on the spot, the sale goes on in the seller's hands (X4)."""

import pytest

from counter import PASSWORD, counter  # noqa: F401
from desk import number, ready, state, till  # noqa: F401


@pytest.fixture(scope="module")
def manager(counter):
    counter.service.command("user", "add", "rosa", "--name", "Rosa", "--operator", "ROSA", "--role", "shop_manager")
    return "rosa"


def fill_the_limit(page, hands, voucher) -> None:
    """Six recharges of 5 € are the 30 € of the month; the seventh is refused at its line."""
    hands.scan(voucher)
    page.wait_for_selector(".person-name")
    page.locator("[data-offer=recharge-5]").click()
    for _ in range(6):
        page.locator(".line-quantity button").last.click()
    page.wait_for_selector(".line .refusal .override-open")


@pytest.mark.refusals
def test_a_second_person_lets_a_line_pass_by_keys_alone(till, counter, hands, manager, axe, look, no_sideways_scroll):
    fill_the_limit(till, hands, counter.voucher())
    look(till, "till-override-refused")
    till.focus(".override-open")
    hands.press("Enter")
    till.wait_for_selector("#override-dialog[open]")
    assert "5,00\u00a0€ au-delà du plafond" in till.inner_text("#override-what")
    axe(till)
    no_sideways_scroll(till)
    look(till, "till-override")
    hands.press("Enter")
    assert "Choisissez un motif" in till.inner_text("#override-motive-error")
    till.select_option("#override-motive", "separation")
    # The seller themself is no second person, and a volunteer answers for no shop.
    for login in ("lina", "karim"):
        till.fill("#override-login", login)
        till.fill("#override-password", PASSWORD)
        till.click("#override-yes")
        till.wait_for_selector("#override-error:not([hidden]):has-text('Responsable d’espace')")
    till.fill("#override-login", manager)
    till.fill("#override-password", "pas la bonne du tout")
    till.click("#override-yes")
    till.wait_for_selector("#override-error:has-text('mot de passe')")
    look(till, "till-override-wrong")
    till.fill("#override-password", PASSWORD)
    hands.press("Enter")
    till.wait_for_selector("#override-dialog:not([open])", state="attached")
    till.wait_for_selector("body[data-allowed=yes], .line:not(.refused)")
    assert not till.locator(".line .refusal").count()
    till.wait_for_selector("#who .tag:has-text('dérogation jusqu’au')")
    # The till is still its seller's.
    assert "Lina" in till.inner_text(".account-name")
    hands.press("F8")
    state(till, "done")
    receipt = number(till)
    told = counter.service.json("override", "list", "--state", "used")["items"][0]
    assert (told["receipt"], told["granted_by"], told["asked_by"]) == (receipt, "ROSA", "LINA")


@pytest.mark.refusals
def test_the_same_on_a_telephone_and_in_the_list(counter, open_page, manager, axe, look, no_sideways_scroll):
    from hands import Hands

    page = open_page(390, 844, is_mobile=True, has_touch=True)
    headers = counter.sign_in(page)
    counter.have_drawer(page, headers, open_=True)
    hands = Hands(page)
    ready(counter, page, hands)
    fill_the_limit(page, hands, counter.voucher())
    look(page, "till-override-refused-telephone")
    page.locator(".override-open").click()
    page.wait_for_selector("#override-dialog[open]")
    axe(page)
    no_sideways_scroll(page)
    look(page, "till-override-telephone")
    page.select_option("#override-motive", "studies")
    page.fill("#override-login", manager)
    page.fill("#override-password", PASSWORD)
    page.locator("#override-yes").click()
    page.wait_for_selector("#override-dialog:not([open])", state="attached")
    page.wait_for_selector(".line:not(.refused)")
    # What nobody has used yet stands open in the list.
    counter.sign_in(page, "ada")
    page.goto(counter.service.url + "/overrides?state=open&motive=studies")
    assert page.locator("tbody tr").count() == 1
    for words in ("Études ou formation", "ROSA", "LINA", "Ouverte"):
        assert words in page.inner_text("tbody")
    axe(page)
    no_sideways_scroll(page)
    look(page, "overrides-telephone")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(counter.service.url + "/overrides")
    look(page, "overrides")
    with page.expect_download() as saved:
        page.locator("a[href^='/overrides/exceptions.csv']").click()
    table = saved.value.path().read_text(encoding="utf-8-sig")
    assert "Études ou formation" in table and "ROSA" in table
