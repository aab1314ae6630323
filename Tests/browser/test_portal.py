"""A prescriber signs a voucher in the portal, and a seller serves on its QR."""

import datetime
import re

import pytest

import running

from counter import counter  # noqa: F401
from desk import lines, number, state, till  # noqa: F401
from paper import facts, printed, reads

STRUCTURE = "Maison des Parents"
SIZES = {"screen": (1280, 800), "telephone": (390, 844)}


@pytest.fixture(scope="module")
def prescriber(counter):
    """Opens the account once; gives the login."""
    service = counter.service
    structure = service.json("structure", "create", STRUCTURE, "--kind", "association")["id"]
    service.command("structure", "prescriber", structure, "Inès Carlier")
    service.command("structure", "account", structure, "Inès Carlier", "ines")
    return "ines"


def signed_in(open_page, counter, login, size, language="fr"):
    page = open_page(*SIZES[size], locale={"fr": "fr-FR", "en": "en-GB"}[language])
    page.goto(counter.service.url + "/sign-in")
    page.fill("#login", login)
    page.fill("#password", counter.service.environment["COMPTOIR_PASSWORD"])
    page.click("main button.primary")
    page.wait_for_url(re.compile("/portal$"))
    if page.get_attribute("html", "lang") != language:
        page.click(f".languages button[value={language}]")
        page.wait_for_selector(f"html[lang={language}]")
    return page


def sign(page, family: str, services=("equipment", "connection")) -> str:
    page.click("a[href='/portal/vouchers/new']")
    page.fill("#family_name_1", family)
    page.fill("#given_name_1", "Amina")
    for service in services:
        page.check(f"#services-{service}")
    page.check("#signature")
    page.click("main form .panel:last-child button.primary")
    page.wait_for_url(re.compile(r"/portal/vouchers/[0-9]{12}\?done=signed"))
    return re.search(r"vouchers/([0-9]{12})", page.url)[1]


@pytest.mark.refusals
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_portal_s_pages_are_readable_and_fit(open_page, counter, prescriber, axe, look, no_sideways_scroll, size, language):
    page = signed_in(open_page, counter, prescriber, size, language)

    def seen(name):
        axe(page)
        no_sideways_scroll(page)
        look(page, f"portal-{language}-{size}-{name}")

    page.goto(counter.service.url + "/portal/vouchers/new")
    seen("new")
    page.click("main form .panel:last-child button.primary")
    page.wait_for_selector(".mistakes")
    seen("mistakes")
    page.goto(counter.service.url + "/portal")
    code = sign(page, "Benali-Lefèvre")
    page.locator("main summary").click()
    seen("voucher")
    page.goto(f"{counter.service.url}/portal/vouchers/{code}/print")
    seen("print")
    page.goto(counter.service.url + "/portal")
    seen("list")
    page.goto(f"{counter.service.url}/portal/vouchers/new?from={code}")
    assert page.input_value("[name=person_1]").startswith("P-")
    seen("again")


@pytest.fixture(scope="module")
def offered(counter, prescriber):
    """Two runs that the structure mobilises, the second with one seat; gives their codes."""
    service, today = counter.service, running.today()
    first = (today + datetime.timedelta(days=20)).isoformat()
    service.command("programme", "create", "portail", "--name", "Parents d’élèves", "--territory", "Lille",
                    "--from", today.isoformat(), "--to", (today + datetime.timedelta(days=300)).isoformat())
    service.command("course", "create", "parents", "--name", "Parents d’élèves", "--module", "basic:150:Internet")
    codes = ["LI-PORTAIL-01", "LI-PORTAIL-02"]
    for code in codes:
        service.command("course", "mobilise", code, "--course", "parents", "--programme", "portail", "--structure", STRUCTURE,
                        "--shop", "LI", "--facilitator", "ada", "--from", first, "--place", "Salle des fêtes de Wazemmes")
        service.command("course", "plan", code, "--module", "1", "--on", first, "--at", "14:00")
    service.command("course", "seats", codes[1], "1")
    return codes


