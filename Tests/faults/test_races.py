"""A machine is sold, sent, kept for somebody, recycled or counted away at the same instant: one of the two happens, and the
other is told so (C6, P1). `--races N` (2,000 when absent; 10,000 before a release), a quarter of each kind."""

import threading
from collections import Counter as Tally
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import running
from counter import Connection, Counter, device_label, request_key

LANES = 4
# What whoever comes second is told, and nothing else.
SELLER_TOLD = {"device_not_on_shelf", "device_gone", "device_reserved", "device_recycled", "device_in_transit"}
RIVAL_TOLD = {"device_gone"}


@pytest.fixture
def races(request) -> int:
    return request.config.getoption("--races")


@pytest.fixture
def shelf(races):
    with running.Service() as service:
        service.set_up()
        service.json("shop", "open", "RX", "--name", "Roubaix", "--address", "2 rue du Bois", "--postal-code", "59100",
                     "--city", "Roubaix", "--siret", "12345678200010")
        service.start()
        counter = Counter(service, persons=races + 1, history=0, shelf=races)
        counter.open_tills(LANES)
        yield counter


class Rival:
    """Somebody in the stock room, over a connection of their own."""

    def __init__(self, counter: Counter, lane: int):
        self.wire = Connection(counter.service.port, counter._headers[lane])
        # One more than there are machines: of no ticket.
        [[self.person]] = counter.query("select code from persons order by id desc limit 1")

    def send(self, path: str, body: dict) -> tuple[int, dict]:
        return self.wire.send("POST", path, body, {"Idempotency-Key": request_key()})

    def act(self, what: str, label: str) -> tuple[int, dict]:
        if what == "transfer":
            return self.send("/api/v1/transfers", {"shop": "LI", "to": "RX", "devices": [label]})
        if what == "reserve":
            until = (running.today() + timedelta(days=7)).isoformat()
            return self.send(f"/api/v1/devices/{label}/reservations", {"person": self.person, "until": until})
        return self.send(f"/api/v1/devices/{label}/removals", {
            "kind": "recycling", "motive": "Carte mère", "collector": "Ecologic", "slip": "B1", "grams": 2000})


def code(answer: tuple[int, dict]) -> str:
    """What was refused; nothing for what went through, and never an outage."""
    status, told = answer
    assert status < 500, told
    return "" if status < 300 else told["refusal"]["code"]


def race(counter: Counter, lane: int, numbers: list[int], what: str) -> Tally:
    """Each machine is sold by a till and taken by a rival at once. Gives who won how often."""
    rival, start = Rival(counter, lane), threading.Barrier(2)
    won = Tally()

    def rivals() -> list[str]:
        told = []
        for number in numbers:
            start.wait(60)
            told.append(code(rival.act(what, device_label(number))))
        return told

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(rivals)
        sold = []
        for number in numbers:
            start.wait(60)
            sold.append(code(counter.till(lane).send("POST", "/api/v1/sales", counter.sell_request(number, request_key()))))
        taken = other.result()
    for number, seller, taker in zip(numbers, sold, taken):
        assert bool(seller) != bool(taker), f"{device_label(number)}: the till {seller or 'sold'}, {what} {taker or 'went through'}"
        assert seller in {"", *SELLER_TOLD} and taker in {"", *RIVAL_TOLD}, (seller, taker)
        won[what if seller else "sale"] += 1
    return won


def test_a_machine_has_one_outcome_whoever_comes_for_it_at_once(shelf, races):
    quarter = races // 4
    won = Tally()
    for turn, what in enumerate(["transfer", "reserve", "recycle"]):
        numbers = list(range(turn * quarter + 1, (turn + 1) * quarter + 1))
        with ThreadPoolExecutor(LANES) as pool:
            for told in pool.map(lambda lane: race(shelf, lane, numbers[lane::LANES], what), range(LANES)):
                won += told
    # A count of which nobody scanned anything is applied while they are sold.
    last = list(range(3 * quarter + 1, races + 1))
    service = shelf.service
    service.json("user", "add", "berthe", "--name", "Berthe", "--operator", "BER", "--role", "stock_manager")
    counted = service.json("count", "open", "--shop", "LI", "--scope", "shelf")["count"]["code"]
    for label in shelf.query("select d.label from devices d join reservations r on r.device_id = d.id where r.ended_at is null"):
        told = code(Rival(shelf, 0).send(f"/api/v1/counts/{counted}/scans", {"scanned": label[0]}))
        assert not told
    service.json("count", "close", counted)
    under_way = threading.Event()

    def sell(lane: int) -> Tally:
        told = Tally()
        for number in last[lane::LANES]:
            answer = shelf.till(lane).send("POST", "/api/v1/sales", shelf.sell_request(number, request_key()))
            told[code(answer)] += 1
            if told[""] * LANES > len(last) // 4:
                under_way.set()
        return told

    with ThreadPoolExecutor(LANES) as pool:
        sellers = [pool.submit(sell, lane) for lane in range(LANES)]
        assert under_way.wait(300)
        applied = service.json("count", "apply", counted, "--as", "berthe")
        told = sum((seller.result() for seller in sellers), Tally())
    assert set(told) <= {"", *SELLER_TOLD}, told
    assert told[""] + applied["lost"] == len(last), (told, applied)
    won += Tally({"sale": told[""], "count": applied["lost"]})
    print(f"{races} races: {dict(won)}")
    # What the answers said is what is written: a machine has left once, or stands where it stood.
    [[sold, sent, gone, kept]] = shelf.query("""
        select count(*) filter (where x.kind = 'sale'), count(*) filter (where x.kind = 'transfer'),
               count(*) filter (where x.kind in ('recycling', 'loss')), count(*) filter (where x.kind is null)
        from devices d left join exits x on x.device_id = d.id where d.label like 'ZZPC%'""")
    assert [int(sold), int(sent), int(gone), int(kept)] == [
        won["sale"], won["transfer"], won["recycle"] + won["count"], won["reserve"]]
    assert service.json("verify")["faults"] == []
