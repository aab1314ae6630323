"""The six jobs of the till, done as a seller does them, each within its count of interactions, and what the till says meanwhile."""

import pytest

from counter import LAPTOP_CENTS, PIN, RECHARGE_CENTS, counter  # noqa: F401
from desk import state, lines, number, sell_a_laptop, till  # noqa: F401
import running


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


@pytest.mark.refusals
def test_a_voucher_that_opens_nothing_says_so_beside_its_paper(till, counter, hands, axe, look):
    voucher = counter.voucher(valid_until=running.today().isoformat())
    counter.service.command("voucher", "revoke", voucher, "--motive", "Erreur de saisie")
    hands.scan(voucher)
    till.wait_for_selector("#who .refusal")
    assert "Bon annulé le" in till.inner_text(".origin")
    axe(till)
    look(till, "till-revoked")


def test_a_voucher_for_connection_alone_promises_no_machine(till, counter, hands, look):
    hands.scan(counter.voucher_for("connection"))
    till.wait_for_selector(".person-name")
    words = till.inner_text("#who")
    assert "Équipement\u00a0: aucun droit ouvert" in words
    assert "équipement par foyer" not in words
    assert till.locator("#who-clear").bounding_box()["y"] < 400
    look(till, "till-connection-only")


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
    till.goto(counter.service.url + till.get_attribute("#done-print", "href").removesuffix("?print"))
    slip = till.inner_text(".slip")
    for part in ("Ticket de remboursement", "LI1-R-", receipt, "Ne fonctionne pas", "Espèces", "99,00\u00a0€"):
        assert part in slip, part
    axe(till)
    look(till, "receipt-refund")


def test_a_refund_begins_with_a_field_and_the_tickets_of_the_day(till, counter, hands, axe, look):
    receipt = sell_a_laptop(till, counter, hands)
    hands.press("F4")
    hands.tap(till.locator("#menu-refund"))
    till.wait_for_selector("#tickets-dialog[open]")
    assert till.evaluate("document.activeElement.id") == "tickets-text"
    till.wait_for_selector(f"#tickets-list button:has-text('{receipt}')")
    axe(till)
    look(till, "till-tickets")
    hands.press("Enter")
    assert "Scannez un ticket" in till.inner_text("#tickets-error")
    hands.type(receipt.lower().replace("-", " "))
    hands.press("Enter")
    till.wait_for_selector("#refund-dialog[open]")
    assert "espèces" in till.inner_text("#refund-paid")
    assert "primary" in till.get_attribute("#refund-cash", "class")
    assert not till.is_visible("#refund-cheque")
    till.select_option("#refund-reason", "other")
    till.uncheck("#refund-lines input[type=checkbox]")
    hands.press("F8")
    assert "Choisissez au moins une ligne" in till.inner_text("#refund-lines-error")
    assert not till.is_visible("#refund-error")


def test_the_shop_s_tickets_are_listed_by_day(till, counter, hands, axe, look, no_sideways_scroll):
    receipt = sell_a_laptop(till, counter, hands)
    till.goto(counter.service.url + "/receipts")
    assert receipt in till.inner_text("main tbody tr:first-child")
    axe(till)
    no_sideways_scroll(till)
    look(till, "receipts")
    till.goto(counter.service.url + "/receipts?day=2020-01-01")
    assert "Aucun ticket" in till.inner_text("main")
    axe(till)


@pytest.mark.parametrize("typed", ["groups", "device"])
def test_a_code_is_typed_as_our_paper_prints_it(till, counter, hands, typed):
    voucher, label = counter.voucher(), counter.laptop()
    hands.press("F2")
    till.wait_for_selector("#find-dialog[open]")
    hands.type(" ".join(voucher[i:i + 4] for i in (0, 4, 8)) if typed == "groups" else label.replace("-", " "))
    hands.press("Enter")
    if typed == "groups":
        till.wait_for_selector(".person-name")
    else:
        state(till, "open")
        assert label in till.inner_text("#lines")


