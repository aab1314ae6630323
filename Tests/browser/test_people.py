"""People, vouchers, structures, limits and prices, as somebody at the counter works with them."""

import re

import pytest

import running

PASSWORD = "un mot de passe de caisse"
TODAY = running.today().isoformat()


@pytest.fixture(scope="module")
def desk():
    with running.Service() as service:
        service.set_up()
        service.command("structure", "create", "Itinéraires", "--kind", "prevention_specialisee",
                        "--from", "2022-01-01")
        service.command("structure", "prescriber", "Itinéraires", "Inès Carlier", "--post", "éducatrice")
        yield service.start()


def sign_in(page, desk, path):
    page.goto(f"{desk.url}/sign-in?next={path}")
    page.fill("#login", "admin")
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(f"{desk.url}{path}")


def voucher(desk, *words) -> dict:
    return desk.json("voucher", "record", "--structure", "Itinéraires", "--prescriber", "Inès Carlier",
                     "--household-size", "2", "--service", "equipment", "--signed-on", TODAY,
                     "--signature-seen", *words)


def test_a_voucher_is_recorded_from_its_paper_without_the_mouse(page, desk, axe, look, no_sideways_scroll):
    sign_in(page, desk, "/vouchers/new")
    keys = page.keyboard
    page.focus("#structure")
    keys.type("itineraires")
    for text in ("Inès Carlier", ""):
        keys.press("Tab")
        keys.type(text)
    page.focus("#family_name_1")
    keys.type("D’Almeida")
    keys.press("Tab")
    keys.type("Zoé")
    page.focus("#household_size")
    keys.press("Control+A")
    keys.type("3")
    page.focus("#services-equipment")
    keys.press("Space")
    page.focus("#services-connection")
    keys.press("Space")
    page.fill("#signed_on", TODAY)
    page.focus("#signature")
    keys.press("Space")  # the signature was seen
    axe(page)
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/vouchers/\d{12}\?done=recorded"))
    assert page.get_attribute("a:has-text('Vendre avec ce bon')", "href").startswith("/till#scan=")
    assert "Bon enregistré" in page.inner_text("main")
    assert "Zoé D’Almeida" in page.inner_text("main")
    axe(page)
    no_sideways_scroll(page)
    look(page, "voucher")
    page.click("a[href$='/print']")
    page.wait_for_url("**/print")
    axe(page)
    look(page, "voucher-print")
    page.emulate_media(media="print")
    assert page.locator(".crumb").is_hidden()
    assert "rue" in page.inner_text(".letterhead")
    assert b"/MediaBox [0 0 594.95" in (paper := page.pdf(prefer_css_page_size=True)) or b"0 0 595" in paper
    page.emulate_media(media="screen")
    assert desk.json("voucher", "list")["items"][0]["structure"] == "Itinéraires"


@pytest.mark.refusals
def test_mistakes_stand_beside_their_fields_and_on_top_and_nothing_is_kept(page, desk, axe, look):
    sign_in(page, desk, "/vouchers/new")
    before = desk.json("voucher", "list")["items"]
    page.fill("#structure", "Nulle part")
    page.fill("#prescriber", "a\u202eb")
    page.fill("#phone_1", "12")
    page.fill("#family_name_1", "x" * 300)
    page.evaluate("document.querySelector('form.stack').noValidate = true")
    page.click("main button.primary")
    page.wait_for_selector(".mistakes")
    names = page.eval_on_selector_all(".mistakes a", "links => links.map(link => link.hash)")
    assert {"#structure", "#prescriber", "#signed_on", "#services", "#phone_1", "#family_name_1"} <= set(names)
    for name in ("structure", "prescriber", "signed_on", "phone_1", "family_name_1"):
        assert page.get_attribute(f"#{name}", "aria-invalid") == "true"
    assert page.input_value("#structure") == "Nulle part"
    axe(page)
    look(page, "voucher-mistakes")
    assert desk.json("voucher", "list")["items"] == before


@pytest.mark.refusals
def test_a_likely_file_is_shown_before_a_second_one_is_made(page, desk, axe, look):
    known = desk.json("person", "create", "Benali", "--given-name", "Amina", "--birth-year", "1985")
    sign_in(page, desk, "/persons/new")
    page.fill("#family_name", "Ben Ali")
    page.fill("#given_name", "Amína")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.click("main .panel button.primary")
    assert answer.value.status == 409
    assert known["code"] in page.inner_text("[role=alert]")
    axe(page)
    look(page, "person-likely")
    page.click("button[name=somebody_else]")
    page.wait_for_url(re.compile(r"/persons/P-\w{6}\?done=opened"))
    assert known["code"] not in page.url


