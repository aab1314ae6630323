"""The six jobs of the till, done as a seller does them, each within its count of interactions; then
with the keyboard alone, and with the network cut in the middle."""

import re

import pytest

from counter import LAPTOP_CENTS, PIN, RECHARGE_CENTS, counter  # noqa: F401


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


def test_a_computer_for_cash_in_three(till, counter, hands, axe, look, no_sideways_scroll):
    voucher, label = counter.voucher(), counter.laptop()
    hands.begin()
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F8")
    state(till, "done")
    hands.at_most(3)
    assert counter.sold(till, number(till))["total_cents"] == LAPTOP_CENTS
    axe(till)
    no_sideways_scroll(till)
    look(till, "till-done")


def test_a_computer_by_card_in_four(till, counter, hands, axe):
    voucher, label = counter.voucher(), counter.laptop()
    hands.begin()
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F9")
    till.wait_for_selector("#ask-dialog[open]")
    axe(till)
    hands.press("Enter")
    state(till, "done")
    hands.at_most(4)


@pytest.mark.parametrize("by", ["digit", "tile"])
def test_a_recharge_in_three(till, counter, hands, by):
    voucher = counter.voucher()
    tile = till.locator("[data-offer=recharge-5]")
    hands.begin()
    hands.scan(voucher)
    hands.press(tile.locator("kbd").inner_text()) if by == "digit" else hands.tap(tile)
    hands.press("F8")
    state(till, "done")
    hands.at_most(3)
    assert counter.sold(till, number(till))["total_cents"] == RECHARGE_CENTS


def test_a_right_is_checked_in_two(till, counter, hands, axe, look):
    voucher = counter.voucher()
    hands.begin()
    hands.scan(voucher)
    till.wait_for_selector(".person-name")
    axe(till)
    look(till, "till-standing")
    hands.press("Escape")
    till.wait_for_selector("#who .empty")
    hands.at_most(2)


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


def count_drawer(till, counter, hands, missing_cents: int = 0) -> None:
    expected = counter.drawer(till)
    hands.begin()
    hands.press("F4")
    till.wait_for_selector("#menu-dialog[open]")
    hands.type(f"{(expected['expected_cash_cents'] - missing_cents) / 100:.2f}")
    hands.press("Tab")
    hands.type(f"{expected['expected_card_cents'] / 100:.2f}")
    if till.is_visible("#close-cheque"):
        hands.press("Tab")
        hands.type(f"{expected['expected_cheque_cents'] / 100:.2f}")


def test_the_drawer_closes_in_four(till, counter, hands, axe):
    count_drawer(till, counter, hands)
    axe(till)
    hands.press("Enter")
    till.wait_for_selector("body[data-drawer=closed]")
    hands.at_most(4)
    assert not counter.drawer(till)["open"]


def test_the_drawer_closes_over_a_difference_in_five(till, counter, hands, axe, look):
    count_drawer(till, counter, hands, missing_cents=100)
    till.wait_for_selector("#close-gap:not([hidden])")
    axe(till)
    look(till, "till-difference")
    till.select_option("#close-reason", "unexplained")
    hands.press("Enter")
    till.wait_for_selector("body[data-drawer=closed]")
    hands.at_most(5)


def sell_a_laptop(till, counter, hands) -> str:
    voucher, label = counter.voucher(), counter.laptop()
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F8")
    state(till, "done")
    return number(till)


def test_one_line_is_refunded_in_four(till, counter, hands, axe, look):
    receipt = sell_a_laptop(till, counter, hands)
    hands.begin()
    hands.scan(receipt)
    till.wait_for_selector("#refund-dialog[open]")
    axe(till)
    look(till, "till-refund")
    till.select_option("#refund-reason", "defective")
    hands.press("F8")
    till.wait_for_selector("#change")
    hands.at_most(4)
    assert counter.sold(till, receipt)["lines"][0]["units_left"] == 0


def test_a_scan_on_the_done_screen_starts_the_next_sale(till, counter, hands):
    sell_a_laptop(till, counter, hands)
    hands.scan(counter.voucher())
    till.wait_for_selector(".person-name")
    assert till.is_visible("#pay-cash")


def test_every_job_is_done_with_the_keyboard_alone(till, counter, hands):
    receipt = sell_a_laptop(till, counter, hands)
    hands.scan(receipt)
    till.wait_for_selector("#refund-dialog[open]")
    hands.press("ArrowDown")
    hands.press("F9")
    till.wait_for_selector("#refund-dialog:not([open])", state="attached")
    hands.press("F4")
    till.wait_for_selector("#menu-dialog[open]")
    hands.press("Escape")
    hands.press("F2")
    till.wait_for_selector("#find-dialog[open]")
    hands.type("fami")
    till.wait_for_selector("#find-results button")
    hands.press("Enter")
    till.wait_for_selector(".person-name")
    assert not [done for done in hands.done if done.startswith("tap")]


@pytest.mark.refusals
def test_with_the_network_cut_nothing_is_sold_and_the_ticket_is_done_once(till, counter, hands, look):
    voucher, label = counter.voucher(), counter.laptop()
    hands.scan(voucher)
    hands.scan(label)
    state(till, "open")
    till.context.set_offline(True)
    hands.press("F8")
    state(till, "waiting")
    assert "rien n’est vendu" in till.inner_text("#pending")
    assert lines(till) == 1
    look(till, "till-offline")
    till.context.set_offline(False)
    state(till, "done")
    assert counter.sold(till, number(till))["total_cents"] == LAPTOP_CENTS