@pytest.mark.refusals
@pytest.mark.parametrize("width, height", [(1024, 768), (1280, 800), (390, 844)])
def test_a_refusal_never_hides_the_line(counter, open_page, axe, look, width, height):
    page = open_page(width, height, has_touch=width < 400)
    counter.have_drawer(page, counter.sign_in(page), open_=True)
    page.goto(counter.service.url + "/till")
    page.wait_for_selector("[data-offer]")
    look(page, f"till-empty-{width}")
    tiles = page.evaluate("""() => [...document.querySelectorAll("[data-offer]")].map(node => {
        const { top, bottom, left, right } = node.getBoundingClientRect();
        return { top, bottom, left, right, inside: node.scrollHeight <= node.clientHeight + 1 }; })""")
    assert all(tile["inside"] for tile in tiles)
    for one in tiles:
        for other in tiles:
            assert one is other or one["bottom"] <= other["top"] + 1 or other["bottom"] <= one["top"] + 1 \
                or one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1, "tiles overlap"
    page.locator("[data-offer=recharge-5]").click()
    page.wait_for_selector(".line .refusal")
    page.locator("#pay-cash").click()
    page.wait_for_selector(".line.flash")
    assert not page.locator("#refusal .refusal").count(), "said once, at the line"
    line, foot = page.locator(".line").bounding_box(), page.locator("#pay-bar").bounding_box()
    assert line["y"] >= 0 and line["y"] + min(line["height"], 60) <= (foot["y"] if width < 400 else height)
    assert page.is_visible("#pay-why")
    axe(page)
    look(page, f"till-refused-line-{width}")
    page.locator("#find-open").click()
    page.fill("#find-text", "LIPC26-9999")
    page.keyboard.press("Enter")
    page.wait_for_selector("#refusal .refusal")
    card = page.locator("#refusal .refusal-what").bounding_box()
    assert 0 <= card["y"] < height, "in sight without scrolling"
    axe(page)
    look(page, f"till-refused-code-{width}")


def test_what_passes_covers_nothing_and_goes_with_the_next_thing_done(till, counter, hands):
    hands.scan(counter.laptop())
    state(till, "open")
    hands.press("Delete")
    till.wait_for_selector(".toast")
    box = till.locator(".toast").bounding_box()
    assert box["y"] + box["height"] <= till.locator(".zones").bounding_box()["y"]
    hands.tap(till.locator("[data-offer=bag]"))
    state(till, "open")
    assert not till.locator(".toast").count()


def test_change_is_said_while_the_amount_is_typed(till, hands):
    hands.tap(till.locator("[data-offer=bag]"))
    state(till, "open")
    till.fill("#given", "50")
    assert "À rendre" in till.inner_text("#given-change")
    till.fill("#given", "0,50")
    assert "Il manque" in till.inner_text("#given-change")


def test_a_scan_on_the_done_screen_starts_the_next_sale(till, counter, hands):
    sell_a_laptop(till, counter, hands)
    hands.scan(counter.voucher())
    till.wait_for_selector(".person-name")
    assert till.is_visible("#pay-cash")


def test_a_person_is_found_by_keyboard(till, counter, hands):
    counter.voucher()  # of somebody whose name begins so
    hands.press("F2")
    till.wait_for_selector("#find-dialog[open]")
    hands.type("fami")
    till.wait_for_selector("#find-results button")
    hands.press("Enter")
    till.wait_for_selector(".person-name")
    assert not [done for done in hands.done if done.startswith("tap")]


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
    place = "#lines" if what == "no right" else "#refusal"
    till.wait_for_selector(f"{place} .refusal")
    for part in ("what", "why", "now", "reference"):
        assert till.inner_text(f"{place} .refusal-{part}").strip()
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
    assert "Donné à Amina" in till.inner_text("#done")
    assert "99,00\u00a0€, payée par Parents connectés" in till.inner_text("#done")
    assert "Rien à rendre" not in till.inner_text("#done")


@pytest.mark.refusals
def test_a_gift_that_the_rules_refuse_asks_for_no_programme(till, counter, hands):
    hands.scan(counter.laptop())
    state(till, "open")
    hands.tap(till.locator("#pay-gift"))
    till.wait_for_selector(".line.flash")
    assert not till.is_visible("#gift-dialog")


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
    assert not till.is_visible("#lines"), "a locked till shows nobody's ticket"
    axe(till)
    hands.type(PIN)
    hands.press("Enter")
    till.wait_for_selector("#lock-dialog:not([open])", state="attached")
    assert lines(till) == 1