def enrol(page, name: str) -> None:
    page.fill("#q", name)
    page.locator("#enrol form.filters button").click()
    page.locator("#enrol li", has_text=name).locator("button").click()
    page.wait_for_url(re.compile(r"\?done="))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_portal_s_runs_are_readable_and_fit(open_page, counter, prescriber, offered, axe, look, no_sideways_scroll, size, language):
    page = signed_in(open_page, counter, prescriber, size, language)

    def seen(name):
        axe(page)
        no_sideways_scroll(page)
        look(page, f"portal-{language}-{size}-{name}")

    family = f"Zidane {language} {size}"
    sign(page, family, ["course"])
    page.click("nav a[href='/portal/runs']")
    page.click(f"a[href='/portal/runs/{offered[1]}']")
    seen("run")
    enrol(page, family)
    page.locator("#people summary").first.click()
    seen("run-enrolled")
    page.goto(f"{counter.service.url}/portal/runs")
    assert page.locator("nav [aria-current=page]").count() == 1
    seen("runs")


@pytest.mark.refusals
def test_a_prescriber_enrols_their_own_people_and_the_facilitator_sees_them(open_page, counter, prescriber, offered, axe, look):
    page = signed_in(open_page, counter, prescriber, "screen")
    sign(page, "Sylla", ["course"])
    page.click("nav a[href='/portal/runs']")
    page.click(f"a[href='/portal/runs/{offered[0]}']")
    assert "Salle des fêtes" in page.inner_text("main dl") and "14:00" in page.inner_text("main dl")
    enrol(page, "Sylla")
    person = page.locator("#people li", has_text="Sylla")
    assert "Inscription faite" in person.inner_text()
    assert page.locator("#enrol li", has_text="Sylla").count() == 0
    # The same person in another run of the course: refused in place, with the one that the structure chose itself.
    page.goto(f"{counter.service.url}/portal/runs/{offered[1]}")
    page.fill("#q", "Sylla")
    page.locator("#enrol form.filters button").click()
    page.locator("#enrol li", has_text="Sylla").locator("button").click()
    page.wait_for_selector(".refusal")
    assert offered[0] in page.inner_text(".refusal")
    # The facilitator sees them, and by whom.
    desk = open_page(*SIZES["screen"], locale="fr-FR")
    desk.goto(f"{counter.service.url}/sign-in?next=/runs/{offered[0]}")
    desk.fill("#login", "ada")
    desk.fill("#password", counter.service.environment["COMPTOIR_PASSWORD"])
    desk.click("main button.primary")
    desk.wait_for_url(re.compile(f"/runs/{offered[0]}"))
    row = desk.locator("#parents tbody tr", has_text="Sylla")
    assert f"demande de {STRUCTURE}, par le portail" in row.inner_text()
    desk.locator("summary", has_text="Places, équipe, structures").click()
    axe(desk)
    look(desk, "portal-run-at-the-shop")
    desk.get_by_role("button", name="Ouvrir à toutes les structures").click()
    desk.wait_for_url(re.compile("done=opened"))
    assert "Toutes les structures partenaires" in desk.inner_text("main dl")
    # Taken off again before the run begins.
    page.goto(f"{counter.service.url}/portal/runs/{offered[0]}")
    person = page.locator("#people li", has_text="Sylla")
    person.locator("summary").click()
    person.locator("input[type=text], input:not([type])").fill("La personne a déménagé")
    person.locator("button.danger").click()
    page.wait_for_url(re.compile("done=withdrawn"))
    assert "Désinscription le" in page.locator("#people li", has_text="Sylla").inner_text()
    desk.reload()
    assert desk.locator("#parents tbody tr", has_text="Sylla").count() == 0


def test_a_voucher_that_a_prescriber_signed_sells_by_its_qr_and_shows_as_used(open_page, counter, prescriber, till, hands):
    page = signed_in(open_page, counter, prescriber, "screen")
    code = sign(page, "Haddad")
    digits = counter.service.json("portal", "show", code, "--as", prescriber)["voucher"]["digits"]
    hands.begin()
    hands.scan(digits)
    till.wait_for_selector(".person-name")
    assert "Haddad" in till.inner_text(".person-name")
    hands.scan(counter.laptop())
    hands.press("F8")
    state(till, "done")
    page.reload()
    assert page.locator("main").get_by_text("a servi pour\u00a0: Équipement").count() == 1
    assert "€" not in page.inner_text("main")


