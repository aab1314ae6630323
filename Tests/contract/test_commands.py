"""Every command of `comptoir`: its help, its JSON, its exit status (0 done, 1 refused, 2 wrong usage, 70 fault)."""

import contextlib
import datetime
import hashlib
import json
import re
import socket
import subprocess
import threading

import photos
import pytest
import running
from documents import DONE, FAULT, REFUSED, WRONG_USAGE, check_refusal, document, objects, refusal
from mailbox import mailbox
from test_station import MACHINE, Bench
from till import Till
from vault_day import trade_codes

BINARY = running.ROOT / ".build" / "debug" / "comptoir"
TODAY = running.today()

NAMED = ("close archive export setup serve migrate demo shop till drawer user structure person voucher quota override programme course import "
         "device after-sales donor batch register transfer order kit recharge count product offer sell gift refund receipt report verify doctor").split()


# What reads a file that somebody brought, and needs no installation.
PLACELESS = {("archive", "verify"), ("export", "fec-verify")}


def help_of(path: tuple[str, ...]) -> str:
    done = subprocess.run([BINARY, *path, "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == DONE, f"{path} --help ended with {done.returncode}"
    assert done.stderr == ""
    return done.stdout


def walk(path: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """Every command there is, by what one types, with its help."""
    text = help_of(path)
    found = {path: text}
    listed = re.search(r"SUBCOMMANDS:\n(.*?)(?:\n\n|\Z)", text, re.S)
    for line in listed[1].splitlines() if listed else []:
        name = re.match(r"  (\S+)", line)
        if name and name[1] != "help":
            found |= walk((*path, name[1]))
    return found


# Asked of the program itself, once: a new command is tested from the day that it is there.
HELPS = walk() if BINARY.exists() else {}
LEAVES = {path: text for path, text in HELPS.items() if "SUBCOMMANDS:" not in text}


def named(path: tuple[str, ...]) -> str:
    return " ".join(path)


def arguments(path: tuple[str, ...]) -> list[str]:
    """What a command needs to be read at all, each the first thing that has its shape."""
    # Where there are many options, the line says so instead of naming them.
    usage = re.search(r"USAGE: (.*)", LEAVES[path])[1].replace(" <options>", "")
    sections = LEAVES[path]
    needed = re.sub(r"\[[^\]]*\]", "", usage).split()[1 + len(path):]
    given: list[str] = []
    option = ""
    for word in needed:
        if word.startswith("--"):
            option = word
            given.append(word)
        elif word.startswith("<"):
            given.append(_value(word.strip("<>"), path))
            option = ""
    assert sections and not option
    return given


def _value(name: str, path: tuple[str, ...]) -> str:
    numbers = {"float", "cash", "units", "minutes", "milliseconds", "household-size", "modules", "code-length"}
    known = {
        "siret": "73282932000074", "shop-code": "LI", "postal-code": "59000", "admin-login": "admin",
        "module": "1", "sheet": "01900000-0000-7000-8000-000000000004", "session": "01900000-0000-7000-8000-000000000001",
        "browser": "01900000-0000-7000-8000-000000000003",
        "visit": "01900000-0000-7000-8000-000000000005", "appointment": "01900000-0000-7000-8000-000000000006",
        "person": "01900000-0000-7000-8000-000000000002", "until": "2030-01-01T12:00:00Z",
        "role": "volunteer_seller", "holder": "person", "category": "equipment", "regime": "margin",
        "removal": "loss", "donor": "01900000-0000-7000-8000-000000000007", "ordinal": "1", "to": "/tmp/none.pdf",
        "on": "2030-01-01", "at": "14:00", "of": "2030-01-01",
        "file": "01900000-0000-7000-8000-000000000008", "station": "LIP1",
        "picture": "01900000-0000-7000-8000-000000000009",
        "grade": "a", "end": "replaced", "method": "crypto_erase", "level": "purge",
    }
    if name == "kind":
        return {"device": "laptop", "product": "recharge", "structure": "ccas", "donor": "company"}.get(path[0], "laptop")
    return "10" if name in numbers else known.get(name, "x")


def test_the_commands_that_the_contract_names_are_there():
    assert set(NAMED) <= {path[0] for path in HELPS if path}


@pytest.mark.parametrize("path", LEAVES, ids=named)
def test_a_command_says_what_it_does_and_speaks_json(path):
    assert re.search(r"OVERVIEW: \S", LEAVES[path]), "a command that does not say what it does"
    assert "--json" in LEAVES[path]


@pytest.mark.parametrize("path", LEAVES, ids=named)
def test_wrong_usage_ends_with_2_and_says_nothing_to_programs(path):
    done = subprocess.run([BINARY, *path, "--no-such-option", "--json"], capture_output=True, text=True, timeout=60)
    assert done.returncode == WRONG_USAGE
    assert done.stdout == "" and "comptoir" in done.stderr


# What reports there are, the program knows by itself.
@pytest.mark.parametrize("path", [path for path in LEAVES if path != ("report", "list")], ids=named)
def test_a_data_folder_that_cannot_be_one_is_a_fault_and_ends_with_70(path, tmp_path):
    file = tmp_path / "not-a-folder"
    file.write_text("")
    done = subprocess.run(
        [BINARY, *path, *arguments(path), "--json"],
        env={"PATH": "/usr/bin:/bin", "COMPTOIR_DATA": str(file / "data"), "COMPTOIR_PASSWORD": "une phrase bien longue",
             "COMPTOIR_SETTINGS": str(file), "COMPTOIR_PORT": str(running.free_port())},
        capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    if path in PLACELESS:
        assert done.returncode == REFUSED
        return
    if path == ("doctor",):  # it says what is wrong: that is no fault of its own
        assert done.returncode == REFUSED and document(done)["ok"] is False
        return
    assert done.returncode == FAULT, f"{done.returncode}: {done.stdout}{done.stderr}"
    fault = document(done)["fault"]
    assert fault["reference"] in done.stderr and fault["what"]


def test_a_setting_that_cannot_be_used_is_wrong_usage():
    with running.Service(settings={"COMPTOIR_PORT": "many"}) as service:
        done = service.ask("shop", "list", "--json")
    assert (done.returncode, done.stdout) == (WRONG_USAGE, "")
    assert "COMPTOIR_PORT" in done.stderr


def test_what_is_not_set_up_says_so():
    with running.Service() as service:
        refusal(service.ask("drawer", "open", "--float", "5", "--json"))


class Day:
    """A day in the shop by the command line; `done` is which commands it took."""

    def __init__(self, shop):
        self.shop, self.service, self.done = shop, shop.service, set()

    def __call__(self, *words: str):
        self.done.add(next(path for n in (3, 2, 1) if (path := words[:n]) in LEAVES))
        done = self.service.ask(*words, "--json")
        assert done.returncode == DONE, f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert done.stderr == "", f"{' '.join(words)} says to people: {done.stderr}"
        return document(done)

    def first(self, *words: str) -> dict:
        return self(*words)["items"][0]


@contextlib.contextmanager
def printer():
    """A receipt printer on the loopback: where it listens, and what it took once it is closed."""
    taken = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:
        def listen():
            connection, _ = server.accept()
            with connection:
                while piece := connection.recv(4096):
                    taken.extend(piece)
        thread = threading.Thread(target=listen)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", taken
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_a_day_in_the_shop_is_one_document_a_command(shop, tmp_path, monkeypatch):
    day, today = Day(shop), TODAY.isoformat()
    next_year = (TODAY + datetime.timedelta(days=300)).isoformat()
    day("migrate")
    day("shop", "open", "RX", "--name", "Roubaix", "--address", "2 rue du Bois", "--postal-code", "59100",
        "--city", "Roubaix", "--siret", "73282932000074")
    assert "RX" in str(day("shop", "list"))
    day("till", "open", "LI9", "--name", "Caisse du fond")
    day("till", "scan-gap", "LI9", "120")
    assert "120" in str(day("till", "list"))
    Till(shop.service)  # a browser stands there now
    browser = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", str(day("till", "browsers")))[0]
    day("till", "withdraw", browser)
    day("user", "add", "nora", "--name", "Nora", "--operator", "NORA", "--role", "volunteer_seller")
    day("user", "add", "rosa", "--name", "Rosa", "--operator", "ROSA", "--role", "shop_manager")
    day("user", "grant", "nora", "facilitator")
    day("user", "end", "nora", "facilitator")
    day("user", "password", "nora")
    day("user", "pin", "nora")
    day("user", "badge", "nora")
    day("user", "list")
    day("user", "disable", "nora")
    day("user", "enable", "nora")
    shut_out = next(user for user in day("user", "list")["items"] if user["login"] == "nora")["disablements"]
    assert [(stretch["disabled_by"], bool(stretch["ended_at"]), stretch["ended_by"]) for stretch in shut_out] \
        == [("ADM", True, "ADM")]
    structure = day("structure", "create", "Maison de Wazemmes", "--kind", "ccas")["id"]
    day("structure", "prescriber", structure, "Paule Petit", "--post", "référente")
    day("structure", "account", structure, "Paule Petit", "paule")
    day("structure", "key", structure, "replaced")
    day("structure", "contact", structure, "Odile Fort", "--post", "directrice", "--phone", "03 20 00 00 00")
    assert [contact["name"] for contact in day("structure", "show", structure)["contacts"]] == ["Odile Fort"]
    assert day("structure", "contact-end", structure, "Odile Fort")["contacts"] == []
    assert day("structure", "correct", structure, "--quarter", "Wazemmes")["quarter"] == "Wazemmes"
    assert day("portal", "structure", "--as", "paule")["name"] == "Maison de Wazemmes"
    assert [key.get("end") for key in day("structure", "keys", structure)["items"]] == [None, "replaced"]
    day("structure", "list", "wazemmes")
    day("structure", "show", structure)
    person = day("person", "create", "Diallo", "--given-name", "Fatou", "--birth-year", "1984")["code"]
    other = day("person", "create", "Diallo", "--given-name", "Moussa", "--somebody-else")["code"]
    day("person", "search", "diallo")
    day("person", "correct", person, "--phone", "06 12 34 56 78")
    day("person", "facts", person, "--quarter", "Wazemmes", "--structure", structure)
    day("person", "join", other, "--with", person)
    day("person", "leave", other)
    day("person", "show", person)
    twice = day("person", "create", "Benalli", "--given-name", "Amina", "--somebody-else")["code"]
    day("person", "likely", twice)
    day("person", "notice", twice, "--answer", "accept", "--told", "paper")
    assert day("person", "merge", other, "--with", twice, "--dry-run")["ends"]["person"]["code"] == twice
    assert day("person", "merge", other, "--with", twice)["merged_codes"] == [twice]
    voucher = day("voucher", "record", "--structure", structure, "--prescriber", "Paule Petit", "--person", person,
                  "--household-size", "2", "--service", "equipment", "--service", "connection", "--service", "course",
                  "--signed-on", today, "--signature-seen")["code"]
    lost = day("voucher", "record", "--structure", structure, "--prescriber", "Paule Petit", "--person", other,
               "--household-size", "1", "--service", "equipment", "--signed-on", today, "--signature-seen")["code"]
    day("motive", "set", "no-printer", "--name-fr", "Sans imprimante", "--name-en", "No printer")
    assert "no-printer" in [motive["code"] for motive in day("motive", "list", "--offered")["items"]]
    signed = day("portal", "sign", "--as", "paule", "--new-person", "Awa/Sy", "--household-size", "1",
                 "--service", "equipment", "--motive", "no-printer", "--wish", "laptop", "--remarks", "Le mardi")["code"]
    own = day("portal", "list", "--as", "paule")
    assert set(own) == {"items", "next"} and own["items"][0]["code"] == signed
    shown = day("portal", "show", signed, "--as", "paule")
    assert len(shown["voucher"]["digits"]) == 200
    assert (shown["details"]["wish"], shown["details"]["remarks"]) == ("laptop", "Le mardi")
    day("portal", "pdf", signed, "--as", "paule", "--to", str(tmp_path / "bon.pdf"))
    assert (tmp_path / "bon.pdf").read_bytes().startswith(b"%PDF-")
    with mailbox() as box:
        for name, value in box.settings.items():
            monkeypatch.setitem(shop.service.environment, name, value)
        day("portal", "send", signed, "--as", "paule", "--to", "awa@mailbox.example")
        assert box.recipients == ["awa@mailbox.example"]
    # A voucher that ends soon is renewed at once.
    ending = day("portal", "sign", "--as", "paule", "--new-person", "Awa/Sy", "--household-size", "1",
                 "--service", "equipment", "--valid-until", (TODAY + datetime.timedelta(days=30)).isoformat())["code"]
    renewed = day("portal", "renew", ending, "--as", "paule", "--motive", "parent")["code"]
    assert day("portal", "show", renewed, "--as", "paule")["renews"] == ending
    day("portal", "revoke", signed, "--as", "paule", "--motive", "Erreur de saisie")
    day("structure", "end", structure, "--on", next_year)
    after = (TODAY + datetime.timedelta(days=301)).isoformat()
    assert len(day("structure", "renew", structure, "--from", after)["agreements"]) == 2
    day("voucher", "list")
    day("voucher", "show", voucher)
    day("voucher", "check", voucher)
    day("voucher", "revoke", lost, "--motive", "Perdu")
    (tmp_path / "fr.txt").write_text("Nous notons votre nom.\n\nVous pouvez refuser.\n")
    (tmp_path / "en.txt").write_text("We write down your name.\n\nYou may refuse.\n")
    day("privacy", "set", "--french", str(tmp_path / "fr.txt"), "--english", str(tmp_path / "en.txt"))
    day("privacy", "list")
    assert "email" in [code["code"] for code in day("visit", "codes", "--offered")["items"]]
    day("visit", "set-code", "theme", "fax", "--name-fr", "Télécopie", "--name-en", "Fax")
    received = day("visit", "record", "--shop", "LI", "--person", person, "--minutes", "40", "--theme", "fax")
    assert received["free"] == "no_right"
    assert day("visit", "take-back", received["visit"], "--motive", "twice")["gives_back"] is False
    assert day("visit", "list", "--person", person)["items"][0]["taken_back_for"] == "twice"
    assert day("visit", "count", "--from", today)["counts"][0]["visits"] == 0
    next_day = (TODAY + datetime.timedelta(days=1)).isoformat()
    expected = day("appointment", "book", "--shop", "LI", "--person", person, "--on", next_day, "--at", "14:00")["appointment"]
    day("appointment", "move", expected, "--on", next_day, "--at", "15h30", "--minutes", "45")
    assert day("appointment", "list", "--person", person)["items"][0]["starts_at"] == "15:30"
    assert day("appointment", "cancel", expected, "--motive", "person")["state"] == "cancelled"
    for how in ("missed", "came"):
        now = day("appointment", "book", "--shop", "LI", "--person", person, "--on", today, "--at", "23:59",
                  "--minutes", "1", "--kind", "sale")["appointment"]
        assert day("appointment", how, now)["state"] == how
    day("quota", "list", "--in-force")
    day("quota", "rehearse", "trial", "--category", "connection", "--holder", "structure", "--programme", "lille",
        "--units", "2", "--from", f"{TODAY.year}-01-01")
    day("quota", "return", "other", "--gives-back", "no", "--from", next_year)
    assert {rule["reason"] for rule in day("quota", "returns", "--in-force")["items"]} >= {"other", "defective"}
    day("quota", "set", "recharges-per-month", "--category", "connection", "--holder", "person", "--euros", "30")
    day("product", "create", "lamp", "--kind", "accessory", "--name-fr", "Lampe", "--name-en", "Lamp")
    assert day("product", "threshold", "lamp", "--units", "5")["free"] == 0
    assert [low["threshold"] for low in day("product", "list", "--low")["items"]] == [5]
    day("product", "receive", "lamp", "--units", "6")
    assert day("product", "list", "--low")["items"] == []
    order = day("order", "place", "lamp=4", "--supplier", "Grossiste", "--on", next_year, "--reference", "BC-1")["order"]["code"]
    assert [item["expected_units"] for item in day("product", "list", "--shop", "LI")["items"] if item["code"] == "lamp"] == [4]
    assert day("order", "receive", order, "lamp=3")["open"] == 1
    assert day("order", "close", order, "--motive", "Rupture")["ended"] == "short"
    assert day("order", "list", "--stage", "ended")["items"][0]["code"] == order
    assert day("order", "show", order)["lines"][0]["received"] == 3
    day("offer", "set", "lamp", "--price", "3,00")
    day("offer", "list")
    day("product", "list")

    label = day("device", "take-in", "--kind", "laptop", "--maker", "HP", "--model", "ProBook", "--disk",
                "ssd:256:CONTRAT1")["label"]
    asked = day("inspection", "show", "laptop")
    casing = {"item": "casing", "name_fr": "Coque entière", "name_en": "Whole casing", "must_pass": False}
    (tmp_path / "laptop.json").write_text(json.dumps(asked | {"starts_on": today, "items": asked["items"] + [casing]}))
    told = day("inspection", "set", str(tmp_path / "laptop.json"), "--dry-run")
    assert [item["item"] for item in told["added"]] == ["casing"] and not told["removed"]
    assert len(day("inspection", "list")["items"]) == 7, "a dry run writes nothing"
    assert day("inspection", "set", str(tmp_path / "laptop.json")) == told
    (tmp_path / "later.json").write_text(json.dumps(asked | {"starts_on": next_year}))
    day("inspection", "set", str(tmp_path / "later.json"))
    assert day("inspection", "withdraw", "laptop", next_year)["starts_on"] == next_year
    assert day("inspection", "show", "laptop", "--on", next_year)["starts_on"] == today
    assert len(day("inspection", "list")["items"]) == 9 and len(day("inspection", "list", "--in-force")["items"]) == 7
    assert len(day("inspection", "show", "laptop", "--on", "2020-01-01")["items"]) == len(asked["items"])
    board = {section["step"]: section for section in day("device", "board", "--few", "1")["sections"]}
    assert board["to_inspect"]["count"] >= 1 and len(board["to_inspect"]["oldest"]) == 1
    assert day("device", "export", "--stage", "to_inspect", "--to", str(tmp_path / "stock.csv"))["bytes"] > 100
    waiting = day("device", "list", "--stage", "to_inspect", "--older-than", "0")["items"]
    assert waiting == [], "it came today"
    assert label in [device["label"] for device in day("device", "list", "--stage", "to_inspect")["items"]]
    inspected = day("device", "inspect", label, "--failed", "casing:Coin fendu")
    assert inspected["failed"] == [] and inspected["noted"] == ["casing"] and inspected["list_starts_on"] == today
    day("device", "erase", label, "--method", "secure_erase", "--level", "purge", "--tool", "nwipe")
    marks = tmp_path / "marks.csv"
    marks.write_text("processeur;indice\nIntel Core i5-8250U;6000\n")
    assert day("grading", "marks", str(marks), "--dry-run")["new"] == 1
    assert day("grading", "marks", str(marks), "--source", "relevé")["new"] == 1
    assert day("grading", "marks", str(marks))["known"] == 1
    assert [mark["mark"] for mark in day("grading", "marks", "--search", "i5")["items"]] == [6000]
    rules = day("grading", "list", "--in-force")["items"]
    assert [rule["code"] for rule in rules] == ["pc-2025-06", "pc-2023-09"]
    (tmp_path / "rules.json").write_text(json.dumps(rules[1] | {"code": "ours", "starts_on": today}))
    assert day("grading", "set", str(tmp_path / "rules.json"))["code"] == "ours"
    graded = day("device", "grade", label, "--set", "ours", "--mark", "3000", "--memory", "4")
    assert (graded["outcome"]["total"], graded["given"]) == (6, "b")
    assert day("price-table", "set", "laptop", "b", "--price", "89,00")["price_cents"] == 8_900
    assert any(price["price_cents"] == 8_900 for price in day("price-table", "list")["items"])
    assert refusal(shop.service.ask("device", "shelve", label, "--json"))["code"] == "kit_incomplete"
    day("product", "receive", "laptop-charger", "--units", "2")
    assert day("kit", "check", label, "--take", "laptop-charger")["parts"][0]["free"] == 1
    assert day("kit", "put-back", label, "laptop-charger", "--motive", "Mauvais modèle")["free"] == 2
    assert day("kit", "check", label, "--take", "laptop-charger")["parts"][0]["is_from_stock"] is True
    assert [rule["device_kind"] for rule in day("kit", "list", "--in-force")["items"]] \
        == ["all_in_one", "desktop", "laptop", "smartphone", "tablet"]
    assert [part["product"] for part in day("kit", "set", "desktop", "power-cable", "--from", next_year)["parts"]] == ["power-cable"]
    assert day("kit", "withdraw", "desktop", next_year)["withdrawn"]["operator_code"]
    assert [rule["starts_on"] for rule in day("kit", "list")["items"] if rule.get("withdrawn")] == [next_year]
    shelved = day("device", "shelve", label)
    assert (shelved["grade"], shelved["price_cents"]) == ("b", 8_900)
    day("device", "reserve", label, "--person", person, "--until", next_year)
    day("device", "release", label)
    day("device", "show", label)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(photos.jpeg())
    picture = day("device", "picture", "add", label, str(photo), "--caption", "keyboard")["picture"]["id"]
    assert day("device", "picture", "show", label, picture)["is_on_passport"] is True
    assert day("device", "picture", "hide", label, picture)["is_on_passport"] is False
    listed = day("device", "picture", "list", label)
    assert [(one["id"], one["caption"]) for one in listed["items"]] == [(picture, "keyboard")] and listed["next"] is None
    saved = tmp_path / "saved.jpg"
    assert day("device", "picture", "save", label, picture, "--thumbnail", "--to", str(saved))["bytes"] == len(saved.read_bytes())
    assert saved.read_bytes()[:3] == b"\xff\xd8\xff"
    assert day("device", "picture", "remove", label, picture)["id"] == picture
    assert day("device", "picture", "list", label)["items"] == []
    assert "zpl" not in day("device", "label", label)
    assert day("device", "label", label, "--zpl", "--size", "small")["zpl"].startswith("^XA\n^CI28\n^PW400\n")
    assert len(day("passport", "show", label)["token"]) == 30
    assert day("passport", "set-factor", "desktop", "--carbon", "30000", "--source", "relevé")["carbon_grams"] == 30_000
    assert {factor["device_kind"] for factor in day("passport", "factors", "--in-force")["items"]} \
        >= {"laptop", "smartphone", "tablet", "desktop"}
    day("device", "list")
    hard = day("device", "take-in", "--kind", "desktop", "--maker", "Dell", "--model", "Optiplex", "--disk",
               "hdd:500:CONTRAT2")["label"]
    day("device", "remove-disk", hard)
    day("device", "inspect", hard)
    day("device", "grade", hard, "--mark", "4000", "--memory", "8")
    day("kit", "check", hard)
    day("device", "shelve", hard, "--grade", "c", "--motive", "Coque fendue", "--price", "60,00")
    day("device", "reprice", hard, "--price", "65,00")
    day("device", "withdraw", hard, "--motive", "Écran fendu")
    day("device", "remove", hard, "recycling", "--motive", "Carte mère HS", "--collector", "Ecologic", "--slip", "BSD-17",
        "--weight", "6,2")
    assert day("device", "show", hard)["device"]["exit"] == "recycling"
    day("device", "restore", hard, "--motive", "Sorti par erreur")
    assert day("device", "show", hard)["device"]["stage"] == "in_work"
    file = tmp_path / "poste.json"
    file.write_text('{"id":"poste","class":"system","vendor":"HP","product":"EliteBook 820","serial":"CONTRAT3",'
                    '"configuration":{"chassis":"notebook"},"children":[{"id":"core","class":"bus","children":[]}]}')
    day("import", "hardware", str(file))
    bench = day("station", "add", "Banc 1", "--shop", "LI")
    assert len(bench["token"]) == 43 and "token" not in day("station", "list")["items"][0]
    for name in ("un", "deux"):
        Bench(shop, bench).send((MACHINE % ("0", f"DISK{name}")).encode(), name=f"{name}.json")
    waiting = day("station", "waiting")["items"]
    assert [file["name"] for file in waiting[-2:]] == ["un.json", "deux.json"]
    assert day("station", "take", waiting[-2]["id"])["outcome"] == "new"
    day("station", "aside", waiting[-1]["id"])
    assert "batch" not in day("station", "batch", bench["code"])
    assert day("station", "revoke", bench["code"])["revoked_at"]
    table = tmp_path / "structures.csv"
    table.write_text("nom;type\nMaison des Jeunes;Centre social\n", encoding="windows-1252")
    assert day("import", "structures", str(table), "--dry-run")["new"] == 1
    assert day("import", "structures", str(table))["new"] == 1
    assert day("import", "structures", str(table))["known"] == 1

    donor = day("donor", "add", "Mairie de Saint-Lin", "--kind", "public_body", "--contact", "Accueil")["donor"]["id"]
    assert day("donor", "correct", donor, "--phone", "06 39 98 12 34")["phone"] == "+33639981234"
    assert day("donor", "correct", donor, "--name", "Ville de Saint-Lin")["donor"]["name"] == "Ville de Saint-Lin"
    assert day("donor", "show", donor)["contact"] == "Accueil"
    assert day("donor", "list", "saint-lin")["items"][0]["id"] == donor
    lot = day("batch", "promise", donor, "laptop=10", "--weight", "30,5", "--value", "120000")["batch"]["code"]
    assert day("batch", "receive", lot, "laptop=9", "screen=2")["ordinal"] == 1
    assert day("batch", "add", lot, hard)["ordinal"] == 2
    assert [kind["taken_in"] for kind in day("batch", "show", lot)["kinds"]] == [0, 1, 0]
    assert day("batch", "list", "--stage", "received")["items"][0]["code"] == lot
    assert day("batch", "devices", lot)["items"][0]["label"] == hard
    assert day("batch", "labels", lot)["zpl"].count("^XA") == 1
    day("batch", "receipt", lot, "--to", str(tmp_path / "don.pdf"))
    day("batch", "certificate", lot, "--to", str(tmp_path / "effacement.pdf"))
    for paper in ("don.pdf", "effacement.pdf"):
        assert (tmp_path / paper).read_bytes().startswith(b"%PDF-")
    assert day("register", "correct", "1", "8 portables, non 9")["ordinal"] == 3
    assert [entry["kind"] for entry in day("register", "list", "--on", today)["items"]] == ["delivery", "machine", "correction"]
    day("register", "export", "--to", str(tmp_path / "registre.csv"))
    assert (tmp_path / "registre.csv").read_text(encoding="utf-8-sig").count("\n") == 4
    private = day("donor", "add", "Ana Lima", "--kind", "person")["donor"]["id"]
    own = day("batch", "promise", private)["batch"]["code"]
    monkeypatch.setitem(shop.service.environment, "COMPTOIR_SELLER",
                        "Ana Lima|3 rue de Lille, Lille|passport|12AB34567|2020-05-04|Préfecture du Nord")
    given = day("batch", "receive", own, "laptop=1", "--seller")["ordinal"]
    assert day("register", "seller", str(given))["number"] == "12AB34567"
    assert day("donor", "erase", private)["is_erased"] is True

    day("product", "receive", "mouse", "--units", "3", "--shop", "LI")
    slip = day("transfer", "send", hard, "--to", "RX", "--shop", "LI", "--product", "mouse=1")["transfer"]["code"]
    assert day("transfer", "list", "--stage", "open")["items"][0]["code"] == slip
    assert day("transfer", "receive", slip, hard)["open"] == 1
    assert day("transfer", "receive", slip, "--last", "--motive", "Carton ouvert", "--as", "rosa")["open"] == 0
    assert day("transfer", "show", slip)["transfer"]["missing"] == 1
    back = day("transfer", "send", hard, "--to", "LI", "--shop", "RX")["transfer"]["code"]
    day("transfer", "receive", back, "--last", "--motive", "Introuvable", "--as", "rosa")
    assert day("transfer", "find", back, hard)["found"] == 1
    [shelf, spare] = day("location", "add", "Réserve", "A1", "A2", "--shop", "LI")["codes"]
    assert day("location", "put", shelf, label)["location_name"] == "Réserve · A1"
    assert [place["devices"] for place in day("location", "list", "--shop", "LI")["items"]] == [1, 0]
    assert day("location", "show", shelf)["items"][0]["location"]["code"] == shelf
    assert day("location", "clear", label)["from"] == shelf
    assert day("location", "show", shelf)["items"] == []
    assert day("location", "close", spare)["closed_at"]
    counted = day("count", "open", "--shop", "LI", "--scope", "shelf")["count"]["code"]
    assert day("count", "scan", counted, label)["outcome"] == "counted"
    day("count", "units", counted, "mouse=0")
    assert "differences" not in day("count", "show", counted)
    assert day("count", "close", counted)["differences"]["found"] == 1
    missing = [row["label"] for row in day("count", "devices", counted, "missing")["items"]]
    assert label not in missing
    assert day("count", "apply", counted, "--as", "rosa")["lost"] == len(missing)
    given_up = day("count", "open", "--shop", "LI")["count"]["code"]
    day("count", "abandon", given_up, "--motive", "Trop tard")
    assert day("count", "list")["items"][0]["stage"] == "abandoned"

    day("drawer", "show")
    sold = day("sell", "--voucher", voucher, "--device", label, "--recharge", "recharge-5", "--pay", "cash=9400")
    assert sold["total_cents"] == 9_400
    day("override", "add-motive", "moving", "--name-fr", "Déménagement", "--name-en", "Moving")
    assert "moving" in [motive["code"] for motive in day("override", "motives")["items"]]
    day("override", "end-motive", "moving")
    assert "separation" in [motive["code"] for motive in day("override", "motives")["items"]]
    granted = day("override", "grant", "--person", person, "--rule", "recharges-per-month", "--euros", "5",
                  "--motive", "separation", "--by", "rosa")
    assert (granted["state"], granted["cents"], granted["granted_by"]) == ("open", 500, "ROSA")
    full = day("sell", "--voucher", voucher, "--recharge", "recharge-5=6", "--pay", "cash=3000")
    assert [row["receipt"] for row in day("override", "list", "--state", "used")["items"]] == [full["number"]]
    day("refund", full["number"], "--reason", "other")
    day("receipt", "show", sold["number"])
    day("receipt", "list")
    day("refund", sold["number"], "--line", "2", "--reason", "defective")
    trade_codes(day, tmp_path, voucher)
    assert day("after-sales", "find", sold["number"])["items"][0]["label"] == label
    assert "no_power" in [symptom["code"] for symptom in day("after-sales", "tree")["symptoms"]]
    tree = day("after-sales", "tree")
    tree["symptoms"].append({"code": "smell", "french": "Odeur", "english": "Smell", "first_question": 10})
    (tmp_path / "tree.json").write_text(json.dumps(tree | {"starts_on": today}))
    assert day("after-sales", "set-tree", str(tmp_path / "tree.json"))["symptoms"][-1]["code"] == "smell"
    never = day("after-sales", "open", label, "other", "--announced")["case"]["code"]
    assert day("after-sales", "close", never)["case"]["stage"] == "closed"
    misused = day("after-sales", "open", label, "other", "--announced")["case"]["code"]
    assert day("after-sales", "receive", misused)["here"] is True
    assert day("after-sales", "diagnose", misused, "1")["coverage"]["outcome"] == "misuse"
    day("after-sales", "refuse", misused)
    assert day("after-sales", "hand-back", misused)["case"]["stage"] == "handed_back"
    mended = day("after-sales", "open", label, "no_power")["case"]["code"]
    day("after-sales", "diagnose", mended, "2-3-2")
    shown_case = day("after-sales", "repair", mended, "--work", "Barrette changée")
    assert shown_case["device"]["guaranteed_until"] > shown_case["device"]["guarantee_ends_on"]
    day("after-sales", "hand-back", mended)
    spare = day("device", "take-in", "--kind", "laptop", "--maker", "HP", "--model", "ProBook", "--disk",
                "ssd:256:CONTRAT4")["label"]
    day("device", "inspect", spare)
    day("device", "erase", spare, "--method", "secure_erase", "--level", "purge", "--tool", "nwipe")
    day("device", "grade", spare, "--set", "ours", "--mark", "3000", "--memory", "4")
    day("kit", "check", spare)
    day("device", "shelve", spare)
    broken = day("after-sales", "open", label, "other")["case"]["code"]
    day("after-sales", "diagnose", broken, "3-2")
    replaced = day("after-sales", "exchange", broken, spare)
    assert (replaced["case"]["stage"], replaced["replacement"]["label"]) == ("exchanged", spare)
    assert day("receipt", "show", replaced["replacement"]["receipt"])["total_cents"] == 0
    broken = day("after-sales", "open", spare, "other")["case"]["code"]
    day("after-sales", "diagnose", broken, "3-2")
    assert day("after-sales", "refund", broken)["to_refund_too"] == {"label": label, "receipt": sold["number"]}
    assert day("after-sales", "show", broken)["case"]["stage"] == "refunded"
    assert [case["code"] for case in day("after-sales", "list", "--state", "all", "--label", spare)["items"]] == [broken]
    given = day("gift", "--voucher", voucher, "--recharge", "recharge-5", "--programme", "lille")["number"]
    assert [row["ticket"] for row in day("hand-over", "list", "--state", "waiting")["items"]] == [given]
    (tmp_path / "terms.txt").write_text("yours: C’est à vous.\nhelp: Revenez.\n")
    (tmp_path / "uk.txt").write_text("Це ваше.\nПриходьте.\n")
    day("hand-over", "terms", "set", str(tmp_path / "terms.txt"))
    day("hand-over", "terms", "set", str(tmp_path / "uk.txt"), "--language", "uk")
    assert [text["language"] for text in day("hand-over", "terms", "list")["items"][0]["texts"]] == ["fr", "uk"]
    assert day("hand-over", "show", given)["act"]["terms"]["starts_on"] == today
    act = tmp_path / "act.pdf"
    signed = day("hand-over", "sign", given, "--way", "paper", "--language", "uk")["handed_over"]["signed"]
    day("hand-over", "pdf", given, "--to", str(act))
    assert hashlib.sha256(act.read_bytes()).hexdigest() == signed["sha256"]
    assert day("hand-over", "attach", given, str(act))["sha256"] == signed["sha256"]

    day("programme", "create", "roubaix", "--name", "Roubaix", "--territory", "Roubaix",
        "--from", f"{TODAY.year}-01-01", "--to", f"{TODAY.year}-12-31")
    day("programme", "list")
    day("course", "list")
    day("course", "create", "short", "--name", "Court", "--module", "basic:60:Clavier", "--module", "thematic:60:Souris")
    day("course", "rule", "short", "--from", today, "--modules", "1", "--no-basic", "--minutes-percent", "0")
    day("course", "mobilise", "R-CONTRAT", "--course", "short", "--programme", "roubaix", "--structure", structure,
              "--shop", "LI", "--facilitator", "ada", "--from", today)
    day("course", "runs")
    day("course", "enrol", "R-CONTRAT", person)
    day("course", "seats", "R-CONTRAT", "1")
    assert day("course", "enrol", "R-CONTRAT", other)["place"] == 1
    day("course", "seats", "R-CONTRAT")
    assert day("course", "admit", "R-CONTRAT")["person"] == other
    day("course", "helper", "R-CONTRAT", "nora")
    day("course", "helper", "R-CONTRAT", "nora", "--end")
    day("course", "withdraw", "R-CONTRAT", other, "--motive", "Déménagement")
    planned = day("course", "plan", "R-CONTRAT", "--module", "1", "--on", next_year, "--at", "14:00")["id"]
    assert day("course", "open", "R-CONTRAT")["is_open"] is True
    offered = day("portal", "runs", "--as", "paule")["items"]
    assert [(run["code"], run["takes_people"], run["first_session"]["starts_at"]) for run in offered] == [("R-CONTRAT", True, "14:00")]
    awa = shown["persons"][0]["code"]
    assert day("portal", "enrol", "R-CONTRAT", awa, "--as", "paule")["person"] == awa
    [theirs] = day("portal", "run", "R-CONTRAT", "--as", "paule")["people"]
    assert (theirs["code"], theirs["name"], theirs["state"]) == (awa, "Awa Sy", "enrolled")
    assert [parent["person"] for parent in day("course", "show", "R-CONTRAT")["parents"]
            if parent.get("enrolled_by") == "Maison de Wazemmes"] == [awa]
    # One of its own people, whom the shop enrolled: it is told to ask, and nothing of why.
    known = shop.service.ask("portal", "enrol", "R-CONTRAT", person, "--as", "paule", "--json")
    assert refusal(known)["code"] == "enrolment_ask_shop"
    day("portal", "withdraw", "R-CONTRAT", awa, "--as", "paule", "--motive", "Déménagement")
    assert day("course", "open", "R-CONTRAT", "--end")["is_open"] is False
    day("course", "move", planned, "--module", "1", "--on", today, "--at", "9h30")
    off = day("course", "plan", "R-CONTRAT", "--module", "2", "--on", today, "--at", "16:00", "--minutes", "30")["id"]
    day("course", "cancel", off, "--motive", "Grève")
    week = {session["id"]: session for session in day("course", "week")["items"]}
    assert (week[planned]["starts_at"], week[planned]["state"], week[off]["state"]) == ("09:30", "planned", "cancelled")
    day("course", "hold", "R-CONTRAT", "--module", "1", "--on", today, "--minutes", "60", "--session", planned)
    assert f"UID:{planned}@comptoir\r\n" in day("course", "calendar", "R-CONTRAT")["calendar"]
    session = day("course", "show", "R-CONTRAT")["sessions"][0]["id"]
    day("course", "attend", session, f"{person}=late:15")
    day("course", "attend", session, f"{person}=60")
    day("course", "mobilise", "R-SECOND", "--course", "short", "--programme", "roubaix", "--structure", structure,
        "--shop", "LI", "--facilitator", "ada", "--from", today)
    day("course", "enrol", "R-SECOND", other)
    assert day("course", "catch-up", session, other, "--presence", "45")["written"] == 1
    assert day("course", "show", "R-SECOND")["parents"][0]["catch_ups"][0]["minutes"] == 45
    scan, kept = tmp_path / "feuille.pdf", tmp_path / "relue.pdf"
    scan.write_bytes(b"%PDF-1.7\nsign\xe9e")
    attached = day("course", "attach", session, str(scan))
    assert attached["sha256"] == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert day("course", "sheets", session)["items"] == [attached]
    day("course", "original", session, attached["sheet"], str(kept))
    assert kept.read_bytes() == scan.read_bytes()
    assert refusal(shop.service.ask("course", "attend", session, f"{person}=50", "--json"))["code"] == "attendance_frozen"
    assert day("course", "correct", session, f"{person}=55", "--motive", "Signature d’une autre")["written"] == 1
    asked = tmp_path / "questions.json"
    asked.write_text('{"moment": "entry", "starts_on": "%s", "questions": [{"code": "ease", "kind": "scale_1_to_5", '
                     '"french": "À l’aise ?", "english": "At ease?"}]}' % today)
    assert {line["kind"] for line in day("questionnaire", "set", str(asked), "--dry-run")["difference"]["lines"]} >= {
        "added", "removed"}
    assert day("questionnaire", "set", str(asked))["questions"] == 1
    assert day("questionnaire", "list")["items"][0]["questions"][0]["code"] == "ease"
    assert person in {due["person"] for due in day("questionnaire", "due", "--run", "R-CONTRAT")["items"]}
    day("questionnaire", "pdf", "R-CONTRAT", "entry", "--to", str(tmp_path / "questionnaires.pdf"))
    recorded = day("questionnaire", "record", "R-CONTRAT", person, "entry", "--means", "paper", "--answer", "ease=4")
    assert (recorded["revision"], recorded["answered"]) == (1, 1)
    day("questionnaire", "record", "R-CONTRAT", person, "entry", "--means", "paper", "--answer", "ease=5", "--corrects", "1")
    assert [given["answers"][0]["values"] for given in day("questionnaire", "show", "R-CONTRAT", person, "entry")["responses"]] \
        == [["5"], ["4"]]
    assert day("questionnaire", "results", "--run", "R-CONTRAT")["questions"][0]["mean_tenths"] == 50
    day("course", "complete", "R-CONTRAT", "--person", person)
    shown = day("course", "show", "R-CONTRAT")
    code = re.search(r"\b\d{13}\b", str(shown))[0]
    day("course", "attestation", code)
    day("course", "attestation-pdf", code, "--to", str(tmp_path / "attestation.pdf"))
    taken_back = day("course", "revoke", code, "--motive", "Erreur de personne")
    assert (taken_back["person"], taken_back["receipts"]) == (person, [])
    assert day("course", "attestation", code)["revoked_on"] == today
    assert refusal(shop.service.ask("sell", "--completion", code, "--product", "lamp", "--pay", "cash=300", "--json"))[
        "code"] == "completion_revoked"
    day("report", "list")
    day("report", "equipment-of-finishers", "--programme", "roubaix")
    assert day("verify", "all")["ok"] is True
    assert day("doctor")["ok"] is True
    expected = day("drawer", "show")["expected"]
    assert day("drawer", "move", "in", "--amount", "500", "--motive", "change")["expected"]["cash"] == expected["cash"] + 500
    day("drawer", "close", "--cash", str(expected["cash"] + 500))
    assert day("close", "make", "day", "--dry-run")["items"][0]["period"] == "day"
    day("drawer", "open", "--float", "10000")
    # The first print of a ticket is the original, the next a numbered duplicate.
    number = day("receipt", "list")["items"][0]["number"]
    assert [day("receipt", "print", number)["copy"] for _ in range(2)] == [0, 1]
    with printer() as (address, taken):
        assert day("receipt", "print", number, "--printer", address, "--open-drawer")["copy"] == 2
    paper = bytes(taken)
    assert paper.startswith(b"\x1b@") and paper.endswith(b"\x1dVB\x00") and b"\x1bp\x00\x19\xfa" in paper
    off = ("receipt", "print", number, "--printer", "127.0.0.1:1", "--key", "01900000-0000-7000-8000-00000000abcd")
    # A printer that is off: the print waits under its key, with the same number.
    for _ in range(2):
        assert refusal(shop.service.ask(*off, "--json"))["code"] == "printer_unreachable"
    assert day(*off[:3], *off[5:])["copy"] == 3
    # Code page 858, as ux.md 4 has it: é and the euro sign.
    for part in ("DUPLICATA", number, "Signature"):
        assert part.encode("cp858") in paper, part
    assert "€".encode("cp858") in paper and "é".encode("cp858") in paper
    assert day("close", "make")["items"] == []
    yesterday = (TODAY - datetime.timedelta(days=1)).isoformat()
    kept, inspection = str(tmp_path / "kept"), str(tmp_path / "inspection")
    assert day("export", "inspector", "--from", today, "--to", today, "--into", inspection)["entries"] > 10
    assert day("archive", "verify", inspection)["ok"] is True
    day("archive", "make", "--from", yesterday, "--to", yesterday, "--into", kept)
    assert len(day("archive", "list")["items"]) == 1
    assert day("journal", "events", "--kind", "exported")["items"][0]["subject"] == "journal"
    # A new key signs from the next command on, and what the old one signed is still believed.
    signed_by = day("journal", "key")["key"]
    second = str(tmp_path / "second")
    assert day("export", "inspector", "--from", today, "--to", today, "--into", second)["key"] == signed_by
    assert day("archive", "verify", second)["ok"] is True and day("verify", "journal")["ok"] is True
    day.done.add(("journal", "resume"))  # nothing is gone here: a test of the store takes it
    day("export", "account", "expense", "606300", "--label", "Fournitures")
    assert "606300" in [row["account"] for row in day("export", "accounts")["items"]]
    assert day("export", "fec", "--from", yesterday, "--to", yesterday, "--into", str(tmp_path))["entries"] == 0
    books = tmp_path / "123456789FEC20261231.txt"
    head = ("JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate "
            "EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise").split()
    line = "CA Caisse 1 20261231 {} Compte   LI1 20261231 Vente {} {}   20261231  ".split(" ")
    books.write_text("".join("\t".join(row) + "\r\n" for row in (
        head, "\t".join(line).format("530000", "5,00", "0,00").split("\t"),
        "\t".join(line).format("707000", "0,00", "5,00").split("\t"))))
    assert day("export", "fec-verify", str(books))["ok"] is True
    assert day("close", "list", "--period", "day")["items"] == []

    elsewhere = {("setup",), ("serve",), ("demo",)}  # each has a test of its own
    missed = set(LEAVES) - day.done - elsewhere
    assert not missed, f"no step of the day takes {sorted(missed)}"


def test_setup_and_demo_answer_with_one_document():
    with running.Service() as service:
        service.environment["COMPTOIR_PASSWORD"] = "un mot de passe de caisse"
        words = ("setup", "--association", "Association d’essai", "--siret", "12345678200010", "--shop-code", "LI",
                 "--shop-name", "Lille", "--address", "1 rue de la Gare", "--postal-code", "59000", "--city", "Lille",
                 "--admin-login", "admin", "--admin-name", "Camille", "--json")
        assert document(service.ask(*words))["course"] == "parents"
        [course] = document(service.ask("course", "list", "--json"))["items"]
        assert [module["kind"] for module in course["modules"]] == ["basic"] * 4 + ["thematic"] * 3
        assert sum(module["planned_minutes"] for module in course["modules"]) == 16 * 60 + 30
        refusal(service.ask(*words))
        refusal(service.ask("demo", "--json"))  # demonstration and real data never share a folder
        document(service.ask("migrate", "--json"))


def test_setup_leaves_the_course_out_where_it_is_told_to():
    with running.Service() as service:
        service.environment["COMPTOIR_PASSWORD"] = "un mot de passe de caisse"
        told = document(service.ask(
            "setup", "--association", "Essai", "--siret", "12345678200010", "--shop-code", "LI", "--shop-name", "Lille",
            "--address", "1 rue de la Gare", "--postal-code", "59000", "--city", "Lille", "--admin-login", "admin",
            "--admin-name", "Camille", "--without-course", "--json"))
        assert "course" not in told
        assert document(service.ask("course", "list", "--json"))["items"] == []


def test_set_up_and_demonstration_teach_the_same_course(demo, shop):
    ours, theirs = (next(course for course in document(place.ask("course", "list", "--json"))["items"]
                         if course["code"] == "parents") for place in (shop.service, demo))
    assert [(module["kind"], module["name"], module["planned_minutes"]) for module in ours["modules"]] \
        == [(module["kind"], module["name"], module["planned_minutes"]) for module in theirs["modules"]]


def test_the_demonstration_is_loaded_once(demo):
    told = document(demo.ask("demo", "--json"))
    assert told["was_there"] is True and told["demonstration"]["users"]


REFUSALS = [
    ("shop open LI --name Deux --address x --postal-code 59000 --city Lille --siret 73282932000074", None),
    ("till open LI1 --name Deux", None),
    ("user add lina --name Lina --operator LINX", None),
    ("user disable nobody", "unknown_thing"),
    ("user enable nobody", "unknown_thing"),
    ("quota set twin --category connection --holder person --euros 20", "quota_contradicts"),
    ("quota set lamps --category connection --holder person --units 1 --product laptop", "choice_unknown"),
    ("quota set none --category course --holder person --units 1", "choice_unknown"),
    ("quota set both --category connection --holder person --units 1 --months 3 --programme lille", "choice_unknown"),
    ("override add-motive separation --name-fr x --name-en x", "name_taken"),
    ("override end-motive nothing", "unknown_thing"),
    ("override list --state sometimes", "choice_unknown"),
    ("override list --shop ZZ", "unknown_thing"),
    ("course runs --programme nowhere", "programme_unknown"),
    ("voucher list --structure Nulle-part", "unknown_thing"),
    ("user grant nobody facilitator", "unknown_thing"),
    ("structure create Encore --kind nothing", None),
    ("structure show Nulle-part", "unknown_thing"),
    ("person show P-222222", "person_unknown"),
    ("person search ab", None),
    ("voucher show 123", "voucher_unreadable"),
    ("motive set long-illness --name-fr Maladie --name-en Illness", "motive_forbidden"),
    ("visit record --minutes 30", "field_missing"),
    ("visit record --minutes 481 --theme email", "quantity_out_of_range"),
    ("visit record --minutes 30 --theme cooking", "choice_unknown"),
    (f"visit record --minutes 30 --theme email --on {TODAY.year + 1}-01-01", "day_in_future"),
    ("visit take-back 01900000-0000-7000-8000-000000000005 --motive slip", "visit_unknown"),
    ("visit set-code theme illness --name-fr Maladie --name-en Illness", "motive_forbidden"),
    ("appointment book --person P-222222 --on 2020-01-01 --at 10:00", "person_unknown"),
    ("appointment missed 01900000-0000-7000-8000-000000000006", "appointment_unknown"),
    ("voucher show 400000000000", None),
    ("voucher revoke 123 --motive x", "voucher_unreadable"),
    ("kit set laptop recharge-5", "choice_unknown"),
    ("kit set laptop nothing", "product_unknown"),
    ("kit check LIPC26-9999", "device_unknown"),
    ("kit set laptop --from 2062-01-01", "starts_too_far"),
    ("kit withdraw laptop 2000-01-01", "version_in_force"),
    ("inspection withdraw laptop 2000-01-01", "version_in_force"),
    ("kit put-back LIPC26-9999 mouse --motive x", "device_unknown"),
    ("order show LICM26-9999", "order_unknown"),
    ("order receive LICM26-9999 mouse=1", "order_unknown"),
    ("order close LICM26-9999 --motive x", "order_unknown"),
    ("order place mouse=0 --supplier x --on 2030-01-01", "quantity_out_of_range"),
    ("order place nothing=1 --supplier x --on 2030-01-01", "product_unknown"),
    ("order place laptop=1 --supplier x --on 2030-01-01", "product_not_counted"),
    ("order place mouse=1 --supplier x --on never", "day_unreadable"),
    ("recharge format declare sfr --name SFR --code-length 7 --code-column 1", "quantity_out_of_range"),
    ("recharge format declare sfr --name SFR --code-length 14 --code-column PIN --heading-lines 0", "recharge_column_unknown"),
    ("recharge import none.csv --product mouse --format none --slip x --units 1 --value 5", "file_missing"),
    ("recharge import README.md --product mouse --format none --slip x --units 1 --value 5", "recharge_format_unknown"),
    ("recharge import README.md --product mouse --format none --slip x --units 3 --value 5", "recharge_slip_uneven"),
    ("recharge approve LIRC26-9999", "recharge_batch_unknown"),
    ("recharge reject LIRC26-9999 --motive x", "recharge_batch_unknown"),
    ("recharge show LIRC26-9999", "recharge_batch_unknown"),
    ("recharge codes LI1-V-999999", "sale_unknown"),
    ("recharge reveal LI1-V-999999", "sale_unknown"),
    ("recharge clear LI1-V-999999 --proof x", "sale_unknown"),
    ("recharge reconcile --on 2062-01-01", "day_in_future"),
    ("product create code --kind recharge --category connection --delivery code --name-fr x --name-en x", "field_missing"),
    ("product receive nothing --units 5", "product_unknown"),
    ("product threshold nothing --units 5", "product_unknown"),
    ("product threshold mouse --units 100001", "quantity_out_of_range"),
    ("product threshold laptop --units 5", "product_not_counted"),
    ("offer set bag --price=-1", None),
    ("offer set bag --price 99999999999999999999", None),
    ("sell --person P-222222 --product bag --pay cash=100", "person_unknown"),
    ("sell --device LIPC26-9999 --pay cash=100", "device_unknown"),
    ("sell --product nothing --pay cash=100", None),
    ("sell --product bag --pay cash=1", "payment_too_little"),
    ("sell --product bag --pay gold=1", "choice_unknown"),
    ("sell --product bag --pay cash=-5", None),
    ("sell --pay cash=5", None),
    ("gift --product bag --programme nothing", None),
    ("refund LI1-V-999999 --reason defective", "sale_unknown"),
    ("receipt nothing", "sale_unknown"),
    ("drawer open --float 5", None),
    ("drawer close --cash 1", None),
    ("drawer close --piece 3=1", "denomination_unknown"),
    ("drawer close --piece 2000=1 --cash 1", "count_uneven"),
    ("drawer close --cheque-of 500 --cheque 400", "count_uneven"),
    ("drawer move sideways --motive change", "choice_unknown"),
    ("drawer move in --motive deposit --amount 5", "choice_unknown"),
    ("drawer move in --motive change", "amount_out_of_range"),
    ("drawer move opened --motive check --amount 5", "amount_out_of_range"),
    ("archive make --from 2026-02-01 --to 2026-01-01 --into /tmp/none", "period_reversed"),
    ("archive make --from 2024-01-01 --to 2026-01-01 --into /tmp/none", "archive_too_long"),
    ("archive make --from 2062-01-01 --to 2062-01-02 --into /tmp/none", "archive_too_soon"),
    ("archive make --from yesterday --to 2026-01-02 --into /tmp/none", "day_unreadable"),
    ("export inspector --from 2026-01-01 --to 2026-01-02 --into /tmp", "folder_there"),
    ("export fec --from 2026-02-01 --to 2026-01-01 --into /tmp/none", "period_reversed"),
    ("export fec-verify nothing.txt", "file_missing"),
    ("export account cash 5 --label x", "account_unreadable"),
    ("export account coins 530000 --label x", "choice_unknown"),
    ("journal events --kind gossip", "choice_unknown"),
    ("journal resume --reason gone", "choice_unknown"),
    ("journal resume --reason other", "journal_whole"),
    ("close make week", "choice_unknown"),
    ("close make day", None),
    ("close list --period week", "choice_unknown"),
    ("receipt print LI1-V-000001 --columns 40", "choice_unknown"),
    ("receipt print nothing", "sale_unknown"),
    ("receipt print LI1-V-999999", "sale_unknown"),
    ("verify everything", "choice_unknown"),
    ("report equipment-of-finishers --programme nothing", "programme_unknown"),
    ("course show nothing", "run_unknown"),
    ("questionnaire due --run R-NULLE-PART", "run_unknown"),
    ("questionnaire due --moment sometimes", "choice_unknown"),
    ("questionnaire set nothing.json", "file_missing"),
    ("questionnaire results --programme nothing", "programme_unknown"),
    ("questionnaire record R-NULLE-PART P-222222 entry --means paper", "person_unknown"),
    ("course attestation 123", None),
    ("device show LIPC26-9999", "device_unknown"),
    ("after-sales show LIAV26-9999", "after_sales_unknown"),
    ("after-sales show nonsense", "after_sales_unknown"),
    ("after-sales list --state sometimes", "choice_unknown"),
    ("after-sales find x", "search_too_short"),
    ("after-sales set-tree nothing.json", "file_missing"),
    ("after-sales open LIPC26-9999 other", "device_unknown"),
    ("after-sales diagnose LIAV26-9999 1-x", "diagnosis_answer_unknown"),
    ("after-sales repair LIAV26-9999 --work Rien", "after_sales_unknown"),
    ("after-sales refund LIAV26-9999 --means gold", "choice_unknown"),
    ("after-sales exchange LIAV26-9999 LIPC26-9999", "after_sales_unknown"),
    ("batch show LILO26-9999", "batch_unknown"),
    ("batch show nonsense", "batch_unknown"),
    ("transfer show LITR26-9999", "transfer_unknown"),
    ("transfer send --to LI", "transfer_empty"),
    ("transfer send LIPC26-9999 --to ZZ", "unknown_thing"),
    ("transfer receive LITR26-9999 LIPC26-9999", "transfer_unknown"),
    ("count show LIIN26-9999", "count_unknown"),
    ("count scan LIIN26-9999 LIPC26-0001", "count_unknown"),
    ("count units LIIN26-9999 mouse=-1", "quantity_out_of_range"),
    ("count apply LITR26-0001", "count_unknown"),
    ("batch receive LILO26-9999 laptop=0", "batch_empty"),
    ("batch receive LILO26-9999 laptop=-1", "quantity_out_of_range"),
    ("batch promise 01900000-0000-7000-8000-000000000007 --weight douze", "weight_unreadable"),
    ("donor show 01900000-0000-7000-8000-000000000007", "unknown_thing"),
    ("register correct 999 Erreur", "unknown_thing"),
    ("donor add Ana --kind person --siret 73282932000074", "siret_unreadable"),
    ("device inspect LIPC26-9999", "device_unknown"),
    ("device picture list LIPC26-9999", "device_unknown"),
    ("device picture add LIPC26-9999 nothing.jpg", "file_missing"),
    ("device picture remove LIPC26-9999 01900000-0000-7000-8000-000000000009", "device_unknown"),
    ("device picture show LIPC26-9999 01900000-0000-7000-8000-000000000009", "device_unknown"),
    ("device picture save LIPC26-9999 01900000-0000-7000-8000-000000000009 --to none.jpg", "device_unknown"),
    ("inspection show laptop --on hier", "day_unreadable"),
    ("device list --stage left --older-than 3", "choice_unknown"),
    ("inspection set /nowhere.json", "file_missing"),
    ("device take-in --kind laptop --maker HP --model x --disk nonsense", None),
]


@pytest.mark.parametrize(("words", "code"), REFUSALS, ids=[words for words, _ in REFUSALS])
def test_a_refusal_ends_with_1_and_says_what_why_and_what_now(shop, words, code):
    told = refusal(shop.service.ask(*words.split(), "--json"))
    assert told["code"] == (code or told["code"])
    # And to a person in words, on standard error, with the same status.
    done = shop.service.ask(*words.split())
    assert (done.returncode, done.stdout) == (REFUSED, "")
    assert told["what"] in done.stderr and "→" in done.stderr


# Nobody acts in these: they look at the installation itself, or at what the program knows without one.
NOBODYS = {("setup",), ("serve",), ("migrate",), ("demo",), ("verify",), ("doctor",), ("report", "list")} | PLACELESS


@pytest.mark.parametrize("path", LEAVES, ids=named)
def test_whoever_acts_must_be_known(shop, path):
    """A stranger's name is never taken for somebody else's, nor passed over."""
    done = shop.service.ask(*path, *arguments(path), "--as", "nobody-at-all", "--json")
    if path in NOBODYS:
        assert done.returncode == WRONG_USAGE and done.stdout == "" and "--as" in done.stderr
    else:
        assert "nobody-at-all" in refusal(done)["what"]


# What lists, and what each must be told beyond its name.
# A prescriber's own list is read in the day, where there is a prescriber; a machine's pictures, where there is a machine.
LISTS = {path: () for path in LEAVES if path[-1] == "list" and path[0] != "portal" and path[1] != "picture"} | {
    ("till", "browsers"): (), ("course", "runs"): (), ("person", "search"): ("diallo",)}


@pytest.mark.parametrize("path", LISTS, ids=named)
def test_a_list_is_its_items_and_what_comes_next(shop, path):
    told = document(shop.service.ask(*path, *LISTS[path], "--json"))
    assert set(told) == {"items", "next"}
    assert all(isinstance(item, dict) for item in told["items"]) and isinstance(told["next"], str | None)
    assert "items" in LEAVES[path] and "next" in LEAVES[path], "a help that does not say what the document holds"
    # Those that come in one part have no way to ask for another.
    assert ("--after" in LEAVES[path]) or told["next"] is None


@pytest.mark.parametrize("path", [path for path in LISTS if "--after" in LEAVES[path]], ids=named)
def test_a_list_goes_on_after_its_next(demo, path):
    """The parts of a list, read one after the other, are the list: nothing twice, nothing left out."""
    words = {("person", "search"): ("ma",), ("device", "list"): ()}.get(path, LISTS[path])
    most = ("--limit", "2") if "--limit" in LEAVES[path] else ()
    whole = document(demo.ask(*path, *words, "--json", *(("--limit", "200") if most else ())))
    read, after = [], ()
    while True:
        part = document(demo.ask(*path, *words, *most, *after, "--json"))
        assert not most or len(part["items"]) <= 2
        read += part["items"]
        if part["next"] is None:
            break
        after = ("--after", part["next"])
    assert read == whole["items"]


@pytest.mark.parametrize("path", [path for path in LISTS if "--shop" in LEAVES[path]], ids=named)
def test_a_list_of_a_shop_that_is_not_there_is_refused(shop, path):
    assert refusal(shop.service.ask(*path, *LISTS[path], "--shop", "ZZ", "--json"))["code"] == "unknown_thing"
    document(shop.service.ask(*path, *LISTS[path], "--shop", "LI", "--json"))


def test_what_a_key_did_is_not_done_again(shop):
    key = "01900000-0000-7000-8000-00000000c0de"
    words = ("sell", "--product", "bag", "--pay", "cash=200", "--key", key, "--json")
    price = next(offer for offer in document(shop.service.ask("offer", "list", "--json"))["items"]
                 if offer["code"] == "bag")["price_cents"]
    words = tuple(f"cash={price}" if word.startswith("cash=") else word for word in words)
    first, again = document(shop.service.ask(*words)), document(shop.service.ask(*words))
    assert first == again
    other = tuple(f"cash={price + 100}" if word.startswith("cash=") else word for word in words)
    check_refusal(refusal(shop.service.ask(*other)))


def test_a_voucher_is_checked_in_the_contract_s_shape(shop):
    good = document(shop.service.ask("voucher", "check", shop.voucher(), "--json"))
    assert good["allowed"] is True and good.get("refusal") is None
    assert {right["category"] for right in good["rights"]} == {"equipment", "connection"}
    for right in good["rights"]:
        assert datetime.date.fromisoformat(right["valid_until"]) >= TODAY
        assert "uses_left" in right or right["category"] != "equipment"
    assert good["quotas"]
    for quota in good["quotas"]:
        assert {"rule", "used", "limit"} <= set(quota) and quota["used"] <= quota["limit"]
    for code in ("400000000000", "x"):
        done = shop.service.ask("voucher", "check", code, "--json")
        bad = document(done)
        assert done.returncode == REFUSED and bad["allowed"] is False and bad["rights"] == []
        check_refusal(bad["refusal"])


def test_a_quota_that_is_used_up_gives_the_next_date(shop):
    voucher, label = shop.voucher(), shop.laptop()
    shop.service.command("sell", "--voucher", voucher, "--device", label, "--pay", "cash=9900")
    told = document(shop.service.ask("voucher", "check", voucher, "--json"))
    [computer] = [quota for quota in told["quotas"] if quota["used"] == quota["limit"]]
    assert datetime.date.fromisoformat(computer["next_date"]) > TODAY


def test_the_reports_are_listed_and_lille_s_figures_are_the_article_s(demo):
    listed = document(demo.ask("report", "list", "--json"))
    assert "equipment-of-finishers" in str(listed)
    words = ("report", "equipment-of-finishers", "--programme", "lille", "--as-of", "2022-12-05")
    told = document(demo.ask(*words, "--json"))
    assert (told["runs_started"], told["totals"]["enrolled"], len(told["by_run"])) == (9, 34, 9)
    csv = demo.ask(*words, "--csv")
    assert csv.returncode == DONE and csv.stdout.count("\n") > 9 and csv.stderr == ""


def test_all_is_verified_and_nothing_is_wrong(demo):
    told = document(demo.ask("verify", "all", "--json"))
    assert told["ok"] is True and told["faults"] == [] and told["entries"] > 0
    for part in ("journal", "stock", "codes"):
        assert document(demo.ask("verify", part, "--json"))["ok"] is True
    doctor = document(demo.ask("doctor", "--json"))
    assert doctor["ok"] is True and all(finding["ok"] for finding in doctor["findings"])


def test_a_receipt_has_every_field_that_the_law_asks_of_it(shop):
    """(A16, C4) Also that it never claims to be certified."""
    sold = document(shop.service.ask("sell", "--voucher", shop.voucher(), "--device", shop.laptop(), "--recharge",
                                     "recharge-5", "--pay", "card=9900", "--pay", "cash=1000", "--json"))
    receipt = document(shop.service.ask("receipt", sold["number"], "--json"))
    assert receipt == sold
    place = receipt["shop"]
    assert place["name"] == "Lille Fives" and "59000 Lille" in place["address"]
    assert place["siret"].replace("\u00a0", "") == "73282932000074"
    assert place.get("vat_number") or all(tax["mention"].strip() for tax in receipt["taxes"])
    assert re.fullmatch(r"LI1-V-\d{6}", receipt["number"]) and receipt["till"] == "LI1" and receipt["operator_code"]
    assert datetime.datetime.fromisoformat(receipt["sold_at"]).tzinfo is not None
    assert sum(line["person_cents"] for line in receipt["lines"]) == receipt["total_cents"] == 10_400
    assert receipt["line_count"] == len(receipt["lines"]) == 2
    for line in receipt["lines"]:
        assert line["description"] and line["quantity"] == 1 and line["unit_price_cents"] > 0
    assert sum(tax["amount_cents"] for tax in receipt["taxes"]) == receipt["total_cents"]
    for tax in receipt["taxes"]:
        assert {"regime", "rate_basis_points", "tax_cents"} <= set(tax)
    assert {payment["means"] for payment in receipt["payments"]} == {"card", "cash"}
    assert sum(payment["amount_cents"] for payment in receipt["payments"]) == receipt["total_cents"]
    assert receipt["change_cents"] == 500
    assert receipt["signature"].strip() and "Comptoir" in receipt["software"]
    [machine] = [line for line in receipt["lines"] if line.get("device")]
    delivered = datetime.date.fromisoformat(receipt["business_on"])
    assert machine["guarantee_ends_on"] == years_after(delivered, 2)
    assert machine["presumption_ends_on"] == years_after(delivered, 1)
    said = str(receipt).lower()
    assert "certifié" not in said and "nf525" not in said


def years_after(day: datetime.date, years: int) -> str:
    try:
        return day.replace(year=day.year + years).isoformat()
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28).isoformat()
