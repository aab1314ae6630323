"""The harness itself: that it counts what a person does, and finds what is wrong with a page."""

import pytest

TILL = """<!doctype html><html lang="fr"><head><title>Caisse</title>
<style>input, button, select { min-height: 48px; font-size: 20px }</style></head><body>
<main><h1>Caisse</h1>
<label for="cash">Espèces</label> <input id="cash">
<label for="card">Carte</label> <input id="card">
<label for="why">Motif</label> <select id="why"><option>—</option><option>Erreur</option></select>
<button id="close">Clôturer</button></main></body></html>"""


@pytest.fixture
def till(page, hands):
    page.goto("data:text/html;charset=utf-8," + TILL.replace("#", "%23"))
    hands.begin()
    return page


def test_a_scan_and_a_shortcut_are_two(till, hands):
    hands.scan("LIPC26-0008")
    hands.press("F8")
    assert hands.done == ["scan LIPC26-0008", "press F8"]


def test_two_scans_in_a_row_are_two(till, hands):
    hands.scan("412345678903")
    hands.scan("LIPC26-0008")
    assert len(hands.done) == 2


def test_a_typed_field_is_one_whatever_its_digits_and_enter_is_another(till, hands):
    till.focus("#cash")
    hands.type("149,90")
    hands.press("Enter")
    assert hands.done == ["type in INPUT#cash", "press Enter"]


def test_reaching_a_field_and_typing_in_it_is_one(till, hands):
    hands.tap(till.locator("#cash"))
    hands.type("149,90")
    hands.press("Tab")
    hands.type("35")
    assert hands.done == ["type in INPUT#cash", "type in INPUT#card"]


def test_tapping_a_button_is_one_and_choosing_a_reason_is_one(till, hands):
    till.select_option("#why", "Erreur")
    hands.tap(till.locator("#close"))
    assert hands.done == ["choose SELECT#why", "tap BUTTON#close"]


def test_more_than_the_target_fails(till, hands):
    hands.press("F4", "Escape")
    with pytest.raises(AssertionError, match="2 interactions, the target is 1"):
        hands.at_most(1)


def test_nothing_done_is_no_success(till, hands):
    with pytest.raises(AssertionError, match="counting is broken"):
        hands.at_most(3)


def test_axe_passes_a_good_page_and_names_what_is_wrong_with_a_bad_one(till, axe):
    axe(till)
    till.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match=r"label \(critical\)[\s\S]*#cash"):
        axe(till)


def test_a_page_wider_than_a_phone_is_found(phone, no_sideways_scroll):
    head = "<meta name=viewport content='width=device-width,initial-scale=1'>"
    phone.goto(f"data:text/html,{head}<p>ok")
    no_sideways_scroll(phone)
    phone.goto(f"data:text/html,{head}<p style='width:600px'>wide")
    with pytest.raises(AssertionError, match="scrolls sideways"):
        no_sideways_scroll(phone)


def test_a_screenshot_is_kept(till, look):
    look(till, "harness")
