"""Somebody is expected at the help desk, comes, is received, and their voucher says so."""

import re

import pytest

import running

from counter import counter  # noqa: F401

TODAY = running.today().isoformat()


@pytest.fixture
def desk(counter, page, hands):
    """The day's page, a seller signed in."""
    counter.sign_in(page)
    page.goto(counter.service.url + "/help-desk")
    hands.begin()
    return page


def person_of(counter, code: str) -> dict:
    return counter.service.json("voucher", "show", code)["persons"][0]


def book(page, who: str, at: str, minutes: str = "1") -> None:
    page.click("a[href^='/help-desk/appointments/new']")
    page.fill("#who", who)
    page.fill("#starts_at", at)
    page.fill("#minutes", minutes)
    page.click("main form button.primary")


def test_an_appointment_is_booked_kept_and_uses_the_right_of_the_voucher(desk, counter, axe, look, no_sideways_scroll):
    code = counter.voucher_for("help_desk")
    name = person_of(counter, code)["family_name"]

    book(desk, code, "23:58")
    desk.wait_for_url(re.compile(r"/help-desk\?day=.*done=booked"))
    row = desk.locator("tr", has_text=name)
    assert "23:58–23:59" in row.inner_text() and "attendu" in row.inner_text()
    axe(desk)
    look(desk, "help-desk-day")

    row.locator("a", has_text="Personne venue").click()
    assert name in desk.inner_text("main form")
    assert not desk.is_visible("#who"), "whom an appointment names is not asked again"
    look(desk, "help-desk-visit-new")
    axe(desk)
    no_sideways_scroll(desk)
    desk.check("#themes-email")
    desk.click("main form button.primary:visible")
    desk.wait_for_url(re.compile(r"/help-desk\?day=.*done=recorded"))
    assert "Le droit du bon a servi" in desk.inner_text(".notice.done")
    assert "venu" in desk.locator("tr", has_text="23:58").inner_text()

    desk.goto(f"{counter.service.url}/vouchers/{code}")
    assert "1 passage fait, sans limite" in desk.inner_text("main")
    assert "permanence" in desk.inner_text("main").lower()
    look(desk, "help-desk-voucher")
    desk.goto(f"{counter.service.url}/persons/{person_of(counter, code)['code']}")
    assert desk.locator("a[href^='/help-desk/visits/']").count() >= 1

    desk.locator("main a[href^='/help-desk/visits/']:not(.button)").first.click()
    desk.click("main summary")
    axe(desk)
    desk.click("main details button.danger")
    desk.wait_for_url(re.compile("done=taken_back"))
    assert "Saisi par erreur" in desk.inner_text("main")
    assert counter.service.json("voucher", "show", code)["rights"][0]["used"] == 0
    assert "attendu" in desk.locator("tr", has_text="23:58").inner_text(), "it waits for its end again"


def test_an_anonymous_visit_takes_four_interactions(desk, hands, counter):
    before = len(counter.service.json("visit", "list")["items"])
    hands.tap(desk.locator(".page-actions a[href^='/help-desk/visits/new']"))
    desk.wait_for_selector("#themes")
    hands.tap(desk.locator("label[for=themes-bureautique]"))
    desk.focus("#minutes")
    hands.press("Control+A")
    hands.type("15")
    hands.press("Enter")
    desk.wait_for_url(re.compile("done=recorded"))
    hands.at_most(5)
    visits = counter.service.json("visit", "list")["items"]
    assert len(visits) == before + 1
    assert visits[0]["minutes"] == 15 and "person" not in visits[0]


@pytest.mark.refusals
def test_a_name_is_chosen_among_those_found_and_nobody_is_expected_twice_at_once(desk, counter, axe, look):
    code = counter.voucher_for("help_desk")
    person = person_of(counter, code)
    book(desk, person["family_name"], "23:50", "5")
    desk.wait_for_selector("input[name=person]")
    axe(desk)
    look(desk, "help-desk-who")
    desk.locator("label", has_text=person["code"]).click()
    desk.click("main form button.primary")
    desk.wait_for_url(re.compile("done=booked"))

    book(desk, person["code"], "23:52")
    desk.wait_for_selector(".mistakes")
    told = desk.inner_text(".mistakes")
    assert "23:50" in told and person["family_name"] not in told
    axe(desk)
    look(desk, "help-desk-clash")
    book_again = desk.locator("#starts_at")
    book_again.fill("23:55")
    desk.click("main form button.primary")
    desk.wait_for_url(re.compile("done=booked"))

    desk.locator("tr", has_text="23:55–23:56").locator("th a").click()
    desk.click("summary:has-text('Annuler')")
    desk.click("button.danger:has-text('Annuler le rendez-vous')")
    desk.wait_for_url(re.compile("done=cancelled"))
    row = desk.locator("tr", has_text="23:55–23:56")
    assert "annulé" in row.inner_text()
    row = desk.locator("tr", has_text="23:50–23:55")
    row.locator("summary", has_text="Personne absente").click()
    row.locator("button.danger").click()
    desk.wait_for_url(re.compile("done=missed"))


@pytest.mark.refusals
def test_what_is_wrong_with_a_visit_stands_beside_its_field(desk, counter, axe, look):
    desk.click(".page-actions a[href^='/help-desk/visits/new']")
    desk.fill("#who", "Personne De Ce Nom")
    desk.fill("#minutes", "900")
    desk.evaluate("document.querySelector('main form').noValidate = true")
    desk.click("main form button.primary:visible")
    desk.wait_for_selector(".mistakes")
    links = desk.locator(".mistakes a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert {"#who", "#minutes", "#themes"} <= set(links)
    axe(desk)
    look(desk, "help-desk-mistakes")


def test_the_day_is_printed_with_the_names_and_a_box(desk, counter, look):
    code = counter.voucher_for("help_desk")
    book(desk, code, "23:57")
    desk.wait_for_url(re.compile("done=booked"))
    desk.goto(f"{counter.service.url}/help-desk/print?day={TODAY}")
    desk.emulate_media(media="print")
    assert desk.locator(".crumb").is_hidden()
    assert person_of(counter, code)["family_name"] in desk.inner_text("table")
    look(desk, "help-desk-print")


def test_once_another_name_is_typed_nobody_who_was_found_before_is_chosen(desk, counter):
    first, second = (person_of(counter, counter.voucher_for("help_desk")) for _ in range(2))
    book(desk, first["family_name"], "23:40")
    desk.wait_for_selector("input[name=person]")
    desk.fill("#who", second["family_name"])
    desk.click("main form button.primary")
    desk.wait_for_selector(f"label:has-text('{second['code']}')")
    assert not desk.locator(f"label:has-text('{first['code']}')").count()
