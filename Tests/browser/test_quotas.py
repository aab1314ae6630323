"""The limits: in force, to come and past; a sentence that is read out, tried on past tickets, and only then switched on (X19)."""

import datetime

import pytest

from counter import counter  # noqa: F401
import running


@pytest.fixture(scope="module")
def sold(counter):
    """A family that took three recharges in two tickets."""
    voucher = counter.voucher()
    counter.service.command("drawer", "open", "--float", "100")
    return [
        counter.service.json("sell", "--voucher", voucher, "--recharge", f"recharge-5={count}", "--pay", f"cash={count * 500}")["number"]
        for count in (1, 2)
    ]


def fill(page, code: str, **fields: str) -> None:
    page.locator("summary:has-text('Ajouter un plafond')").click()
    page.fill("#code", code)
    for name, value in fields.items():
        field = page.locator(f"#change [name={name}]")
        field.select_option(value) if field.evaluate("node => node.tagName") == "SELECT" else field.fill(value)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["screen", "telephone"])
def test_a_limit_is_read_out_tried_and_switched_on(counter, sold, open_page, axe, look, no_sideways_scroll, size):
    page = open_page(*size)
    name = "telephone" if size[0] < 500 else "screen"
    counter.sign_in(page, "ada")
    page.goto(counter.service.url + "/quotas")
    assert "1 ordinateur par foyer sur 24 mois glissants." in page.inner_text("h2:has-text('En vigueur') + .panel")
    code = f"recharges-{name}"
    tomorrow = (running.today() + datetime.timedelta(days=1)).isoformat()
    months = "6" if name == "screen" else "7"
    fill(page, code, category="connection", holder="household", months=months, units="2", starts_on=tomorrow)
    look(page, f"quotas-form-{name}")
    assert not page.locator("button[value=set]").count(), "nothing is switched on unread"
    page.click("button[value=preview]")
    page.wait_for_selector("#preview-title")
    assert f"2 connexions par foyer sur {months} mois glissants." in page.inner_text("section.notice")
    axe(page)
    no_sideways_scroll(page)
    look(page, f"quotas-preview-{name}")
    page.click("button[value=rehearse]")
    page.wait_for_url("**/quotas/rehearsal?*")
    assert "csrf" not in page.url
    # The first ticket took one, the second two: above what was left.
    figures = page.locator(".figure").all_inner_texts()
    assert figures[0].split()[0] == "1" and "sur 2" in figures[0], figures
    assert page.locator("tbody tr").count() == 1
    assert sold[1] in page.inner_text("tbody tr") and sold[0] in page.inner_text("tbody tr")
    axe(page)
    no_sideways_scroll(page)
    look(page, f"quotas-rehearsal-{name}")
    page.click(".panel button.primary")
    page.wait_for_url("**/quotas?done=set")
    assert f"2 connexions par foyer sur {months} mois glissants." in page.inner_text("h2:has-text('À venir') + .panel, section:has(h2:has-text('À venir'))")
    axe(page)
    no_sideways_scroll(page)
    look(page, f"quotas-{name}")


@pytest.mark.refusals
def test_a_contradiction_names_the_other_and_a_useless_one_is_told(counter, open_page, axe, look):
    page = open_page(1280, 800)
    counter.sign_in(page, "ada")
    page.goto(counter.service.url + "/quotas")
    computers = "laptop,desktop,all_in_one"
    fill(page, "ordinateurs", category="equipment", holder="household", months="24", units="2", kinds=computers)
    page.click("button[value=preview]")
    page.wait_for_selector("section.notice .refusal")
    assert "computer-per-household" in page.inner_text("section.notice .refusal")
    assert not page.locator("button[value=set]").count()
    axe(page)
    look(page, "quotas-contradiction")
    page.select_option("#change [name=holder]", "person")
    page.click("button[value=preview]")
    page.wait_for_selector("section.notice:has-text('un autre plafond refuse toujours avant')")
    assert "1 ordinateur par foyer sur 24 mois glissants." in page.inner_text("section.notice")
    look(page, "quotas-useless")
