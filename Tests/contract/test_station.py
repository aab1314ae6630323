"""A test bench sends its files by itself, over HTTP and by nothing but its token."""

import http.client
import json
import re

import pytest
from documents import check_refusal

MACHINE = ('{"id":"poste","class":"system","vendor":"HP","product":"EliteBook 830","serial":"%s",'
           '"configuration":{"chassis":"notebook"},"children":[{"id":"core","class":"bus","children":['
           '{"id":"disk","class":"disk","product":"KINGSTON SA400S37240G","logicalname":"/dev/sda","serial":"%s",'
           '"units":"bytes","size":240057409536}]}]}')


class Bench:
    def __init__(self, shop, opened=None):
        self.service = shop.service
        self.opened = opened or shop.service.json("station", "add", "Banc 1", "--shop", "LI")
        self.token = self.opened["token"]

    def send(self, content: bytes, name="poste.json", token=None, path="/api/v1/stations/files", method="POST", **headers):
        wire = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
        try:
            bearer = {} if token == "" else {"Authorization": f"Bearer {token or self.token}"}
            wire.request(method, f"{path}?name={name}", content, {"Accept-Language": "en", **bearer, **headers})
            answer = wire.getresponse()
            text = answer.read()
            return answer.status, json.loads(text or b"{}"), answer.headers
        finally:
            wire.close()


@pytest.fixture(scope="module")
def bench(shop):
    return Bench(shop)


def machine(serial: str, disk: str = "50026B77BENCH001") -> bytes:
    return (MACHINE % (serial, disk)).encode()


def test_a_file_makes_a_machine_once_and_the_answer_says_its_label(bench, shop):
    status, told, headers = bench.send(machine("5CDBENCH01"))
    assert (status, told["outcome"]) == (201, "new") and told["device"]["model"] == "EliteBook 830"
    assert "set-cookie" not in headers
    shown = shop.service.json("device", "show", told["label"])
    assert {event["operator_code"] for event in shown["history"]} == {bench.opened["code"]}
    for _ in range(3):
        status, again, _ = bench.send(machine("5CDBENCH01"))
        assert (status, again["outcome"], again["label"]) == (200, "known", told["label"])
    # Another disk was fitted: the same machine, brought up to date.
    status, again, _ = bench.send(machine("5CDBENCH01", "50026B77BENCH002"))
    assert (status, again["outcome"], again["label"]) == (200, "known", told["label"])
    assert [disk["serial"] for disk in shop.service.json("device", "show", told["label"])["disks"]] == ["50026B77BENCH002"]


def test_many_at_once_of_one_file_make_one_machine(bench, shop):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: bench.send(machine("5CDBENCH02")), range(16)))
    assert len({told.get("label") for _, told, _ in answers}) == 1, answers
    assert [status for status, _, _ in answers].count(201) == 1


def test_what_is_refused_says_file_field_and_value(bench):
    status, told, _ = bench.send(machine("5CDBENCH03")[:-9], name="coupe.json")
    assert status == 400
    check_refusal(told["refusal"])
    assert "coupe.json" in told["refusal"]["what"] and told["refusal"]["code"] == "file_truncated"
    status, told, _ = bench.send(b"", name="vide.json")
    assert (status, told["refusal"]["code"]) == (400, "file_empty")
    status, told, _ = bench.send(b" " * ((5 << 20) + 1))
    assert (status, told["refusal"]["code"]) == (413, "input_too_large")


def test_a_doubtful_file_waits_for_a_person(bench, shop):
    status, told, _ = bench.send(machine("To be filled by O.E.M."), name="sans-numero.json")
    assert (status, told["outcome"]) == (202, "waiting") and "serial" in told["reason"]
    [waiting] = [file for file in shop.service.json("station", "waiting")["items"] if file["name"] == "sans-numero.json"]
    assert waiting["doubt"] == "no_true_serial" and waiting["station"] == bench.opened["code"]
    taken = shop.service.json("station", "take", waiting["id"])
    assert taken["outcome"] == "new"
    status, told, _ = bench.send(machine("To be filled by O.E.M."), name="sans-numero.json")
    assert (status, told["label"]) == (200, taken["label"])


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "é"])
def test_without_its_token_nothing_is_taken(bench, token):
    status, told, headers = bench.send(machine("5CDBENCH04"), token=token.encode().decode("latin-1"))
    assert (status, told["refusal"]["code"]) == (401, "station_token_wrong")
    assert headers["WWW-Authenticate"] == "Bearer"


def test_the_token_opens_nothing_else_and_is_in_no_log(bench, shop):
    for method, path in [("GET", "/api/v1/devices"), ("GET", "/devices"), ("POST", "/api/v1/hardware-files"),
                         ("GET", "/api/v1/stations"), ("POST", "/api/v1/persons/search")]:
        status, _, _ = bench.send(b"", path=path, method=method, Accept="application/json")
        assert status == 401, f"{method} {path}"
    assert bench.token not in shop.service.log.read_text()


def test_revoked_it_is_refused_at_once(shop):
    bench = Bench(shop)
    assert bench.send(machine("5CDBENCH05"))[0] == 201
    assert shop.service.json("station", "revoke", bench.opened["code"])["revoked_at"]
    assert bench.send(machine("5CDBENCH06"))[0] == 401


def test_the_description_names_the_bearer_and_the_file(shop):
    wire = http.client.HTTPConnection("127.0.0.1", shop.service.port, timeout=60)
    wire.request("GET", "/openapi.json")
    told = json.loads(wire.getresponse().read())
    operation = told["paths"]["/api/v1/stations/files"]["post"]
    assert operation["security"] == [{"station": []}]
    assert told["components"]["securitySchemes"]["station"] == {"type": "http", "scheme": "bearer"}
    assert "application/octet-stream" in operation["requestBody"]["content"]
    assert not [piece for piece in operation["parameters"] if re.search("token", piece["name"], re.I)]
