"""What is tried on each kind of machine: the list is written anew, and a machine is tried by it."""

import datetime

import pytest

import running
from test_stock import sign_in

TODAY = datetime.date.today().isoformat()


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        yield service.start()


def taken_in(stock, serial: str) -> str:
    return stock.json("device", "take-in", "--kind", "tablet", "--maker", "Samsung", "--model", "Tab A8",
                      "--serial", serial)["label"]


@pytest.mark.refusals
def test_a_list_is_written_anew_looked_at_first_and_what_is_wrong_stays_typed(
        page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock, "/devices")
    page.click("main a:has-text('Listes de contrôle')")
    axe(page)
    no_sideways_scroll(page)
    look(page, "inspection-lists")
    section = page.locator("section", has_text="Tablette")
    assert "Touche par" not in section.inner_text() and "Écran tactile partout" in section.inner_text()
    section.get_by_role("link", name="Changer").click()
    axe(page)
    no_sideways_scroll(page)
    look(page, "inspection-list")
    page.fill("#name_fr-9", "Coque entière")
    page.click("text=Voir ce qui changerait")
    page.wait_for_selector(".mistakes")
    assert page.input_value("#name_fr-9") == "Coque entière" and "Nom en anglais" in page.inner_text(".mistakes")
    axe(page)
    look(page, "inspection-list-wrong")
    page.fill("#name_en-9", "Whole casing")
    page.select_option("#weight-9", "note")
    page.fill("#place-9", "2")
    page.fill("#name_fr-5", "")
    page.fill("#name_en-5", "")
    page.click("text=Voir ce qui changerait")
    page.wait_for_selector("[role=status] li")
    told = page.inner_text("[role=status]")
    assert "Coque entière" in told and "Son et micro" in told
    assert len(stock.json("inspection", "list")["items"]) == 7, "nothing is written yet"
    axe(page)
    look(page, "inspection-list-told")
    page.click("button.primary:has-text('Enregistrer')")
    page.wait_for_selector(".notice.done")
    items = [item["item"] for item in stock.json("inspection", "show", "tablet")["items"]]
    assert "whole_casing" in items and "sound" not in items
    section = page.locator("section", has_text="Tablette")
    assert "Signalé seulement" in section.inner_text() and section.locator("details").count() == 1
    # A list that is to come is withdrawn, and kept.
    page.goto(f"{stock.url}/inspection-lists/tablet")
    page.fill("#starts_on", (datetime.date.today() + datetime.timedelta(days=60)).isoformat())
    page.click("button.primary:has-text('Enregistrer')")
    page.wait_for_selector(".notice.done")
    axe(page)
    no_sideways_scroll(page)
    look(page, "inspection-list-coming")
    page.click("summary:has-text('Retirer cette version')")
    assert "ne pourra plus servir" in page.inner_text("details.more[open]")
    axe(page)
    no_sideways_scroll(page)
    look(page, "inspection-list-withdrawing")
    page.click("button:has-text('Retirer cette version')")
    page.wait_for_url("**?done=withdrawn")
    section = page.locator("section", has_text="Tablette")
    section.locator("summary").click()
    assert "Retirée" in section.inner_text()
    axe(page)
    look(page, "inspection-list-withdrawn")
    # A slip in the year is told.
    page.goto(f"{stock.url}/inspection-lists/tablet")
    page.fill("#starts_on", "2062-01-01")
    page.click("button.primary:has-text('Enregistrer')")
    page.wait_for_selector(".mistakes, .refusal")
    assert "plus d’un an" in page.inner_text("main")
    # The same day has its list already.
    page.goto(f"{stock.url}/inspection-lists/tablet")
    page.click("button.primary:has-text('Enregistrer')")
    page.wait_for_selector(".mistakes, .refusal")
    axe(page)


def test_a_machine_is_tried_by_keyboard_and_what_is_noted_is_told_to_the_buyer(
        page, stock, axe, look, no_sideways_scroll):
    label = taken_in(stock, "R52BANC01")
    sign_in(page, stock, f"/devices/{label}")
    axe(page)
    no_sideways_scroll(page)
    look(page, "inspection-form")
    assert page.locator(".trial .hint").first.is_visible(), "how it is tried is said"
    assert not page.locator("#item-screen-remark").is_visible()
    page.focus("#item-screen")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "item-screen-remark"
    page.keyboard.type("Ligne en haut")
    axe(page)
    look(page, "inspection-fault")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.done")
    assert "La dernière fois" in page.inner_text(".now") and "Ligne en haut" in page.inner_text(".now")
    axe(page)
    look(page, "inspection-again")
    # One key for a machine on which everything works.
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", {
        "type": "keyDown", "modifiers": 1, "key": "t", "code": "KeyT", "windowsVirtualKeyCode": 84,
        "text": "t", "unmodifiedText": "t"})
    page.click("button:has-text('Tout est avec l’appareil')")
    page.wait_for_selector("#price")
    assert stock.json("device", "show", label)["device"]["inspected"] is True
    page.goto(f"{stock.url}/devices/{label}/passport")
    assert "liste du" in page.inner_text("main")
    axe(page)


@pytest.mark.refusals
def test_a_list_that_changes_meanwhile_is_told_and_the_answers_stay(page, stock, axe, look):
    label = taken_in(stock, "R52BANC02")
    sign_in(page, stock, f"/devices/{label}")
    # As if the page had been open since the list before.
    page.eval_on_selector_all("input[name=list]", "inputs => inputs.forEach(input => input.value = '2000-01-01')")
    page.check("#item-screen")
    page.fill("#item-screen-remark", "Rayé")
    page.click("text=Enregistrer le contrôle")
    page.wait_for_selector(".refusal, .notice.done")
    if stock.json("inspection", "show", "tablet")["starts_on"] == "2000-01-01":
        pytest.skip("the list did not change in this run")
    assert "a changé" in page.inner_text(".refusal")
    assert page.is_checked("#item-screen") and page.input_value("#item-screen-remark") == "Rayé"
    axe(page)
    look(page, "inspection-changed")


def test_a_rule_of_what_goes_with_a_machine_is_withdrawn_before_its_day(page, stock, axe, look, no_sideways_scroll):
    day = (datetime.date.today() + datetime.timedelta(days=90)).isoformat()
    stock.command("kit", "set", "tablet", "usb-charger", "mouse", "--from", day)
    sign_in(page, stock, "/kits")
    axe(page)
    no_sideways_scroll(page)
    look(page, "kits-coming")
    page.click("table.list summary:has-text('Retirer cette règle')")
    assert "ne pourra plus servir" in page.inner_text("details.more[open]")
    axe(page)
    no_sideways_scroll(page)
    look(page, "kits-withdrawing")
    page.click("table.list button:has-text('Retirer cette règle')")
    page.wait_for_url("**?done=withdrawn")
    assert "retirée le" in page.inner_text("table.list")
    axe(page)
    no_sideways_scroll(page)
    look(page, "kits-withdrawn")
