"""Killed in mid-sale (E3, E4): every sale that the till acknowledged exists once; a retry converges."""

import os
import signal
import time

from sellers import Sellers


def check_every_sale_once(counter, sellers):
    """What the sellers were told against what the database holds, and the journal against itself."""
    rows = counter.query("select s.key, s.number, count(*) over (partition by s.key) from sales s")
    held = {key: (int(number), int(times)) for key, number, times in rows}
    assert len(rows) == len(held), "a key has two sales"
    for ticket in sellers.tickets:
        told = [answer for status, answer in ticket.answers if status < 300]
        refused = [answer for status, answer in ticket.answers if 400 <= status < 500]
        assert not refused, f"a good sale was refused: {refused}"
        if told:
            assert ticket.key in held, f"acknowledged, then lost: {ticket}"
            assert {answer["sale"]["id"] for answer in told} == {told[0]["sale"]["id"]}, f"two receipts: {ticket}"
    machines = counter.query(
        "select count(*), count(distinct device_id) from sale_lines where device_id is not null")
    assert machines[0][0] == machines[0][1], "a machine was sold twice"
    stuck = counter.query("select count(*) from claims where result is null")
    assert stuck == [["0"]], "a claim is held by nobody"


def check_journal(counter):
    verified = counter.service.json("verify", "all")
    assert verified["ok"], verified


def test_the_service_is_killed_while_tills_sell(counter, rounds, chance, patience):
    cuts = 0
    with Sellers(counter, tills=8) as sellers:
        for _ in range(rounds):
            enough = sellers.answered + chance.randint(1, 40)
            deadline = time.monotonic() + patience
            while sellers.answered < enough:
                assert time.monotonic() < deadline, "the tills stand still"
                time.sleep(0.001)
            sellers.closed()
            counter.service.kill()
            counter.service.start()
            sellers.opened()
    cuts = sum(ticket.cuts for ticket in sellers.tickets)
    print(f"{rounds} kills, {sellers.answered} sales answered, {cuts} requests cut")
    assert cuts >= rounds, "the kills hit no sale: the test proves nothing"
    check_every_sale_once(counter, sellers)
    check_journal(counter)


def test_postgresql_is_killed_while_tills_sell(counter, rounds, chance, patience):
    service = counter.service.process.pid
    slowest = 0.0
    with Sellers(counter, tills=8) as sellers:
        for _ in range(max(2, rounds // 10)):
            enough = sellers.answered + chance.randint(1, 40)
            while sellers.answered < enough:
                time.sleep(0.001)
            os.kill(counter.service.database_process(), signal.SIGKILL)
            before, killed = sellers.answered, time.monotonic()
            while sellers.answered == before:
                assert time.monotonic() - killed < patience, f"no sale within {patience:g} seconds of the kill"
                time.sleep(0.005)
            slowest = max(slowest, time.monotonic() - killed)
    print(f"selling again after {slowest:.1f} s at most")
    assert counter.service.process.pid == service, "the service was restarted"
    check_every_sale_once(counter, sellers)
    check_journal(counter)