@pytest.mark.refusals
def test_an_answer_that_was_lost_is_asked_again_with_the_same_key(till, counter, hands):
    voucher, label = counter.voucher(), counter.laptop()
    keys = []

    def lose(route):
        keys.append(route.request.post_data_json["key"])
        route.fetch()
        route.abort()

    till.route("**/api/v1/sales", lose, times=1)
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F8")
    state(till, "waiting")
    till.on("dialog", lambda dialog: dialog.accept())
    with till.expect_request("**/api/v1/sales") as sent:
        till.reload()
    state(till, "done")
    assert sent.value.post_data_json["key"] == keys[0]
    assert counter.sold(till, number(till))["lines"][0]["units_left"] == 1


@pytest.mark.refusals
@pytest.mark.parametrize("what", ["unknown", "not erased", "unreadable", "no right"])
def test_a_refusal_says_what_why_and_what_now(till, counter, hands, axe, look, what):
    code = {
        "unknown": "LIPC26-9999", "unreadable": "XKCD-12345-67",
        "not erased": counter.laptop(shelved=False), "no right": counter.laptop(),
    }[what]
    hands.scan(code)
    if what == "no right":
        hands.press("F8")
    till.wait_for_selector("#refusal .refusal")
    for part in ("what", "why", "now", "reference"):
        assert till.inner_text(f"#refusal .refusal-{part}").strip()
    assert lines(till) == (1 if what == "no right" else 0)
    axe(till)
    look(till, f"till-refused-{what.replace(' ', '-')}")


def test_a_scanner_set_to_another_keyboard_is_put_right(till, counter, hands):
    label = counter.laptop()
    french = str.maketrans("0123456789-", "à&é\"'(-è_ç)")
    hands.scan(label.translate(french))
    state(till, "open")
    assert label in till.inner_text("#lines")
    assert "clavier américain" in till.inner_text("#toasts")


def test_a_scan_never_changes_a_field(till, counter, hands):
    label = counter.laptop()
    till.focus("#given")
    hands.type("120")
    hands.scan(label)
    state(till, "open")
    assert till.input_value("#given") == "120"


def test_change_is_shown_in_figures_that_are_read_from_afar(till, counter, hands):
    hands.scan(counter.voucher())
    hands.scan(counter.laptop())
    state(till, "open")
    till.fill("#given", "120")
    hands.press("F8")
    till.wait_for_selector("#change")
    assert till.inner_text("#change") == "21,00\u00a0€"
    assert till.eval_on_selector("#change", "node => parseFloat(getComputedStyle(node).fontSize)") >= 44


def test_a_line_taken_away_can_be_put_back(till, counter, hands):
    hands.scan(counter.laptop())
    state(till, "open")
    hands.press("Delete")
    state(till, "empty")
    hands.tap(till.locator(".toast button"))
    state(till, "open")


def test_a_gift_names_who_pays_and_costs_nothing(till, counter, hands, axe):
    hands.scan(counter.voucher())
    hands.scan(counter.laptop())
    state(till, "open")
    hands.tap(till.locator("#pay-gift"))
    till.wait_for_selector("#gift-dialog[open]")
    axe(till)
    hands.press("Enter")
    state(till, "done")
    gift = counter.sold(till, number(till))
    assert (gift["kind"], gift["total_cents"]) == ("gift", 0)


def test_a_badge_changes_the_seller_and_keeps_the_ticket(till, counter, hands):
    hands.scan(counter.laptop())
    state(till, "open")
    hands.begin()
    hands.scan(counter.badge)
    till.wait_for_selector(".toast")
    hands.at_most(2)
    assert till.inner_text(".account-name") == "Karim"
    assert lines(till) == 1


def test_a_locked_till_keeps_its_ticket_and_opens_by_pin(till, counter, hands, axe):
    hands.scan(counter.laptop())
    state(till, "open")
    hands.press("F4")
    hands.tap(till.locator("#menu-lock"))
    till.wait_for_selector("#lock-dialog[open]")
    till.wait_for_selector("#lock-user option", state="attached")
    hands.press("Escape")
    assert till.is_visible("#lock-dialog")
    axe(till)
    hands.type(PIN)
    hands.press("Enter")
    till.wait_for_selector("#lock-dialog:not([open])", state="attached")
    assert lines(till) == 1


def test_the_till_on_a_telephone(counter, phone, axe, look, no_sideways_scroll):
    headers = counter.sign_in(phone)
    counter.have_drawer(phone, headers, open_=True)
    phone.goto(counter.service.url + "/till")
    phone.locator("[data-offer=bag]").click()
    state(phone, "open")
    axe(phone)
    no_sideways_scroll(phone)
    look(phone, "till-telephone")
    small = phone.evaluate(
        """() => [...document.querySelectorAll("main button, main a.button")]
            .filter(node => node.offsetParent && node.getBoundingClientRect().height < 48)
            .map(node => node.outerHTML.slice(0, 80))""")
    assert small == []
    phone.locator("#pay-cash").click()
    state(phone, "done")


def test_the_ticket_on_screen_and_on_a_roll(till, counter, hands, axe, look, no_sideways_scroll):
    receipt = sell_a_laptop(till, counter, hands)
    till.goto(f"{counter.service.url}/receipts/{receipt}")
    slip = till.inner_text(".slip")
    for part in ("Lille Fives", "732 829 320 00074".replace(" ", "\u00a0"), receipt, "LINA", "99,00\u00a0€",
                 "Espèces", "1 ligne", "Garantie légale", "Signature", "Comptoir"):
        assert part in slip, part
    axe(till)
    no_sideways_scroll(till)
    look(till, "receipt")
    pages = till.pdf(prefer_css_page_size=True, print_background=True)
    assert pages.count(b"/Type /Page\n") == 1
