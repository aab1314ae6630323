"""`comptoir import hardware` on files that real machines wrote: shown, taken in, then known."""

from pathlib import Path

import openpyxl
import pytest
from documents import DONE, REFUSED, check_refusal, objects

# Files of real machines, where somebody who works on Comptoir keeps them.
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "hardware"
FILES = sorted(str(file) for file in FOLDER.rglob("*") if file.is_file()) if FOLDER.is_dir() else []
READ = ("/lshw-json/", "/glpi-json/", "/fusioninventory-xml/", "/dmidecode/", "/ereuse-snapshot/")
NO_COMPUTER = ("phone_1.json", "printer_1.json", "/13.xml")
# The snapshot before it, in the files' order, describes the same machine.
TWIN = "/lshw-json/optiplex-745.lshw.json"

needs_files = pytest.mark.skipif(not FILES, reason=f"no hardware files in {FOLDER}")


def check_shape(told: dict, file: str) -> None:
    assert told["file"] == file and told["outcome"] in ("new", "known", "refused")
    assert isinstance(told.get("format"), str | None)
    if told["outcome"] == "refused":
        assert told["reason"].strip() and "device" not in told
        check_refusal(told["refusal"])
        return
    device = told["device"]
    assert set(device) <= {"maker", "model", "serial", "chassis", "processor", "memory_mb", "disks",
                           "battery_health_percent", "screen", "remarks"}, device.keys()
    assert device["maker"] and device["model"]
    assert device.get("serial", "x").strip() and device.get("serial", "x").lower() not in (
        "to be filled by o.e.m.", "none", "not specified", "0", "system serial number", "default string")
    assert device.get("memory_mb") is None or 64 <= device["memory_mb"] <= 1 << 22
    for disk in device["disks"]:
        assert disk["kind"] in ("hdd", "ssd", "nvme", "unknown")
        assert disk.get("size_gb") is None or 0 < disk["size_gb"] < 100_000
    assert device.get("battery_health_percent") is None or 0 <= device["battery_health_percent"] <= 100


@needs_files
def test_every_real_file_is_shown_then_taken_in_then_known(shop):
    ask = shop.service.ask
    before = shop.service.json("device", "list", "--limit", "200")["items"]
    dry = objects(ask("import", "hardware", *FILES, "--dry-run", "--json"))
    assert [told["file"] for told in dry] == FILES, "one object a file, in the files' order"
    for told, file in zip(dry, FILES):
        check_shape(told, file)
        readable = any(folder in file for folder in READ) and not file.endswith(NO_COMPUTER)
        expected = "known" if file.endswith(TWIN) else "new" if readable else "refused"
        assert told["outcome"] == expected, told
    assert shop.service.json("device", "list", "--limit", "200")["items"] == before, "a dry run wrote something"

    done = ask("import", "hardware", *FILES, "--json")
    assert done.returncode == REFUSED, "some files are no computers"
    made = objects(done)
    assert [told["outcome"] for told in made] == [told["outcome"] for told in dry]
    for told, file in zip(made, FILES):
        check_shape(told, file)
        if told["outcome"] == "new":
            shown = shop.service.json("device", "show", told["label"])
            assert told["device"]["model"] in str(shown)

    again = objects(ask("import", "hardware", *FILES, "--json"))
    for first, second in zip(made, again):
        assert second["outcome"] == ("known" if first["outcome"] == "new" else first["outcome"]), second
        assert second.get("label") == first.get("label")


@needs_files
def test_good_files_alone_end_with_0(shop):
    good = [file for file in FILES if READ[0] in file]
    assert shop.service.ask("import", "hardware", *good, "--dry-run", "--json").returncode == DONE


def laptop(serial: str) -> str:
    return ('{"id":"poste","class":"system","vendor":"HP","product":"EliteBook 820","serial":"%s",'
            '"configuration":{"chassis":"notebook"},"children":[{"id":"core","class":"bus","children":[]}]}' % serial)


@pytest.mark.parametrize("bad", ["missing", "empty", "truncated", "nested", "huge", "folder", "binary"])
def test_what_is_no_hardware_file_is_refused_in_words(shop, tmp_path, bad):
    file = tmp_path / "file.json"
    if bad == "folder":
        file.mkdir()
    elif bad == "huge":
        with file.open("wb") as out:
            out.truncate(50 << 20)
    elif bad != "missing":
        file.write_bytes({"empty": b"", "truncated": laptop("CUT").encode()[:-20], "binary": bytes(range(256)) * 40,
                          "nested": b"[" * 200_000 + b"]" * 200_000}[bad])
    good = tmp_path / "good.json"
    good.write_text(laptop("KEPT"))
    done = shop.service.ask("import", "hardware", str(file), str(good), "--dry-run", "--json")
    assert done.returncode == REFUSED
    refused, kept = objects(done)
    check_refusal(refused["refusal"])
    assert refused["file"] == str(file) and kept["outcome"] == "new", "one bad file stops no good one"


MACHINE = """{"id": "poste", "class": "system", "vendor": "HP", "product": "HP ProBook 450 G5", "serial": "5CD81WIPED",
 "configuration": {"chassis": "notebook"}, "children": [{"id": "core", "class": "bus", "children": [
  {"id": "memory", "class": "memory", "units": "bytes", "size": 8589934592},
  {"id": "disk", "class": "disk", "product": "KINGSTON SA400S37240G", "logicalname": "/dev/sda",
   "serial": "50026B77WIPED001", "units": "bytes", "size": 240057409536}]}]}"""
