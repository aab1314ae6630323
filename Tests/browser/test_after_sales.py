"""What was sold comes back: found, diagnosed question by question, repaired and handed back, or exchanged, and sold again."""

import re

import pytest

import running
from counter import Counter


@pytest.fixture(scope="module")
def shop():
    with running.Service() as service:
        counter = Counter(service).prepare()
        service.start()
        service.command("drawer", "open", "--float", "10000")
        yield counter


def sold(shop) -> tuple[str, str]:
    """A laptop that was sold; its label and the receipt."""
    label = shop.laptop()
    number = shop.service.json("sell", "--voucher", shop.voucher(), "--device", label, "--pay", "cash=9900")["number"]
    return label, number


def open_case(page, shop, typed: str, label: str, symptom: str = "other") -> None:
    """Searches, opens the case, and stands on its page."""
    page.goto(shop.service.url + "/after-sales")
    page.fill("#q", typed)
    page.keyboard.press("Enter")
    page.click(f"main a:text-is('{label}')")
    page.wait_for_url("**/after-sales/new?label=*")
    page.check(f"input[value={symptom}]")
    page.click("main form button.primary")
    page.wait_for_url("**/after-sales/*?done=opened")


def answer(page, *words: str) -> None:
    """Answers one question after the other, and keeps what it came to."""
    for text in words:
        page.click(f"#diagnosis a.button:has-text('{text}')")
    page.click("#diagnosis button.primary")
    page.wait_for_url("**/after-sales/*?done=diagnosed")


def test_sold_brought_back_repaired_and_handed_back(page, shop, axe, look, no_sideways_scroll):
    label, receipt = sold(shop)
    shop.sign_in(page)
    open_case(page, shop, receipt, label, "no_power")
    code = re.search(r"LIAV\d\d-\d{4}", page.url)[0]
    assert "S’allume" in page.inner_text("#diagnosis") or "s’allume" in page.inner_text("#diagnosis")
    axe(page)
    no_sideways_scroll(page)
    look(page, "after-sales-question")
    answer(page, "Non", "Non", "Non")
    before = shop.service.json("after-sales", "show", code)["device"]["guaranteed_until"]
    axe(page)
    look(page, "after-sales-covered")
    page.fill("#work", "Alimentation changée")
    page.click(".now button.primary")
    page.wait_for_url("**?done=repaired")
    after = shop.service.json("after-sales", "show", code)["device"]["guaranteed_until"]
    assert after > before
    assert "prolongée" in page.inner_text("main")
    page.click(".now button.primary")
    page.wait_for_url("**?done=handed_back")
    assert "Rendu" in page.inner_text(".page-title")
    assert page.locator(".now").count() == 0
    axe(page)
    look(page, "after-sales-done")
    # The slip names the machine and nobody.
    page.click("a[href$='/slip']")
    slip = page.inner_text("article.slip")
    assert code in slip and label in slip and "Famille" not in slip and "P-" not in slip


@pytest.mark.refusals
def test_exchanged_prepared_and_sold_again(page, shop, axe, look, no_sideways_scroll):
    label, _ = sold(shop)
    spare = shop.laptop()
    shop.sign_in(page)
    open_case(page, shop, label, label)
    answer(page, "Non", "Non")
    page.click("summary:has-text('Échanger')")
    page.fill("#replacement", "LIPC26-9999")
    page.click("form[action$='/exchange'] button")
    page.wait_for_selector("#replacement-error")
    axe(page)
    no_sideways_scroll(page)
    page.fill("#replacement", spare)
    page.click("form[action$='/exchange'] button")
    page.wait_for_url("**?done=exchanged")
    assert spare in page.inner_text("main")
    look(page, "after-sales-exchanged")
    page.click(f"a:has-text('{spare},')")
    assert "0,00" in page.inner_text("main") and label in page.inner_text("main")
    # The broken one is inspected, erased and graded anew, then sold again with its history.
    run = shop.service
    run.command("device", "inspect", label)
    run.command("device", "erase", label, "--method", "secure_erase", "--level", "purge", "--tool", "nwipe")
    run.command("device", "grade", label, "--mark", "3000", "--memory", "4")
    run.command("kit", "check", label)
    run.command("device", "shelve", label, "--grade", "b", "--price", "79,00")
    run.json("sell", "--voucher", shop.voucher(), "--device", label, "--pay", "cash=7900")
    shop.sign_in(page, "ada")
    page.goto(f"{run.url}/devices/{label}")
    history = page.inner_text("main table")
    assert history.count("Vendu") == 2 and "Échangé" in history
    assert run.json("verify", "all")["ok"] is True


def test_not_covered_is_refused_and_handed_back(page, shop, axe):
    label, _ = sold(shop)
    shop.sign_in(page)
    open_case(page, shop, label, label)
    answer(page, "choc")
    assert "Refuser" in page.inner_text(".now")
    page.click(".now button.primary")
    page.wait_for_url("**?done=refused")
    axe(page)
    page.click(".now button.primary")
    page.wait_for_url("**?done=handed_back")


def test_found_by_the_person_s_name_and_no_name_in_the_address(page, shop, axe, look, no_sideways_scroll):
    label, _ = sold(shop)
    shop.sign_in(page)
    page.goto(shop.service.url + "/after-sales")
    found = shop.service.json("person", "search", "Amina")["items"][0]
    page.fill("#q", found["family_name"])
    page.keyboard.press("Enter")
    page.wait_for_selector(".stack-tight form")
    assert found["family_name"] not in page.url
    axe(page)
    page.click(".stack-tight form button >> nth=0")
    page.wait_for_load_state()
    assert "q=" not in page.url
    no_sideways_scroll(page)
    # What opens a case says first whether the guarantee still holds.
    page.goto(f"{shop.service.url}/after-sales/new?label={label}")
    assert "Garanti jusqu’au" in page.inner_text(".page-title")
    axe(page)
    no_sideways_scroll(page)
    look(page, "after-sales-new")
