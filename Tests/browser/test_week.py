"""The course week by week: sessions planned, moved and held, as whoever leads them does it (X8, X9)."""

import datetime

import pytest

import running
from paper import printed, reads, sizes

PASSWORD = "comptoir-demo"
TODAY = running.today()


@pytest.fixture(scope="module")
def lille():
    with running.Service() as service:
        service.demo = service.json("demo")["demonstration"]
        yield service.start()


def sign_in(page, lille, login, path):
    page.goto(f"{lille.url}/sign-in?next={path}")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(f"{lille.url}{path}")


def opened(lille, code: str, parents: int = 0) -> str:
    """A run of its own that begins today, with invented parents on its list."""
    structure = lille.json("structure", "list")["items"][0]["id"]
    lille.command("course", "mobilise", code, "--course", "parents", "--programme", "lille-suite", "--structure",
                  structure, "--shop", "LI", "--facilitator", "parcours", "--place", "Maison de quartier", "--from",
                  TODAY.isoformat())
    for number in range(parents):
        person = lille.json("person", "create", f"Essai {code[-2:]} {'ABCDEFGHIJ'[number]}", "--given-name", "Parent",
                            "--somebody-else")["code"]
        lille.command("course", "enrol", code, person)
    return code


def test_a_session_is_planned_moved_and_found_in_the_week(page, lille, axe, look, no_sideways_scroll):
    run = opened(lille, "LI-2022-81")
    sign_in(page, lille, "parcours", f"/runs/{run}")
    page.click("summary:has-text('Prévoir une séance')")
    page.fill("#starts_at-plan", "14:00")
    axe(page)
    page.click(".question[open] button.primary")
    page.wait_for_url("**?done=planned*")
    page.locator("#planned summary:has-text('Déplacer')").click()
    look(page, "run-plan")
    tomorrow = TODAY + datetime.timedelta(days=1)
    page.locator("#planned .more[open] [name^=planned_on]").fill(tomorrow.isoformat())
    page.locator("#planned .more[open] [name^=starts_at]").fill("09:30")
    page.locator("#planned .more[open] button.primary").click()
    page.wait_for_url("**?done=moved*")
    [planned] = lille.json("course", "show", run)["planned"]
    assert (planned["day"], planned["starts_at"]) == (tomorrow.isoformat(), "09:30")
    page.goto(f"{lille.url}/runs/week?from={tomorrow.isoformat()}")
    axe(page)
    look(page, "week")
    no_sideways_scroll(page)
    page.locator(".session", has_text=run).locator("a").click()
    page.wait_for_url(f"**/runs/{run}?session={planned['id']}*")
    assert "09:30" in page.inner_text("#attendance h3")
    calendar = page.request.get(f"{lille.url}/runs/{run}/calendar.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert f"DTSTART;TZID=Europe/Paris:{tomorrow:%Y%m%d}T093000\r\n" in calendar.text()
    page.goto(f"{lille.url}/runs/{run}")
    page.locator("#planned summary:has-text('Annuler')").click()
    page.locator("#planned .more[open] [name^=motive-cancel]").fill("Grève des transports")
    page.locator("#planned .more[open] button.danger").click()
    page.wait_for_url("**?done=cancelled*")
    assert "Annulée" in page.inner_text("#planned")
    axe(page)
    look(page, "run-cancelled")


def test_the_week_on_a_telephone(phone, lille, axe, look, no_sideways_scroll):
    run = opened(lille, "LI-2022-82")
    for at in ("09:00", "14:00"):
        lille.command("course", "plan", run, "--module", "1", "--on", TODAY.isoformat(), "--at", at)
    sign_in(phone, lille, "parcours", "/runs/week")
    assert phone.locator(".session", has_text=run).count() == 2
    axe(phone)
    look(phone, "week-phone")
    no_sideways_scroll(phone)


@pytest.mark.refusals
def test_what_is_refused_of_a_plan_is_told_on_the_run_with_what_was_typed(page, lille):
    run = opened(lille, "LI-2022-83")
    sign_in(page, lille, "parcours", f"/runs/{run}")
    page.click("summary:has-text('Prévoir une séance')")
    yesterday = TODAY - datetime.timedelta(days=1)
    page.fill("#planned_on-plan", yesterday.isoformat())
    page.fill("#starts_at-plan", "10:15")
    page.click(".question[open] button.primary")
    page.wait_for_selector(".refusal")
    assert page.input_value("#starts_at-plan") == "10:15"


def test_beyond_the_seats_one_waits_and_a_free_seat_is_given_in_one_act(page, lille, axe, look):
    run = opened(lille, "LI-2022-84", 2)
    sign_in(page, lille, "parcours", f"/runs/{run}")
    page.click("summary:has-text('Places, équipe, structures')")
    page.fill("#seats", "2")
    axe(page)
    page.click("text=Enregistrer les places")
    page.wait_for_url("**?done=seats*")
    assert "2 (libres\u00a0: 0)" in page.inner_text(".facts")
    page.fill("#q", "de smet")
    page.click("text=Rechercher")
    page.click("button:has-text('Inscrire Rachida de Smet')")
    page.wait_for_url("**?done=waiting*")
    assert "place 1" in page.inner_text("#waiting")
    assert page.locator("#waiting button.primary").count() == 0, "no seat is free"
    axe(page)
    look(page, "run-waiting")
    row = page.locator(".people tr").nth(1)
    row.locator("summary:has-text('Désinscrire')").click()
    row.locator("[name^=motive-withdraw-]").fill("Déménagement")
    row.locator("button.danger").click()
    page.wait_for_url("**?done=withdrawn*")
    assert "place 1" in page.inner_text("#waiting"), "nobody moves up without being told"
    page.click("#waiting button.primary:has-text('Inscrire Rachida de Smet')")
    page.wait_for_url("**?done=enrolled*")
    assert page.locator("#waiting").count() == 0
    page.click("summary:has-text('Places, équipe, structures')")
    page.select_option("#login", "vente")
    page.click("text=Ajouter à l’équipe")
    page.wait_for_url("**?done=team*")
    assert "bénévole" in page.inner_text(".helpers")
    axe(page)
    page.click(".helpers button")
    page.wait_for_url("**?done=team*")
    assert page.locator(".helpers").count() == 0


def test_a_session_of_eight_is_filled_in_ten_interactions(page, hands, lille, axe, look, no_sideways_scroll):
    """From the week to the saved attendance: two absent, one excused, one who came twenty minutes late (X9)."""
    run = opened(lille, "LI-2022-85", 8)
    planned = lille.json("course", "plan", run, "--module", "1", "--on", TODAY.isoformat(), "--at", "09:00")["id"]
    sign_in(page, lille, "parcours", "/runs/week")
    hands.begin()
    hands.tap(page.locator(".session", has_text=run).locator("a"))
    page.wait_for_selector("[data-attendance]")
    rows = page.locator(".presences")
    assert rows.count() == 8
    for number, value in ((1, "noshow"), (3, "noshow"), (4, "excused"), (6, "late")):
        hands.tap(rows.nth(number).locator(f"input[value={value}]"))
    hands.type("20")
    axe(page)
    look(page, "attendance")
    no_sideways_scroll(page)
    hands.tap(page.locator("#attendance button.primary"))
    page.wait_for_url("**?done=session*")
    hands.at_most(10)
    shown = lille.json("course", "show", run)
    assert [session["id"] for session in shown["sessions"]] == [planned]
    assert [(parent["statuses"][0], parent["minutes"][0]) for parent in shown["parents"]] == [
        ("seen", 150), ("noshow", 0), ("seen", 150), ("noshow", 0), ("excused", 0), ("seen", 150), ("seen", 130),
        ("seen", 150)]


def test_somebody_of_another_run_catches_a_session_up_and_it_counts_for_theirs(page, lille, axe, look):
    host, own = opened(lille, "LI-2022-86", 1), opened(lille, "LI-2022-87", 1)
    lille.command("course", "hold", host, "--module", "3", "--on", TODAY.isoformat(), "--minutes", "150")
    sign_in(page, lille, "parcours", f"/runs/{host}")
    page.locator(".tabs a").first.click()
    page.click("summary:has-text('Quelqu’un d’un autre parcours')")
    page.fill("#guest", "essai 87")
    page.locator("#catch-up").get_by_text("Rechercher").click()
    page.wait_for_selector("#catch-up li button")
    axe(page)
    page.click("#catch-up li button")
    page.wait_for_url("**done=caught_up*")
    assert f"rattrapage, de {own}" in page.inner_text(".attendance")
    look(page, "run-catch-up")
    [parent] = lille.json("course", "show", own)["parents"]
    assert parent["minutes_counted"] == 150 and parent["catch_ups"][0]["run"] == host
    page.goto(f"{lille.url}/runs/{own}")
    assert f"avec {host}" in page.inner_text("#parents")
    axe(page)


def test_the_signing_sheet_goes_to_paper_and_back_and_freezes_what_it_attests(
        page, lille, axe, look, no_sideways_scroll, tmp_path):
    run = opened(lille, "LI-2022-88", 8)
    session = lille.json("course", "plan", run, "--module", "2", "--on", TODAY.isoformat(), "--at", "14:00")["id"]
    sign_in(page, lille, "parcours", f"/runs/{run}?session={session}")
    page.click("text=Imprimer la feuille")
    page.wait_for_url(f"**/sessions/{session}/sheet")
    axe(page)
    look(page, "signing-sheet")
    paper = tmp_path / "sheet.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    assert sizes(paper.read_bytes()) == [(595, 842)], "eight people sign on one A4 sheet"
    words = " ".join(printed(paper).split())
    assert "de 14:00 à 16:30" in words and "2. Internet" in words and "Parent Essai 88 H" in words
    assert "Solange Mbemba" in words
    assert f"QR-Code:{session}" in reads(paper), "the sheet names its session to a scanner"
    page.goto(f"{lille.url}/runs/{run}?session={session}")
    page.click("text=Enregistrer la séance")
    page.wait_for_url("**?done=session*")
    page.locator(".tabs a").first.click()
    page.set_input_files("#sheet-file", paper)
    axe(page)
    page.click("text=Joindre et figer les présences")
    page.wait_for_url("**done=sheet*")
    assert presence(page, 0, "noshow").is_disabled(), "what is frozen is not tapped"
    assert "figées" in page.inner_text("#attendance")
    axe(page)
    look(page, "run-frozen")
    no_sideways_scroll(page)
    original = page.request.get(lille.url + page.locator("a", has_text="Original (PDF").get_attribute("href"))
    assert original.body() == paper.read_bytes() and original.headers["content-type"] == "application/pdf"


@pytest.mark.refusals
def test_what_is_no_sheet_is_refused_in_words_and_a_manager_corrects_with_a_motive(page, lille, axe, tmp_path):
    run = opened(lille, "LI-2022-89", 1)
    session = lille.json("course", "hold", run, "--module", "1", "--on", TODAY.isoformat(), "--minutes", "150")["id"]
    sign_in(page, lille, "espace", f"/runs/{run}?session={session}")
    wrong = tmp_path / "feuille.pdf"
    wrong.write_text("<html>")
    page.set_input_files("#sheet-file", wrong)
    page.click("text=Joindre et figer les présences")
    page.wait_for_selector("[data-sheet-told]:visible")
    assert "ni un PDF ni une photo" in page.inner_text("[data-sheet-told]")
    wrong.write_bytes(b"%PDF-1.7")
    page.set_input_files("#sheet-file", wrong)
    page.click("text=Joindre et figer les présences")
    page.wait_for_url("**done=sheet*")
    presence(page, 0, "excused").click()
    page.fill("#correction_motive", "A signé pour une autre")
    axe(page)
    page.click("text=Corriger avec ce motif")
    page.wait_for_url("**done=attendance*")
    [parent] = lille.json("course", "show", run)["parents"]
    assert parent["statuses"] == ["excused"]


def presence(page, number: int, value: str):
    return page.locator(".presences").nth(number).locator(f"input[value={value}]")


def test_an_attestation_is_taken_back_by_a_manager_and_the_report_says_so(page, lille, axe, look, no_sideways_scroll):
    run = opened(lille, "LI-2022-79", 1)
    lille.command("course", "hold", run, "--module", "1", "--on", TODAY.isoformat(), "--minutes", "150")
    [parent] = lille.json("course", "show", run)["parents"]
    [done] = lille.json("course", "complete", run, "--motive", f"{parent['person']}=A tout repris")["completed"]
    device = lille.demo["devices"][0]
    lille.command("drawer", "open", "--float", "10000", "--till", "LI1")
    lille.command("sell", "--completion", done["code"], "--device", device["label"], "--till", "LI1", "--pay",
                  f"cash={device['price']}")
    sign_in(page, lille, "espace", f"/runs/{run}")
    page.click("summary:has-text('Retirer l’attestation')")
    page.fill("[name^=motive-revoke-]", "Erreur de personne")
    axe(page)
    page.click("#parents button.danger:has-text('Retirer')")
    page.wait_for_url("**?done=revoked_used*")
    assert "avait déjà servi" in page.inner_text("main") and "Erreur de personne" in page.inner_text("#parents")
    axe(page)
    look(page, "run-revoked")
    page.goto(f"{lille.url}/attestations/{done['code']}")
    assert "retirée" in page.inner_text("main") and page.locator(".attestation-codes").count() == 0
    axe(page)
    page.goto(f"{lille.url}/reports/equipment-of-finishers?programme=lille-suite")
    assert "1 attestation retirée" in page.inner_text("main")
    axe(page)
    look(page, "report-revoked")
    page.click("text=1 attestation retirée")
    page.wait_for_url("**figure=revoked*")
    rows = page.inner_text("main tbody")
    assert parent["person"] in rows and device["label"] in rows
    no_sideways_scroll(page)
    axe(page)
