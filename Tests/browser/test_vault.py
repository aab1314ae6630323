"""Recharge codes: a file comes in, a second person approves it, a code is sold and shown once. On an installation of its own."""

import pytest

import running
import vault
from test_stock import PASSWORD, sign_in

VOUCHER = ("voucher", "record", "--structure", "Maison de Wazemmes", "--prescriber", "Inès Roy", "--household-size", "1",
           "--service", "connection", "--signature-seen", "--signed-on")


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        vault.furnish(service)
        service.json("user", "add", "rosa", "--name", "Rosa", "--operator", "ROSA", "--role", "shop_manager")
        service.json("structure", "create", "Maison de Wazemmes", "--kind", "ccas")
        yield service.start()


@pytest.fixture(scope="module")
def voucher(stock) -> str:
    return stock.json(*VOUCHER, running.today().isoformat(), "--new-person", "Awa/Sy")["code"]


def sign_in_as(page, stock, login: str, path: str, password: str = PASSWORD) -> None:
    page.goto(f"{stock.url}/sign-in?next={path}")
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("main button.primary")
    page.wait_for_url(f"{stock.url}{path}")


def stand_at_till(page, stock) -> None:
    answer = page.context.request.post(
        stock.url + "/api/v1/sign-ins/till", data={"till": "LI1"},
        headers={"X-CSRF-Token": page.get_attribute("meta[name=csrf]", "content")})
    assert answer.ok, answer.text()


@pytest.mark.refusals
def test_a_code_comes_in_is_approved_sold_and_shown_once(open_page, stock, voucher, axe, look, no_sideways_scroll, tmp_path):
    page = open_page(1280, 800, locale="fr-FR")

    def seen(name, page=page):
        axe(page)
        no_sideways_scroll(page)
        look(page, f"vault-{name}")

    sign_in(page, stock, "/recharges")
    assert "Aucun lot de codes" in page.inner_text("main")
    page.click("main .empty a")
    assert "Déclarez d’abord" in page.inner_text("main")
    seen("not-ready")
    page.click("main .empty a[href='/recharges/formats']")
    page.fill("#code", vault.FORMAT)
    page.fill("#name", "SFR 2026")
    page.fill("#code_column", "PIN")
    page.fill("#code_length", "14")
    page.fill("#serial_column", "Serie")
    page.fill("#expiry_column", "Date")
    page.click("main form button.primary")
    page.wait_for_selector("text=Format déclaré")
    seen("formats")

    page.goto(f"{stock.url}/recharges/import")
    page.fill("#slip", "BL-2026-118")
    page.fill("#units", "4")
    page.fill("#value", "15")
    page.set_input_files("#file", vault.file(tmp_path, range(3)))
    page.click("main form button.primary")
    page.wait_for_selector("[data-recharges-result] [role=alert]")
    assert "ne se partagent pas" not in page.inner_text("[data-recharges-result]")
    assert "bordereau" in page.inner_text("[data-recharges-result]")
    seen("import-refused")
    page.fill("#units", "3")
    page.click("main form button.primary")
    page.wait_for_selector("#take")
    assert "31/12/2062" in page.inner_text("[data-recharges-result]")
    seen("import-seen")
    page.click("#take")
    page.wait_for_selector("text=Une autre personne doit l’approuver")
    assert page.locator("main form").count() == 0, "who imported it does not decide"
    seen("batch-own")
    batch = page.url.split("/")[-1].split("?")[0]

    other = open_page(390, 844, locale="fr-FR")
    stock.json("user", "password", "rosa")
    sign_in_as(other, stock, "rosa", f"/recharges/{batch}")
    seen("batch-to-approve", other)
    other.click("main form[action$=approval] button")
    other.wait_for_selector("text=ses codes sont en vente")
    seen("batch-approved", other)

    sale = stock.json("drawer", "open", "--float", "5000") and stock.json(
        "sell", "--voucher", voucher, "--product", f"{vault.PRODUCT}=1", "--pay", "cash=500")
    path = f"/receipts/{sale['number']}/codes"
    other.goto(stock.url + path)
    other.wait_for_selector("#motive")
    page.goto(stock.url + path)
    seen("codes-elsewhere")
    stand_at_till(page, stock)
    page.goto(stock.url + path)
    seen("codes-hidden")
    page.click("#show")
    page.wait_for_selector(".slip-secret")
    code = page.inner_text(".slip-secret")
    assert code.startswith("7021 0000 0000"), code
    seen("codes-shown")
    page.goto(stock.url + path)
    assert page.locator(".slip-secret").count() == 0
    assert "Montré le" in page.inner_text("main")
    assert code not in page.content() and code.replace(" ", "") not in page.content()
    # Another person answers for the shop and says why.
    other.goto(stock.url + path)
    other.click("#show")
    assert other.locator(".slip-secret").count() == 0
    other.fill("#motive", "Papier perdu")
    other.click("#show")
    other.wait_for_selector(".slip-secret")
    assert other.inner_text(".slip-secret") == code
    seen("codes-shown-again", other)
    page.goto(f"{stock.url}/receipts/{sale['number']}")
    assert page.get_attribute("#codes", "href") == path
    assert code not in page.content() and code.replace(" ", "") not in page.content()
    page.goto(f"{stock.url}/recharges/day")
    assert "Tout concorde" in page.inner_text("main table")
    seen("day")
    page.goto(f"{stock.url}/recharges")
    seen("batches")
    other.goto(f"{stock.url}/recharges")
    seen("batches-telephone", other)
