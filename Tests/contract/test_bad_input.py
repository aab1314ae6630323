"""Bad input over HTTP: met with a refusal in words, and nothing is lost, broken or recorded twice."""

import json
import socket
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from counter import request_key
from documents import check_refusal, refusal
from till import Till, sale

HOSTILE = {
    "sql": "'; drop table persons; --",
    "script": "<script>alert(1)</script>",
    "image": "\"><img src=x onerror=alert(1)>",
    "template": "{{{content}}} {{#each}}",
    "right to left": "محمد بن عبد الله",
    "combining": "Zoé\u0323\u0308\u0301 N\u0303",
    "han": "王秀英",
    "quotes": "D’Arc « x » & co",
}
UNSAYABLE = {
    "ten thousand": "x" * 10_000,
    "override": "Ali\u202eecila",
    "nul": "Al\u0000i",
    "line": "Ali\nBaba",
    "nothing": "   ",
    "lone surrogate": "Ali\\ud800",
}


@pytest.fixture(scope="module")
def till(shop):
    return Till(shop.service).have_drawer_open()


@pytest.fixture(scope="module")
def manager(shop):
    return Till(shop.service, login="ada")


def tickets(shop) -> int:
    return shop.service.json("verify", "all")["tickets"]


def test_a_sale_that_arrives_half_leaves_nothing(shop, till):
    before, key = tickets(shop), request_key()
    voucher, label = shop.voucher(), shop.laptop()
    body = json.dumps(sale(key, voucher, label)).encode()
    head = "".join(f"{name}: {value}\r\n" for name, value in till.headers.items())
    for half in (0, len(body) // 2, len(body) - 1):
        with socket.create_connection(("127.0.0.1", shop.service.port)) as wire:
            wire.sendall(f"POST /api/v1/sales HTTP/1.1\r\nHost: 127.0.0.1:{shop.service.port}\r\n{head}"
                         f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body[:half])
    assert tickets(shop) == before
    status, answer = till.sell(key, voucher, label)
    assert status == 201, answer
    assert tickets(shop) == before + 1


def test_one_sale_sent_fifty_times_at_once_is_one_sale(shop, till):
    """(E6)"""
    before, key = tickets(shop), request_key()
    voucher, label = shop.voucher(), shop.laptop()
    together = threading.Barrier(50)

    def press(_):
        together.wait()
        return till.sell(key, voucher, label)

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(press, range(50)))
    assert {status for status, _ in answers} == {201}
    assert len({json.dumps(answer, sort_keys=True) for _, answer in answers}) == 1
    assert tickets(shop) == before + 1


def test_a_key_with_another_amount_is_a_conflict_and_does_nothing(shop, till):
    """(E6)"""
    key, voucher, label = request_key(), shop.voucher(), shop.laptop()
    status, first = till.sell(key, voucher, label)
    assert status == 201, first
    before = tickets(shop)
    for cents in (9_800, 10_000, 990_000):
        status, answer = till.sell(key, voucher, label, cents)
        assert status == 409, answer
        check_refusal(answer["refusal"])
    assert tickets(shop) == before
    assert till.sell(key, voucher, label) == (201, first)


