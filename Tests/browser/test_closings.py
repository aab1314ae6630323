"""The till's money: coins and notes counted, cash moved for no ticket, duplicates, and days closed for ever.
On an installation of its own, since a day that is closed is not opened again."""

import pytest

import running
from counter import LAPTOP_CENTS, Counter  # noqa: F401
from desk import ready, sell_a_laptop, state


@pytest.fixture(scope="module")
def shop():
    with running.Service() as service:
        counter = Counter(service).prepare()
        service.start()
        yield counter


def at_the_till(shop, page, hands):
    headers = shop.sign_in(page)
    shop.have_drawer(page, headers, open_=True)
    return ready(shop, page, hands)


def test_a_ticket_is_printed_once_then_as_a_duplicate(shop, page, hands, axe, look):
    till = at_the_till(shop, page, hands)
    receipt = sell_a_laptop(till, shop, hands)
    till.wait_for_selector("#done-print")
    till.goto(f"{shop.service.url}/receipts/{receipt}")
    # What is only looked at is no ticket, should a browser print it.
    assert "COPIE" not in till.inner_text(".slip")
    till.emulate_media(media="print")
    assert "COPIE D’ÉCRAN" in till.inner_text(".slip")
    till.emulate_media(media="screen")
    till.click("[data-receipt-print] button")
    till.wait_for_selector("[data-printed]", state="attached")
    assert "DUPLICATA" not in till.inner_text(".slip")
    till.emulate_media(media="print")
    assert "COPIE" not in till.inner_text(".slip")
    till.emulate_media(media="screen")
    till.click("[data-receipt-print] button")
    till.wait_for_selector(".slip:has-text('DUPLICATA')")
    assert "DUPLICATA n°\u00a01" in till.inner_text(".slip")
    axe(till)
    look(till, "receipt-duplicate")
    # Neither a reload nor an address makes a print, by whichever number.
    till.reload()
    assert "DUPLICATA" not in till.inner_text(".slip")
    till.goto(f"{shop.service.url}/receipts/{receipt}?copy=7")
    assert "DUPLICATA" not in till.inner_text(".slip")
    assert shop.service.json("receipt", "print", receipt)["copy"] == 2


@pytest.mark.refusals
def test_cash_moves_for_no_ticket(shop, page, hands, axe, look):
    till = at_the_till(shop, page, hands)
    before = shop.drawer(till)["expected_cash_cents"]
    hands.press("F4")
    till.wait_for_selector("#menu-dialog[open]")
    hands.tap(till.locator("#menu-cash"))
    till.wait_for_selector("#cash-dialog[open]")
    axe(till)
    look(till, "till-cash")
    till.check("#cash-out")
    till.select_option("#cash-motive", "expense")
    till.fill("#cash-amount", "")
    till.click("#cash-form button.primary")
    assert "Saisissez un montant" in till.inner_text("#cash-amount-error")
    till.fill("#cash-amount", "9999")
    till.click("#cash-form button.primary")
    till.wait_for_selector("#cash-amount-error:has-text('Il n’y a pas')")
    axe(till)
    look(till, "till-cash-refused")
    till.fill("#cash-amount", "4,50")
    till.click("#cash-form button.primary")
    till.wait_for_selector("#cash-dialog:not([open])", state="attached")
    assert shop.drawer(till)["expected_cash_cents"] == before - 450
    # The drawer opened for nothing takes a motive and no amount.
    hands.press("F4")
    hands.tap(till.locator("#menu-cash"))
    till.check("#cash-opened")
    till.click("#cash-form button.primary")
    assert "Choisissez le motif" in till.inner_text("#cash-error")
    till.select_option("#cash-motive", "check")
    assert not till.is_visible("#cash-amount")
    till.click("#cash-form button.primary")
    till.wait_for_selector("#cash-dialog:not([open])", state="attached")
    assert shop.drawer(till)["expected_cash_cents"] == before - 450


