"""Lots: a donor promises, the lot comes, machines are taken in with it, the register says so. On an installation of its own."""

import csv
import io

import pytest

import running
from test_stock import drop, dropped, laptop, sign_in

TODAY = running.today()


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        yield service.start()


def give(page, stock, name: str, kind: str) -> str:
    """Writes a donor and a promised lot down; the lot's code."""
    page.goto(f"{stock.url}/donors/new")
    page.select_option("#kind", kind)
    page.fill("#name", name)
    page.click("main form button.primary")
    page.wait_for_selector("text=Donateur enregistré")
    page.click("a.button.primary")
    page.fill("#units_laptop", "3")
    page.click("main form button.primary")
    page.wait_for_selector("text=Lot enregistré")
    return page.inner_text("h1").split()[-1]


@pytest.mark.refusals
def test_a_lot_comes_is_taken_in_and_stands_in_the_register(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    page.click("text=Lots")
    page.click("text=Donateurs")
    code = give(page, stock, "Mairie de Saint-Lin", "public_body")
    # Nothing counted is no delivery, and what was typed stays.
    page.fill("#weight", "12,5")
    page.click("main form button.primary")
    assert "Rien n’est compté" in page.inner_text("main")
    assert page.input_value("#weight") == "12,5"
    page.fill("#units_laptop", "2")
    page.click("main form button.primary")
    page.wait_for_selector("text=Réception inscrite au registre")
    axe(page)
    no_sideways_scroll(page)
    look(page, "lot")
    page.click("text=Entrer les appareils")
    assert code in page.inner_text(".drop")
    drop(page, dropped("un.json", laptop("5CD8123LO1")), dropped("deux.json", laptop("5CD8123LO2")))
    # The lot says whether the law caps the price.
    assert page.locator("#import-public").count() == 0
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    label = page.inner_text("[data-import-result] tbody tr:first-child a.code")
    page.goto(f"{stock.url}/devices/{label}")
    assert "organisme public" in page.inner_text("main") and code in page.inner_text("main")
    page.goto(f"{stock.url}/batches/{code}")
    assert label in page.inner_text("main") and "Entré au stock" in page.inner_text("main")
    page.goto(f"{stock.url}/register")
    assert [row.inner_text() for row in page.locator("tbody th").all()] == ["1", "2", "3"]
    page.click("text=Rectifier une écriture")
    page.fill("#ordinal", "1")
    page.fill("#correction", "=1 portable")
    page.click("text=Inscrire la rectification")
    page.wait_for_selector("text=Rectification inscrite")
    answer = page.request.get(f"{stock.url}/register.csv?day={TODAY.isoformat()}")
    rows = list(csv.reader(io.StringIO(answer.text().lstrip("\ufeff")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4"]
    # No cell of it runs as a formula.
    assert all(not cell.startswith("=") for row in rows for cell in row)
    for paper in ("receipt", "certificate"):
        answer = page.request.get(f"{stock.url}/batches/{code}/{paper}.pdf")
        assert answer.status == 200 and answer.body().startswith(b"%PDF-")
    page.goto(f"{stock.url}/batches/{code}/labels")
    assert page.locator("svg").count() >= 4


def test_a_private_person_is_named_apart(page, stock, axe, look):
    sign_in(page, stock)
    code = give(page, stock, "Ana Lima", "person")
    page.fill("#units_laptop", "1")
    page.click("main form button.primary")
    # The browser asks for the document before anything is sent.
    assert page.locator("main form input:invalid").count() == 5
    for field, text in {"seller_name": "Ana Lima", "seller_address": "3 rue de Lille", "document_number": "12AB34567",
                        "issued_on": "2020-05-04", "issued_by": "Préfecture du Nord"}.items():
        page.fill(f"#{field}", text)
    axe(page)
    look(page, "lot-seller")
    page.click("main form button.primary")
    page.wait_for_selector("text=Réception inscrite au registre")
    page.goto(f"{stock.url}/register")
    row = page.locator("tbody tr").filter(has_text=code)
    assert "Particulier" in row.inner_text() and "Lima" not in row.inner_text()
    row.locator("text=Voir la pièce d’identité").click()
    assert "12AB34567" in page.inner_text("main")
    # The card goes, the register stays.
    page.goto(f"{stock.url}/batches/{code}")
    page.click("p.lead a")
    page.click("text=Effacer la fiche")
    page.click("text=Effacer pour de bon")
    page.wait_for_selector("text=Fiche effacée")
    assert "Ana Lima" not in page.content()
    page.goto(f"{stock.url}/register")
    assert code in page.inner_text("main")
    assert stock.json("verify", "all")["ok"]