def memory_mb(service) -> int:
    status = Path(f"/proc/{service.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_hardware_file_of_50_mb_is_refused_and_not_held(shop, manager, framing):
    before = memory_mb(shop.service)
    piece = b"[" * (1 << 20)
    with socket.create_connection(("127.0.0.1", shop.service.port), timeout=30) as wire:
        head = "".join(f"{name}: {value}\r\n" for name, value in manager.headers.items())
        size = f"Content-Length: {50 << 20}" if framing == "length" else "Transfer-Encoding: chunked"
        wire.sendall(f"POST /api/v1/hardware-files?name=big.json HTTP/1.1\r\nHost: 127.0.0.1:{shop.service.port}\r\n{head}"
                     f"{size}\r\n\r\n".encode())
        said = b""
        try:
            for _ in range(50):
                wire.sendall(piece if framing == "length" else b"100000\r\n" + piece + b"\r\n")
        except OSError:
            pass  # refused before the end: the better for it
        try:
            while part := wire.recv(65536):
                said += part
                if b"}}" in said:
                    break
        except OSError:
            pass
    if said:  # a sender who goes on writing may lose the answer with the connection
        head, _, body = said.partition(b"\r\n\r\n")
        assert b" 413 " in head.split(b"\r\n")[0], said[:200]
        check_refusal(json.loads(body[body.index(b"{"):body.rindex(b"}") + 1])["refusal"])
    assert memory_mb(shop.service) - before < 40
    assert shop.service.answers()


def test_a_hardware_file_a_little_too_large_is_refused_in_words(manager):
    status, answer = manager.post("/api/v1/hardware-files?name=big.json", b" " * ((5 << 20) + 1))
    assert status == 413
    check_refusal(answer["refusal"])


@pytest.mark.parametrize("body", [
    b"[" * 30_000, b'{"key":' * 8_000, b'{"lines":' + b"[" * 20_000 + b"]" * 20_000 + b"}", b"", b"null", b"[]", b"\xff\xfe",
    b'{"key": 1e400}', b'{"key": "x", "lines": {}}', b'"' + b"x" * 60_000 + b'"',
], ids=["brackets", "objects", "deep lines", "nothing", "null", "list", "no text", "too large a number", "not a list",
        "a long text"])
def test_json_that_is_no_sale_is_refused_in_words(shop, till, body):
    before = tickets(shop)
    status, answer = till.post("/api/v1/sales", body)
    assert status in (400, 413, 422), answer
    check_refusal(answer["refusal"])
    assert shop.service.answers() and tickets(shop) == before


def test_nested_hardware_is_refused_in_words(manager):
    for body in (b"[" * 200_000, b'{"children":[' * 100_000, b'{"id":' * 100_000 + b"1" + b"}" * 100_000):
        status, answer = manager.post("/api/v1/hardware-files?name=deep.json&preview=yes", body)
        assert status == 200 and answer["outcome"] == "refused", answer
        check_refusal(answer["refusal"])


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_strange_name_is_kept_as_it_is(shop, manager, name):
    status, opened = manager.post("/api/v1/persons", {"family_name": name, "given_name": "Jo", "somebody_else": True},
                                  {"Idempotency-Key": request_key()})
    assert status == 201, opened
    status, card = manager.get(f"/api/v1/persons/{opened['code']}")
    assert status == 200
    kept = unicodedata.normalize("NFC", json.dumps(card, ensure_ascii=False))
    assert json.dumps(unicodedata.normalize("NFC", name), ensure_ascii=False)[1:-1] in kept
    assert shop.service.ask("person", "show", opened["code"], "--json").returncode == 0
    assert shop.service.answers()


@pytest.mark.parametrize("name", UNSAYABLE.values(), ids=UNSAYABLE)
def test_a_name_that_is_none_is_refused_in_words(shop, manager, name):
    body = json.dumps({"family_name": name, "somebody_else": True}).replace("\\\\ud800", "\\ud800").encode()
    status, answer = manager.post("/api/v1/persons", body, {"Idempotency-Key": request_key()})
    assert status == 400, answer
    check_refusal(answer["refusal"])
    if "\0" not in name and "ud800" not in name:
        refusal(shop.service.ask("person", "create", name, "--json"))


PRICES = [-1, -100, 10**9, 10**15, 9_223_372_036_854_775_807]


@pytest.mark.parametrize("cents", PRICES)
def test_a_price_below_zero_and_too_much_money_are_refused_by_every_way_in(shop, till, manager, cents):
    euros = f"{cents // 100 if cents > 0 else '-' + str(-cents // 100)},{abs(cents) % 100:02}"
    key = {"Idempotency-Key": request_key()}
    ways = {"offer": manager.post("/api/v1/products/bag/offers", {"price_cents": cents}, key)}
    label = shop.laptop(shelved=False)
    shop.service.command("device", "erase", label, "--method", "secure_erase", "--level", "purge", "--tool", "nwipe")
    ways["sale"] = till.sell(request_key(), shop.voucher(), label, cents)
    ways["drawer"] = manager.post("/api/v1/drawers", {"float_cents": cents}, key)
    ways["quota"] = manager.post("/api/v1/quotas", {"code": "recharges-per-month", "category": "connection",
                                                    "holder": "person", "cents_max": cents}, key)
    ways["override"] = manager.post(
        "/api/v1/overrides", {"login": "ada", "password": "x", "person": request_key(), "rule": "recharges-per-month",
                              "cents": cents, "motive": "separation"}, key)
    for way, (status, answer) in ways.items():
        assert status in (400, 409, 422), f"{way}: {status} {answer}"
        check_refusal(answer["refusal"])
    for words in (("offer", "set", "bag", f"--price={euros}"), ("device", "shelve", label, "--grade", "b", f"--price={euros}"),
                  ("drawer", "open", f"--float={cents}"), ("sell", "--product", "bag", f"--pay=cash={cents}"),
                  ("quota", "set", "recharges-per-month", "--category", "connection", "--holder", "person", f"--euros={euros}")):
        refusal(shop.service.ask(*words, "--json"))


@pytest.mark.parametrize("price", ["-1", "-0,01", "1e9", "NaN", "12,345,6", "999999999999999999999", "٣", "0x10", "1.234", ""])
def test_a_price_that_cannot_be_read_is_refused_by_form_and_command(shop, manager, price):
    before = shop.service.json("offer", "list")
    label = shop.laptop(shelved=False)
    shop.service.command("device", "erase", label, "--method", "secure_erase", "--level", "purge", "--tool", "nwipe")
    # An offer without a price says that the article is no longer sold.
    for path in (f"/devices/{label}/stays", *(["/products/offers"] if price else [])):
        form = {"csrf": manager.headers["X-CSRF-Token"], "key": request_key(), "price": price, "grade": "b",
                "product": "bag", "starts_on": "2030-01-01"}
        status, page = manager.page(path, urlencode(form).encode())
        assert status in (400, 409), f"{path} took « {price} »: {status}"
        assert "refusal" in page or "mistakes" in page, page[:500]
    if price:
        refusal(shop.service.ask("device", "shelve", label, "--grade", "b", f"--price={price}", "--json"))
        refusal(shop.service.ask("offer", "set", "bag", f"--price={price}", "--json"))
    assert shop.service.json("offer", "list") == before


def test_a_day_s_log_names_nobody(shop, till, manager):
    """(F8, B2) Names, telephones and words typed while selling, refused and searching stay out of the log."""
    names = ["Zyxfamille", "Qwpprenom", "0698765432", "06 98 76 54 32", "Vwxmotif"]
    key = request_key()
    manager.post("/api/v1/persons", {"family_name": names[0], "given_name": names[1], "phone": names[2]},
                 {"Idempotency-Key": key})
    manager.post("/api/v1/persons", {"family_name": names[0] + "\n", "given_name": names[1]})
    manager.post("/api/v1/persons/search", {"q": names[0]})
    manager.get(f"/api/v1/scan/{names[0]}")
    manager.post("/api/v1/overrides", {"login": names[0], "password": names[4], "person": request_key(),
                                       "rule": "recharges-per-month", "units": 1, "motive": "separation"},
                 {"Idempotency-Key": request_key()})
    manager.get(f"/api/v1/structures?q={names[0]}")
    manager.get(f"/persons/{names[0]}")
    manager.post("/api/v1/persons", {"family_name": names[0], "structure": "0190c0de-0001-7000-8000-00000000000f"})
    voucher = shop.voucher()
    till.sell(request_key(), voucher, shop.laptop())
    till.sell(request_key(), voucher, shop.laptop())  # refused: the quota is used up
    shop.service.command("voucher", "revoke", voucher, "--motive", names[4])
    logs = [shop.service.log.read_text(errors="replace")]
    logs += [file.read_text(errors="replace") for file in shop.service.data.rglob("*.log")]
    assert any(logs)
    assert "Zyxfamille" in json.dumps(shop.service.json("person", "search", "zyxfam"), ensure_ascii=False)
    for log in logs:
        for name in [*names, "Famille1", "Amina", "un mot de passe", "une phrase que personne"]:
            assert name not in log, f"« {name} » in the log: {log[max(0, log.index(name) - 200):][:400]}"
