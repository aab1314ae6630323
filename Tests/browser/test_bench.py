"""Test benches, disks that say how they are, passports: on an installation that has a public address."""

import json
import urllib.error
import urllib.request

import pytest

import running
from paper import reads
from test_stock import drop, dropped, laptop, sign_in

ORIGIN = "http://127.0.0.1"


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.environment["COMPTOIR_PUBLIC_URL"] = service.url
        service.set_up()
        yield service.start()


def sent(stock, header: str, content: bytes, name: str) -> dict:
    """What a bench does with the line that the page showed."""
    key, value = header.split(": ", 1)
    request = urllib.request.Request(f"{stock.url}/api/v1/stations/files?name={name}", content, {
        key: value, "Content-Type": "application/octet-stream"})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return json.loads(refused.read())


@pytest.mark.refusals
def test_a_bench_is_opened_sends_and_what_is_doubtful_is_confirmed(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock, "/stations")
    axe(page)
    look(page, "bench-none")
    page.fill("#name", "Banc 1")
    page.click("main button.primary")
    page.wait_for_selector("pre.sent")
    header = page.inner_text("pre.sent >> nth=0")
    assert header.startswith("Authorization: Bearer ") and "/api/v1/stations/files" in page.inner_text("pre.sent >> nth=1")
    axe(page)
    no_sideways_scroll(page)
    look(page, "bench-opened")
    page.goto(f"{stock.url}/stations/LIP1")
    assert header.split()[-1] not in page.content(), "a token is shown once"
    axe(page)
    assert sent(stock, header, laptop("5CDBANC001"), "poste.json")["outcome"] == "new"
    assert sent(stock, header, laptop("0"), "sans-numero.json")["outcome"] == "waiting"
    page.goto(f"{stock.url}/devices")
    assert "1 fichier de banc à confirmer" in page.inner_text("main")
    axe(page)
    look(page, "bench-waiting-notice")
    page.click("text=Voir les fichiers")
    page.wait_for_url("**/waiting-files")
    assert "À confirmer" in page.inner_text("main")
    axe(page)
    no_sideways_scroll(page)
    look(page, "bench-waiting")
    page.click("button:has-text('Entrer au stock')")
    page.wait_for_url("**/devices/LIPC*")
    assert "LIP1" not in page.inner_text("table.list"), "a person confirmed it"
    page.goto(f"{stock.url}/stations/LIP1")
    page.click(".acts summary")
    page.click("button.danger")
    page.wait_for_selector(".notice.done")
    assert sent(stock, header, laptop("5CDBANC002"), "poste.json")["refusal"]["code"] == "station_token_wrong"


REPORT = {"smartctl": {"version": [7, 3]}, "device": {"name": "/dev/sda", "type": "sat", "protocol": "ATA"},
          "model_name": "KINGSTON SA400S37240G", "serial_number": "50026B7782F1A2C4", "rotation_rate": 0,
          "user_capacity": {"bytes": 240057409536}, "smart_status": {"passed": False}, "power_on_time": {"hours": 41_234},
          "ata_smart_attributes": {"table": [{"id": 5, "raw": {"value": 312}}]}}


def test_a_failing_disk_is_flagged_in_words_and_at_the_inspection(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    drop(page, dropped("disque.json", json.dumps(REPORT).encode()),
         dropped("poste.json", laptop("5CDBANC003").replace(b"50026B7782F1A2C4", b"50026B77FAILING1")))
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    report = {**REPORT, "serial_number": "50026B77FAILING1"}
    drop(page, dropped("disque2.json", json.dumps(report).encode()))
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    label = stock.json("device", "list", "5CDBANC003")["items"][0]["label"]
    page.goto(f"{stock.url}/devices/{label}")
    told = page.inner_text("main")
    assert told.count("À remplacer") >= 2 and "Disque à remplacer" in told, "beside its state, and on the disk"
    assert "312" in told and "41" in told
    assert page.locator(".tag.refused .icon").count() >= 1
    axe(page)
    no_sideways_scroll(page)
    look(page, "bench-failing-disk")
    shown = stock.command("device", "show", label)
    assert "À remplacer" in shown


def test_a_passport_is_opened_from_the_label_without_sign_in(page, phone, stock, axe, look, no_sideways_scroll, tmp_path):
    sign_in(page, stock)
    drop(page, dropped("poste.json", laptop("5CDBANC004").replace(b"50026B7782F1A2C4", b"50026B77PASSPORT")))
    page.click("[data-import-result] button")
    page.wait_for_selector("[data-import-result] a.button")
    label = page.inner_text("[data-import-result] tbody a.code")
    page.goto(f"{stock.url}/devices/{label}")
    page.click("text=Passeport")
    page.wait_for_url("**/passport")
    address = page.inner_text("main p.code a")
    axe(page)
    no_sideways_scroll(page)
    look(page, "passport-staff")
    page.goto(f"{stock.url}/devices/{label}/label")
    axe(page)
    look(page, "label-with-passport")
    pdf = tmp_path / "label.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    assert reads(pdf) == {f"QR-Code:{address}", f"CODE-128:{label}"}
    with page.expect_download() as download:
        page.click("text=50 × 25")
    zpl = download.value.path().read_text()
    assert zpl.startswith("^XA\n^CI28") and address in zpl
    # The buyer's telephone: no sign-in, no cookie, whole only for who works here.
    phone.goto(address)
    assert "5CDBANC004" not in phone.content() and "••••C004" in phone.content()
    assert phone.context.cookies() == []
    axe(phone)
    no_sideways_scroll(phone)
    look(phone, "passport-phone")
    phone.click("text=English")
    phone.wait_for_selector("html[lang=en]")
    axe(phone)
    look(phone, "passport-phone-en")