@pytest.mark.refusals
@pytest.mark.parametrize("scripted", [True, False])
def test_who_has_a_file_is_found_by_name_on_the_voucher_s_form(open_page, desk, axe, look, no_sideways_scroll, scripted):
    given, family = ("Fanta", "Traoré") if scripted else ("Oumar", "Keïta")
    known = desk.json("person", "create", family, "--given-name", given)
    page = open_page(1280, 800, java_script_enabled=scripted)
    sign_in(page, desk, "/vouchers/new")
    page.fill("#structure", "neraire")  # a part of its name is enough
    page.fill("#prescriber", "Inès Carlier")
    page.fill("#find_1", f"{family} {given}".replace("é", "e").replace("ï", "i").lower())
    if scripted:
        page.press("#find_1", "Enter")
    else:
        page.click("button[name=search][value='1']")
    page.wait_for_selector("fieldset#person_1")
    assert page.input_value("#structure") == "neraire", "what was typed is kept"
    page.check(f"input[name=person_1][value={known['code']}]")
    if scripted:
        axe(page)
        no_sideways_scroll(page)
        look(page, "voucher-found")
    page.check("#services-connection")
    page.click("text=Ajouter une personne")
    page.wait_for_selector("#find_2")
    assert page.is_checked("#services-connection")
    page.fill("#find_2", "zzzzzz")
    page.click("button[name=search][value='2']")
    page.wait_for_selector("text=Aucune fiche à ce nom")
    page.fill("#find_2", "")
    page.fill("#signed_on", TODAY)
    page.click("main button.primary:has-text('Enregistrer')")
    page.wait_for_selector(".mistakes")
    assert "J’ai vu la signature" in page.inner_text(".mistakes")
    page.check("#signature")
    page.click("main button.primary:has-text('Enregistrer')")
    page.wait_for_url(re.compile(r"/vouchers/\d{12}\?done=recorded"))
    assert known["code"] in page.inner_text("main")
    page.goto(f"{desk.url}/vouchers")
    assert family in page.inner_text("main tbody tr:first-child")


@pytest.mark.refusals
def test_a_voucher_may_name_the_file_that_was_there(page, desk):
    known = desk.json("person", "create", "Okafor", "--given-name", "Chidi")
    sign_in(page, desk, "/vouchers/new")
    page.fill("#structure", "Itinéraires")
    page.fill("#prescriber", "Inès Carlier")
    page.fill("#signed_on", TODAY)
    page.check("#signature")
    page.fill("#family_name_1", "Okafor")
    page.fill("#given_name_1", "Chidi")
    page.check("#services-course")
    page.click("main button.primary")
    page.wait_for_selector("#likely_1")
    page.click("main button.primary")
    page.wait_for_url(re.compile(r"/vouchers/\d{12}\?done=recorded"))
    assert known["code"] in page.inner_text("main")
    assert len(desk.json("person", "search", "okafor")["items"]) == 1


def test_a_person_is_found_and_no_name_stands_in_an_address(page, desk):
    desk.command("person", "create", "<script>alert(1)</script>", "--given-name", "'; drop table persons; --")
    desk.command("person", "create", "Ziegler", "--given-name", "Rosa")
    desk.command("person", "create", "Ziegler", "--given-name", "Hugo")
    sign_in(page, desk, "/persons")
    page.keyboard.type("zieg")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.list")
    assert page.url == f"{desk.url}/persons/search"
    assert page.locator("table.list tbody tr").count() == 2
    page.fill("#q", "drop table")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/persons/P-\w{6}$"))
    assert "<script>alert(1)</script>" in page.inner_text("h1")


@pytest.mark.refusals
def test_a_revoked_voucher_opens_nothing(page, desk, axe, look):
    code = voucher(desk, "--new-person", "Lina/Novak")["code"]
    sign_in(page, desk, f"/vouchers/{code}")
    page.click("summary.danger")
    page.fill("#motive", "1 85 05 78 006 084 91")
    page.click("details button.danger")
    page.wait_for_selector(".mistakes")
    assert "sécurité sociale" in page.inner_text(".mistakes")
    page.fill("#motive", "Perdu, un autre est signé")
    page.click("details button.danger")
    page.wait_for_url(f"{desk.url}/vouchers/{code}?done=revoked")
    assert "Annulé" in page.inner_text("main")
    axe(page)
    look(page, "voucher-revoked")
    with pytest.raises(running.Refused) as refused:
        desk.json("voucher", "check", code)
    assert refused.value.status == 1 and "voucher_revoked" in refused.value.out


