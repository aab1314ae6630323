"""The stock room: files dropped, machines prepared, labels printed. On an installation of its own."""

import json

import pytest

import running
from paper import reads

PASSWORD = "un mot de passe de caisse"


def laptop(serial: str, model: str = "HP ProBook 450 G5") -> bytes:
    """What `lshw -json` prints on a laptop with one SSD."""
    disk = {"id": "disk", "class": "disk", "product": "KINGSTON SA400S37240G", "logicalname": "/dev/sda",
            "serial": "50026B7782F1A2C4", "units": "bytes", "size": 240057409536}
    memory = {"id": "memory", "class": "memory", "units": "bytes", "size": 8589934592}
    return json.dumps({
        "id": "poste", "class": "system", "handle": "DMI:0001", "vendor": "HP", "product": model, "serial": serial,
        "configuration": {"chassis": "notebook"},
        "children": [{"id": "core", "class": "bus", "children": [memory, disk]}],
    }).encode()


def dropped(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/json", "buffer": content}


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        yield service.start()


def sign_in(page, stock, path="/devices"):
    page.goto(f"{stock.url}/sign-in?next={path}")
    page.fill("#login", "admin")
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(f"{stock.url}{path}")


def work_in(page, stock, shop: str, path: str) -> None:
    """Chooses where one works, and waits for the page itself: the address of the choice ends with that of the page."""
    page.goto(f"{stock.url}/workplace?next={path}")
    page.click(f"main button:has-text('{shop}')")
    page.wait_for_url(f"{stock.url}{path}")


def drop(page, *files):
    page.set_input_files("input[type=file]", list(files))
    page.wait_for_selector("[data-import-result] :is(button, p.notice)")


@pytest.mark.refusals
def test_files_are_shown_first_then_taken_in_once(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    phone = json.dumps({"itemtype": "Phone", "content": {"bios": {}}}).encode()
    files = [dropped("poste.json", laptop("5CD8123AB1")), dropped("telephone.json", phone),
             dropped("coupe.json", laptop("5CD8123AB2")[:-9]), dropped("vide.json", b"")]
    drop(page, *files)
    shown = page.inner_text("[data-import-result]")
    assert "HP ProBook 450 G5" in shown and shown.count("Refusé") == 3
    assert stock.json("device", "list")["items"] == []
    axe(page)
    no_sideways_scroll(page)
    look(page, "stock-preview")
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    assert page.inner_text("[data-import-result] tbody tr:first-child a.code") == "LIPC26-0001".replace(
        "26", page.evaluate("String(new Date().getFullYear()).slice(2)"))
    # The same file once more is known, and makes nothing.
    drop(page, files[0])
    assert "déjà été importé" in page.inner_text("[data-import-result]")
    assert len(stock.json("device", "list")["items"]) == 1


WIPED = """[2026/01/05 10:00:00]    info: nwipe 0.37
[2026/01/05 10:00:01]  notice:   verify   = 1 (last pass)
[2026/01/05 10:00:02]  notice: /dev/sda has serial number 50026B77TOGETHER
[2026/01/05 10:00:02]  notice: /dev/sda, sect/blk/dev 512/4096/240057409536
[2026/01/05 10:00:02]  notice: Invoking method 'PRNG Stream' on /dev/sda
[2026/01/05 11:18:14]  notice: Finished final round 1 of 1 on /dev/sda
******************************** Error Summary *********************************
!   Device | Pass Errors | Verifications Errors | Fdatasync I\\O Errors
       sda |           0 |                    0 |                    0
********************************************************************************
********************************* Drive Status *********************************
!   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
       sda | Erased |   51 MB/s | 01:18:12 | KINGSTON SA400S3/50026B77TOGETHER
[2026/01/05 11:18:20]    info: Nwipe successfully completed.
"""


def test_a_log_dropped_with_its_machine_is_read_after_it(page, stock, axe):
    sign_in(page, stock)
    machine = laptop("5CD8123TOG").replace(b"50026B7782F1A2C4", b"50026B77TOGETHER")
    drop(page, dropped("journal.log", WIPED.encode()), dropped("poste.json", machine))
    assert "Relu après les appareils" in page.inner_text("[data-import-result]")
    axe(page)
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    told = page.inner_text("[data-import-result]")
    assert "Refusé" not in told and told.count("Enregistré") == 2
    label = page.locator("[data-import-result] a.code").last.inner_text()
    [disk] = stock.json("device", "show", label)["disks"]
    assert disk["erasure"]["tool"].startswith("nwipe")


def test_a_sheet_of_many_machines_says_what_becomes_of_each_row(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    header = ("Numéro Lot;Identifiant unique;Type matériel;Constructeur;Model;N° Serie;Processeur;Type disque 1;Taille disque 1;"
              "Type disque 2;taille disque 2;RAM;DVD;Webcam;ECRAN;REMARQUES;Grade esth.;Catégorie;Erreur calcul")
    rows = [f"L1;F{number};{kind};Lenovo;ThinkPad T470;PF0FEUILLE{number};Intel Core i5-7300U;SSD;256;;;8;Non;Oui;14;;B;A;"
            for number, kind in enumerate(["Portable", "Grille-pain", "UC"])]
    sheet = "\r\n".join(["BOLC v2", "", "", header, *rows]).encode()
    drop(page, {"name": "lot.csv", "mimeType": "text/csv", "buffer": sheet})
    page.click("[data-import-result] summary")
    shown = page.inner_text("[data-import-result]")
    assert "2 nouveaux, 0 déjà là, 1 refusés" in shown and "Ligne 6" in shown
    axe(page)
    no_sideways_scroll(page)
    look(page, "stock-sheet")
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    page.click("[data-import-result] summary")
    assert page.locator("[data-import-result] li a.code").count() == 2


def test_a_virtual_machine_is_off_until_somebody_ticks_it(page, stock, axe, look):
    sign_in(page, stock)
    before = len(stock.json("device", "list")["items"])
    drop(page, dropped("vm.json", laptop("0", "VirtualBox")), dropped("vrai.json", laptop("5CD8123AC9")))
    boxes = page.locator("[data-import-result] tbody input[type=checkbox]")
    assert [boxes.nth(index).is_checked() for index in range(2)] == [False, True]
    assert page.locator("[data-import-result] .tag.warning").count() == 1
    assert "1 fichier" in page.inner_text("[data-import-result] button")
    axe(page)
    look(page, "stock-virtual")
    boxes.nth(0).check()
    assert "2 fichiers" in page.inner_text("[data-import-result] button")
    boxes.nth(0).uncheck()
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    assert "Laissé de côté" in page.inner_text("[data-import-result]")
    assert len(stock.json("device", "list")["items"]) == before + 1


@pytest.mark.refusals
def test_a_hostile_name_is_only_a_name(page, stock):
    sign_in(page, stock)
    drop(page, dropped("<img src=x onerror=alert(1)>.json", laptop("5CD8123AB3", "<script>alert(1)</script>")))
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    assert page.locator("[data-import-result] img, main script").count() == 0
    page.goto(f"{stock.url}/devices?q=%3Cscript%3E")
    assert "<script>alert(1)</script>" in page.inner_text("table")
    drop(page, dropped("long.json", laptop("5CD8123AB4", "x" * 10_000)))
    assert "10000 caractères" in page.inner_text("[data-import-result]")


@pytest.mark.refusals
def test_a_machine_goes_from_the_file_to_the_shelf_and_gets_its_label(
        page, stock, axe, look, no_sideways_scroll, tmp_path):
    sign_in(page, stock)
    drop(page, dropped("poste.json", laptop("5CD8123AB5")))
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    label = page.inner_text("[data-import-result] tbody a.code")
    page.goto(f"{stock.url}/devices/{label}")
    axe(page)
    look(page, "stock-device")
    assert page.locator("#price").count() == 0, "what is not ready has no form for the shelf"
    page.click("text=Tout fonctionne")
    page.wait_for_selector(".notice.done")
    page.click("text=Enregistrer l’effacement")
    page.wait_for_selector("text=mais non vérifié")
    page.select_option("#method", "overwrite")
    page.check("#verified")
    page.click("text=Enregistrer l’effacement")
    page.wait_for_selector(".refusal")
    assert "SSD" in page.inner_text(".refusal")
    page.check("#verified")
    page.click("text=Enregistrer l’effacement")
    page.wait_for_selector(".notice.done")
    # Its memory is known and its processor is not: the mark is asked for.
    assert page.input_value("#memory_gb") == "8" and page.input_value("#mark") == ""
    assert "PassMark" in page.inner_text("#mark-hint")
    assert page.input_value("#rules") == "pc-2025-06", "the newest rules come first"
    axe(page)
    look(page, "stock-grade")
    page.fill("#mark", "3600")
    page.select_option("#given", "b")
    page.click("button:has-text('Enregistrer la catégorie')")
    page.wait_for_selector(".refusal")
    assert "motif" in page.inner_text(".refusal") and page.input_value("#mark") == "3600"
    axe(page)
    look(page, "stock-grade-refused")
    page.select_option("#given", "")
    page.click("button:has-text('Enregistrer la catégorie')")
    page.wait_for_selector(".notice.done")
    assert page.locator("#price").count() == 0, "without its charger it has no form for the shelf"
    stock.command("product", "receive", "laptop-charger", "--units", "1")
    page.reload()
    axe(page)
    no_sideways_scroll(page)
    look(page, "stock-kit")
    page.check("#kit-laptop-charger-1")
    page.click("button:has-text('Enregistrer')")
    page.wait_for_url("**?done=whole")
    page.click("summary:has-text('Remettre un article au stock')")
    page.fill("#part_motive", "Mauvais modèle")
    axe(page)
    no_sideways_scroll(page)
    look(page, "stock-kit-back")
    page.click("button:has-text('Remettre un article au stock')")
    page.wait_for_url("**?done=part_back")
    assert page.locator("#part_motive").count() == 0, "nothing of the stock is with it any more"
    assert "Article remis au stock" in page.inner_text("table.list")
    history = page.inner_text("table.list").replace("\u00a0", " ")
    assert "pris au stock : Chargeur d’ordinateur portable" in history
    page.check("#kit-laptop-charger-1")
    page.click("button:has-text('Enregistrer')")
    page.wait_for_url("**?done=whole")
    assert "Chargeur d’ordinateur portable" in page.inner_text(".facts")
    assert "Catégorie A" in page.inner_text(".now")
    assert page.input_value("#price") == "125", "the price of the table is proposed"
    assert "8\u00a0points" in page.inner_text(".grading-why >> nth=-1")
    axe(page)
    no_sideways_scroll(page)
    look(page, "stock-shelve")
    page.fill("#price", "9500")
    page.click("button:has-text('Mettre en rayon')")
    page.wait_for_selector(".refusal")
    assert "inhabituel" in page.inner_text(".refusal") and page.input_value("#price") == "9500"
    axe(page)
    look(page, "stock-unusual")
    page.fill("#price", "99,00")
    page.click("button:has-text('Mettre en rayon')")
    page.wait_for_selector(".notice.done")
    assert "En rayon" in page.inner_text(".page-title")
    page.click("summary:has-text('Changer le prix')")
    page.fill("#price", "20")
    page.click("button:has-text('Changer le prix')")
    page.wait_for_selector(".refusal")
    page.check("#meant")
    page.click("button:has-text('Changer le prix')")
    page.wait_for_selector(".notice.done")
    assert "20,00" in page.inner_text("dl.facts")
    page.click("summary:has-text('Retirer du rayon')")
    page.fill("#motive", "Ne s’allume plus")
    axe(page)
    look(page, "stock-withdraw")
    page.click("button:has-text('Retirer du rayon')")
    page.wait_for_selector(".notice.done")
    assert "À contrôler" in page.inner_text(".page-title")
    assert "Ne s’allume plus" in page.inner_text("table.list")
    page.goto(f"{stock.url}/devices/{label}/label")
    axe(page)
    pdf = tmp_path / "label.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    assert reads(pdf) == {f"QR-Code:{label}", f"CODE-128:{label}"}


def test_a_telephone_shows_the_stock_without_scrolling_sideways(phone, stock, axe, look, no_sideways_scroll):
    sign_in(phone, stock)
    no_sideways_scroll(phone)
    axe(phone)
    look(phone, "stock-phone")
    phone.goto(f"{stock.url}/devices/new")
    no_sideways_scroll(phone)
    axe(phone)
    phone.select_option("#kind", "smartphone")
    phone.fill("#maker", "Samsung")
    phone.fill("#model", "Galaxy A71")
    phone.fill("#serial", "R58N123ABC")
    phone.fill("#storage", "128")
    phone.click("main button.primary")
    phone.wait_for_selector(".notice.done")
    no_sideways_scroll(phone)
    axe(phone)
    assert "LISM" in phone.inner_text("h1")


@pytest.mark.refusals
def test_marks_are_looked_at_then_taken_in_and_prices_are_changed(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock, "/grading")
    page.click("main summary")
    page.fill("#table", "processeur\tindice\nIntel(R) Core(TM) i5-8250U CPU @ 1.60GHz\t6000\nIntel Core i7\tbeaucoup\n")
    page.fill("#source", "relevé")
    page.click("button[value=preview]")
    page.wait_for_selector("[role=status]")
    assert "1 nouveau" in page.inner_text("[role=status]") and "Ligne 3, indice" in page.inner_text("[role=status]")
    assert stock.json("grading", "marks")["items"] == []
    axe(page)
    no_sideways_scroll(page)
    look(page, "stock-marks")
    page.fill("#table", "processeur\tindice\nIntel(R) Core(TM) i5-8250U CPU @ 1.60GHz\t6000\n")
    page.click("button[value=take]")
    page.wait_for_selector(".notice.done")
    assert [mark["mark"] for mark in stock.json("grading", "marks")["items"]] == [6000]
    page.click("main summary")
    page.fill("#table", "rien")
    page.fill("#source", "relevé")
    page.click("button[value=take]")
    page.wait_for_selector("#table-error")
    page.goto(f"{stock.url}/grade-prices")
    page.click("main summary")
    page.select_option("#device_kind", "tablet")
    page.select_option("#grade", "premium")
    page.fill("#price", "95")
    page.click("main form button.primary")
    page.wait_for_selector(".notice.done")
    assert "95,00" in page.inner_text("table >> nth=0")