def test_the_voucher_as_a_pdf_is_one_tagged_page_whose_qr_is_the_signed_one(open_page, counter, prescriber, tmp_path):
    page = signed_in(open_page, counter, prescriber, "screen")
    code = sign(page, "Nguyễn")
    digits = counter.service.json("portal", "show", code, "--as", prescriber)["voucher"]["digits"]
    page.goto(f"{counter.service.url}/portal/vouchers/{code}/print")
    with page.expect_download() as kept:
        page.click("a[href$='.pdf']")
    file = tmp_path / "bon.pdf"
    kept.value.save_as(file)
    assert kept.value.suggested_filename == f"bon-{code}.pdf"
    assert f"QR-Code:{digits}" in reads(file)
    said = printed(file)
    assert "Nguyễn" in said and "ordinateur" in said and STRUCTURE in said
    about = facts(file)
    assert about["Pages"] == "1" and about["Tagged"] == "yes" and "A4" in about["Page size"]


@pytest.mark.refusals
def test_a_changed_qr_is_refused_at_the_till(open_page, counter, prescriber, till, hands):
    page = signed_in(open_page, counter, prescriber, "screen")
    code = sign(page, "Moreau")
    digits = counter.service.json("portal", "show", code, "--as", prescriber)["voucher"]["digits"]
    changed = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    hands.begin()
    hands.scan(changed)
    till.wait_for_selector(".refusal[data-code=voucher_forged]")
    assert lines(till) == 0


def test_a_voucher_near_its_end_is_renewed(open_page, counter, prescriber):
    page = signed_in(open_page, counter, prescriber, "telephone")
    page.goto(counter.service.url + "/portal/vouchers/new")
    page.fill("#family_name_1", "Traoré")
    page.check("#services-connection")
    page.check("#motives-no-connection")
    page.fill("#remarks", "Vient le mardi")
    page.fill("#valid_until", (running.today() + datetime.timedelta(days=20)).isoformat())
    page.check("#signature")
    page.click("main form .panel:last-child button.primary")
    page.wait_for_url(re.compile("done=signed"))
    assert "Vient le mardi" in page.inner_text("main")
    page.click("a[href$='/renewal']")
    assert page.locator("[name=more]").count() == 0
    assert page.is_checked("#motives-no-connection")
    page.check("#signature")
    page.click("main form .panel:last-child button.primary")
    page.wait_for_url(re.compile("done=renewed"))
    assert "Renouvelle le bon" in page.inner_text("main")
    assert page.locator("a[href$='/renewal']").count() == 0


def test_a_file_of_structures_is_looked_at_then_taken_in(open_page, counter, axe, look, no_sideways_scroll, tmp_path):
    table = tmp_path / "structures.csv"
    table.write_bytes("nom;type;téléphone\nMaison de l’Été;Centre social;\nBanque;banque;\n".encode("windows-1252"))
    page = open_page(*SIZES["telephone"], locale="fr-FR")
    page.goto(counter.service.url + "/sign-in")
    page.fill("#login", "ada")
    page.fill("#password", counter.service.environment["COMPTOIR_PASSWORD"])
    page.click("main button.primary")
    page.goto(counter.service.url + "/structures/import")
    page.set_input_files("input[type=file]", table)
    page.get_by_role("button", name="Importer les lignes correctes").wait_for()
    assert "ligne" not in page.inner_text("h2").lower()
    assert "banque" in page.inner_text("[data-structures-result]")
    axe(page)
    no_sideways_scroll(page)
    look(page, "structures-preview-telephone")
    page.get_by_role("button", name="Importer les lignes correctes").click()
    page.get_by_text("Import terminé").wait_for()
    page.click("text=Maison de l’Été")
    page.wait_for_url(re.compile("/structures/[0-9a-f-]{36}$"))
    look(page, "structure-telephone")


def test_a_voucher_taken_back_opens_nothing_more(open_page, counter, prescriber, till, hands):
    page = signed_in(open_page, counter, prescriber, "screen")
    code = sign(page, "Petit")
    page.locator("main summary").click()
    page.fill("#motive", "La personne a déménagé")
    page.click("button.danger:not(summary)")
    page.wait_for_url(re.compile("done=revoked"))
    assert page.locator("a[href$='/print']").count() == 0
    hands.begin()
    hands.scan(code)
    till.wait_for_selector(".origin.over")