def test_programs_do_what_the_screens_do_each_once(page, desk):
    code = voucher(desk, "--new-person", "Noor/Haddad")["code"]
    sign_in(page, desk, "/persons")

    def ask(method, path, body=None, key=None):
        return page.evaluate(
            """async ([method, path, body, key]) => {
                const headers = {"Accept": "application/json", "Content-Type": "application/json"};
                if (key) headers["Idempotency-Key"] = key;
                if (method !== "GET") headers["X-CSRF-Token"] = document.querySelector("meta[name=csrf]").content;
                const answer = await fetch("/api/v1" + path, {method, headers, body: body && JSON.stringify(body)});
                return [answer.status, await answer.json()];
            }""",
            [method, path, body, key],
        )

    status, found = ask("POST", "/persons/search", {"q": "haddad"})
    assert status == 200 and found["items"][0]["name"] == "Noor Haddad"
    status, card = ask("GET", f"/persons/{found['items'][0]['code']}")
    assert status == 200 and card["vouchers"][0]["code"] == code
    status, card = ask("GET", f"/vouchers/{code}")
    assert status == 200 and card["rights"][0]["category"] == "equipment"
    structure = ask("GET", "/structures?q=itineraires")[1]["items"][0]["id"]
    wanted = {
        "structure": structure, "new_prescriber": {"name": "Paul Mercier"}, "new_persons": [{"family_name": "Weiss"}],
        "household_size": 1, "services": ["connection"], "signed_on": TODAY, "original_kept": False,
        "signature_seen": True,
    }
    key = "01900000-0000-7000-8000-0000000000a1"
    first, again = ask("POST", "/vouchers", wanted, key), ask("POST", "/vouchers", wanted, key)
    assert first[0] == 201 and first == again
    rule = {"code": "recharges-per-month", "category": "connection", "holder": "person", "cents_max": 2500}
    status, changed = ask("POST", "/quotas", rule, "01900000-0000-7000-8000-0000000000a2")
    assert status == 201 and changed["cents_max"] == 2500
    status, level = ask("POST", "/products/recharge-5/stock", {"units": 40}, "01900000-0000-7000-8000-0000000000a3")
    assert status == 201 and level["free"] == 40
    offer = {"price_cents": 450, "volume_mb": 9000, "valid_days": 30}
    assert ask("POST", "/products/recharge-5/offers", offer, "01900000-0000-7000-8000-0000000000a4")[0] == 201
    assert next(row for row in ask("GET", "/products?limit=200")[1]["items"] if row["code"] == "recharge-5")[
        "price_cents"
    ] == 450


def test_two_files_of_one_person_are_seen_compared_and_merged(page, desk, axe, look, no_sideways_scroll):
    kept = desk.json("person", "create", "Traoré", "--given-name", "Fatou", "--phone", "06 39 98 01 23")["code"]
    twice = desk.json("person", "create", "Traore", "--given-name", "Fatou", "--somebody-else")["code"]
    sign_in(page, desk, f"/persons/{kept}")
    assert twice in page.inner_text("main")
    axe(page)
    look(page, "person-likely")
    page.click("a[href*='/merge']")
    page.wait_for_url(re.compile(f"/persons/{kept}/merge\\?with={twice}"))
    axe(page)
    no_sideways_scroll(page)
    look(page, "person-merge")
    page.click("main button.danger")
    page.wait_for_url(re.compile(f"/persons/{kept}\\?done=merged"))
    assert twice in page.inner_text("dl.facts >> nth=1")
    look(page, "person-merged")
    page.goto(f"{desk.url}/persons/{twice}")
    assert page.url == f"{desk.url}/persons/{kept}"


def test_a_person_who_refuses_the_notice_is_served_under_a_code(page, desk, axe, look, no_sideways_scroll):
    code = desk.json("person", "create", "Zimmermann", "--given-name", "Otto")["code"]
    sign_in(page, desk, f"/persons/{code}")
    page.select_option("#told", "paper")
    page.click("button:has-text('elle est d’accord')")
    page.wait_for_url(re.compile("done=accepted"))
    assert "sur papier" in page.inner_text("main")
    page.click("summary:has-text('Elle refuse')")
    axe(page)
    no_sideways_scroll(page)
    look(page, "person-notice")
    page.click("button:has-text('Effacer son nom')")
    page.wait_for_url(re.compile("done=declined"))
    assert page.inner_text("h1") == code and "Zimmermann" not in page.content()
    assert desk.json("person", "search", "Zimmermann")["items"] == []
    page.goto(f"{desk.url}/privacy")
    page.click("summary:has-text('Nouvelle version')")
    axe(page)
    look(page, "privacy")