LOG = """[2026/01/05 10:00:00]    info: nwipe 0.37
[2026/01/05 10:00:01]  notice:   verify   = 1 (last pass)
[2026/01/05 10:00:02]  notice: /dev/sda has serial number 50026B77WIPED001
[2026/01/05 10:00:02]  notice: /dev/sda, sect/blk/dev 512/4096/240057409536
[2026/01/05 10:00:02]  notice: Invoking method 'PRNG Stream' on /dev/sda
[2026/01/05 11:18:14]  notice: Finished final round 1 of 1 on /dev/sda
******************************** Error Summary *********************************
!   Device | Pass Errors | Verifications Errors | Fdatasync I\\O Errors
       sda |           0 |                    0 |                    0
********************************************************************************
********************************* Drive Status *********************************
!   Device | Status | Thru-put | HH:MM:SS | Model/Serial Number
       sda | Erased |   51 MB/s | 01:18:12 | KINGSTON SA400S3/50026B77WIPED001
[2026/01/05 11:18:20]    info: Nwipe successfully completed.
"""


def test_a_wipe_log_erases_the_disk_that_it_names(shop, tmp_path):
    machine, log = tmp_path / "machine.json", tmp_path / "wipe.log"
    machine.write_text(MACHINE)
    log.write_text(LOG)
    early = shop.service.ask("import", "hardware", str(log), "--json")
    [told] = objects(early)
    assert early.returncode == REFUSED and told["format"] == "nwipe" and told["outcome"] == "refused"
    check_refusal(told["refusal"])
    [taken] = objects(shop.service.ask("import", "hardware", str(machine), "--json"))
    for expected in ("erased", "known"):
        done = shop.service.ask("import", "hardware", str(log), "--json")
        assert done.returncode == DONE, done.stderr
        [told] = objects(done)
        [drive] = told["drives"]
        assert drive["outcome"] == expected and drive["label"] == taken["label"] and drive["level"] == "clear"
    assert taken["label"] in shop.service.ask("import", "hardware", str(log), "--dry-run").stdout


BOLC = ["Numéro Lot", "Identifiant unique", "Type matériel", "Constructeur", "Model", "N° Serie", "Processeur",
        "Type disque 1", "Taille disque 1", "Type disque 2", "taille disque 2", "RAM", "DVD", "Webcam", "ECRAN", "REMARQUES",
        "Grade esth.", "Catégorie", "Erreur calcul"]


def test_a_workbook_of_a_refurbisher_makes_a_device_of_each_row(shop, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "BOLC v2"
    rows = [["L1", f"R{number}", kind, "Lenovo", "ThinkPad T470", f"PF0BOLC{number}", "Intel Core i5-7300U", "SSD", 256, "", "", 8,
             "Non", "Oui", "14", "", "B", "A", ""] for number, kind in enumerate(["Portable", "Grille-pain", "UC"])]
    for place, cells in enumerate([BOLC, *rows], start=4):
        for column, cell in enumerate(cells, start=1):
            sheet.cell(place, column, cell)
    file = tmp_path / "lot.xlsx"
    book.save(file)
    [seen] = objects(shop.service.ask("import", "hardware", str(file), "--dry-run", "--json"))
    assert [row["outcome"] for row in seen["rows"]] == ["new", "refused", "new"]
    [told] = objects(shop.service.ask("import", "hardware", str(file), "--json"))
    assert told["format"] == "bolc_computers" and told["outcome"] == "new"
    assert [row["line"] for row in told["rows"]] == [5, 6, 7]
    check_refusal(told["rows"][1]["refusal"])
    for row in (told["rows"][0], told["rows"][2]):
        assert row["device"]["memory_mb"] == 8192 and row["device"]["disks"][0]["size_gb"] == 256
    [again] = objects(shop.service.ask("import", "hardware", str(file), "--json"))
    assert again["outcome"] == "known" and [row["outcome"] for row in again["rows"]] == ["known", "refused", "known"]
    # A workbook of something else is refused as what it is.
    other = tmp_path / "budget.xlsx"
    openpyxl.Workbook().save(other)
    refused = shop.service.ask("import", "hardware", str(other), "--json")
    [told] = objects(refused)
    assert refused.returncode == REFUSED and told["refusal"]["code"] == "file_spreadsheet"


def test_the_stock_goes_out_as_a_workbook_that_another_program_reads(shop, tmp_path):
    label = shop.service.json("device", "take-in", "--kind", "laptop", "--maker", "=Lenovo", "--model", "ThinkPad X270",
                              "--serial", "PF0EXPORT", "--disk", "ssd:256:S0EXPORT")["label"]
    file = tmp_path / "stock.xlsx"
    told = shop.service.json("device", "export", "PF0EXPORT", "--xlsx", "--to", str(file))
    assert told == {"file": str(file), "bytes": file.stat().st_size}
    [sheet] = openpyxl.load_workbook(file).worksheets
    header, line = ([cell.value for cell in row] for row in sheet.iter_rows())
    row = dict(zip(header, line))
    assert (row["Étiquette"], row["Numéro de série"], row["État"]) == (label, "PF0EXPORT", "À contrôler")
    assert {"Catégorie", "Dossier après-vente"} <= set(header)
    # Numbers are numbers, and a maker that begins like a formula is text.
    assert (row["Stockage (Go)"], row["Mémoire (Mio)"], row["Prix"]) == (256, None, None)
    assert row["Fabricant"] == "=Lenovo" and sheet.cell(2, header.index("Fabricant") + 1).data_type == "s"
    table = tmp_path / "stock.csv"
    shop.service.json("device", "export", "--stage", "to_inspect", "--to", str(table))
    lines = table.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0].split(";") == header and any(line.startswith(f"{label};") and ";'=Lenovo;" in line for line in lines)
    refused = shop.service.ask("device", "export", "--stage", "gone", "--to", str(tmp_path / "no.csv"), "--json")
    assert refused.returncode != 0 and not (tmp_path / "no.csv").exists()