def test_a_locked_till_that_is_loaded_anew_stays_locked_and_loses_nothing(till, counter, hands):
    label = counter.laptop()
    hands.scan(label)
    state(till, "open")
    hands.press("F4")
    with till.expect_response("**/api/v1/sign-ins/lock") as sealed:
        hands.tap(till.locator("#menu-lock"))
    assert sealed.value.ok
    till.reload()
    till.wait_for_selector("#main[data-locked] #lock-dialog[open]")
    till.wait_for_selector("#lock-user option", state="attached")
    hands.press("Escape")
    assert till.is_visible("#lock-dialog"), "Escape undoes no lock"
    assert label not in till.content(), "a locked till shows nobody's ticket, not even after F5"
    assert till.context.request.get(counter.service.url + "/api/v1/drawer").status == 403
    hands.type(PIN)
    with till.expect_navigation():
        hands.press("Enter")
    till.wait_for_selector(f"#lines > li:has-text('{label}')")
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


def test_a_voucher_scanned_on_the_first_page_opens_the_till_with_it(till, counter, hands):
    till.goto(counter.service.url + "/")
    hands.scan(counter.voucher())
    till.wait_for_selector(".person-name")
    assert till.url == counter.service.url + "/till"


@pytest.mark.refusals
def test_a_wrong_pin_says_so(till, hands):
    hands.press("F4")
    hands.tap(till.locator("#menu-lock"))
    till.wait_for_selector("#lock-user option", state="attached")
    hands.type("000111")
    hands.press("Enter")
    till.wait_for_selector("#lock-error:not([hidden])")
    assert "Code PIN incorrect." in till.inner_text("#lock-error")
    hands.type(PIN)
    hands.press("Enter")
    till.wait_for_selector("#lock-dialog:not([open])", state="attached")


def test_once_recognised_a_person_is_folded_on_a_telephone(counter, phone, axe, look):
    counter.have_drawer(phone, counter.sign_in(phone), open_=True)
    phone.goto(f"{counter.service.url}/till#scan={counter.voucher()}")
    phone.wait_for_selector(".person-name")
    assert not phone.is_visible(".rights")
    assert phone.locator("#lines-empty, #lines").first.bounding_box()["y"] < 844
    assert not phone.locator("kbd:visible").count()
    axe(phone)
    phone.locator(".who-more summary").click()
    assert phone.locator(".rights").first.is_visible()
    axe(phone)
    look(phone, "till-telephone-person")


def test_a_line_that_was_begun_in_french_is_read_in_english(till, counter, hands, axe, look):
    hands.tap(till.locator("[data-offer=bag]"))
    hands.scan(counter.laptop())
    till.wait_for_selector("#lines > li:nth-child(2)")
    till.locator(".languages button").click()
    till.wait_for_selector("html[lang=en] [data-offer]")
    till.wait_for_function("!document.querySelector('#lines').textContent.includes('Sacoche')")
    assert "Sacoche" not in till.inner_text("#lines")
    axe(till)
    till.emulate_media(color_scheme="dark")
    axe(till)
    look(till, "till-en-dark")
    till.locator(".languages button").click()
    till.wait_for_selector("html[lang=fr] [data-offer]")


def test_the_page_of_a_sold_machine_says_by_which_ticket_and_offers_nothing_to_do(till, counter, hands, axe, look, no_sideways_scroll):
    voucher, label = counter.voucher(), counter.laptop()
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F8")
    state(till, "done")
    receipt = number(till)
    counter.sign_in(till, "ada")
    till.goto(f"{counter.service.url}/devices/{label}")
    assert "Vendu" in till.inner_text(".page-title")
    till.wait_for_selector(f"a[href='/receipts/{receipt}']")
    for act in ("stays", "price", "withdrawal", "reservations", "erasures"):
        assert not till.locator(f"form[action='/devices/{label}/{act}']").count(), f"{act} of what is sold"
    axe(till)
    no_sideways_scroll(till)
    look(till, "device-sold")


def test_past_tickets_are_told_in_the_reader_s_language(till, counter, hands):
    voucher = counter.voucher()
    hands.scan(voucher)
    hands.tap(till.locator("[data-offer=recharge-5]"))
    hands.press("F8")
    state(till, "done")
    ask, url = till.context.request, counter.service.url
    person = ask.get(f"{url}/api/v1/scan/{voucher}").json()["standing"]["person"]
    till.goto(f"{url}/persons/{person['code']}")
    french = till.inner_text("main table:has(a[href^='/receipts/'])")
    till.click(".languages button[value=en]")
    till.wait_for_selector("html[lang=en]")
    english = till.inner_text("main table:has(a[href^='/receipts/'])")
    till.click(".languages button[value=fr]")
    assert "Recharge 5" in french and "€5 recharge" in english