def test_what_is_taken_off_a_ticket_is_in_the_journal_unless_it_is_put_back(shop, page, hands):
    till = at_the_till(shop, page, hands)
    told = []
    till.on("request", lambda request: told.append(request) if request.url.endswith("/voids") else None)
    hands.tap(till.locator("[data-offer=bag]"))
    state(till, "open")
    hands.press("Delete")
    hands.tap(till.locator("#toasts button"))
    state(till, "open")
    with till.expect_response("**/api/v1/voids") as answer:
        hands.press("Delete")
    assert answer.value.status == 201 and len(told) == 1
    assert shop.service.json("journal", "events", "--kind", "line_voided")["items"][0]["subject"] == "1"


@pytest.mark.refusals
def test_the_drawer_is_counted_and_the_day_closed_for_ever(shop, page, hands, axe, look, no_sideways_scroll, open_page):
    till = at_the_till(shop, page, hands)
    sell_a_laptop(till, shop, hands)
    till.goto(f"{shop.service.url}/closings")
    assert "Rien à clôturer ici" in till.inner_text("main")
    ready(shop, till, hands)
    expected = shop.drawer(till)["expected_cash_cents"]
    hands.press("Shift+F4")
    till.wait_for_selector("#close-dialog[open]")
    till.click("#close-pieces summary")
    notes, rest = divmod(expected, 1000)
    till.fill("#piece-1000", str(notes))
    for cents in (200, 100, 50, 20, 10):
        count, rest = divmod(rest, cents)
        if count:
            till.fill(f"#piece-{cents}", str(count))
    assert rest == 0
    assert till.input_value("#close-cash") == f"{expected // 100},{expected % 100:02}"
    axe(till)
    no_sideways_scroll(till)
    look(till, "till-pieces")
    till.fill("#close-card", "0")
    till.click("#close-form button.primary")
    till.wait_for_selector("#close-sums dd")
    till.goto(shop.service.url + till.get_attribute("#close-print", "href").removesuffix("?print"))
    slip = till.inner_text(".slip")
    for part in ("Pièces et billets", f"{notes} × 10,00", "Sorti de la caisse", "Ordinateur portable"):
        assert part in slip, part
    axe(till)
    look(till, "closing-slip-pieces")

    # A day that is not over is closed by who answers for the shop.
    till.goto(f"{shop.service.url}/closings")
    assert till.locator("main form button:has-text('Clôturer la journée')").count() == 0
    till.context.clear_cookies()
    shop.sign_in(till, "ada")
    till.goto(f"{shop.service.url}/closings")
    axe(till)
    look(till, "closings-due")
    till.click("main form button:has-text('Clôturer la journée')")
    till.wait_for_url("**/periods/LI1/day/*")
    slip = till.inner_text(".slip")
    for part in ("Journée du", "Grand total perpétuel", "Exonéré de TVA", "Espèces"):
        assert part in slip, part
    axe(till)
    no_sideways_scroll(till)
    look(till, "period-slip")
    till.goto(f"{shop.service.url}/closings")
    assert "Journée du" in till.inner_text("main table")
    axe(till)
    no_sideways_scroll(till)
    look(till, "closings")
    # Nothing more is sold on it: the drawer does not open again today, and says so.
    ready(shop, till, hands)
    till.wait_for_selector("#open-dialog[open]")
    hands.type("100")
    hands.press("Enter")
    till.wait_for_selector("#open-error:not([hidden])")
    assert "est clôturée" in till.inner_text("#open-error")
    look(till, "till-day-closed")
    phone = open_page(390, 844, is_mobile=True, has_touch=True)
    shop.sign_in(phone)
    for path, name in (("/closings", "closings-phone"), (till_slip(till, shop), "period-slip-phone")):
        phone.goto(shop.service.url + path)
        axe(phone)
        no_sideways_scroll(phone)
        look(phone, name)


def till_slip(till, shop) -> str:
    row = shop.service.json("close", "list")["items"][0]
    return f"/periods/LI1/day/{row['ends_on']}"
