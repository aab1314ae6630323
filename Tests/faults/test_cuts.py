"""The database lost in the middle of a sale (E5): what the till says, and that pressing again sells once."""

import os
import signal

import pytest
import running
from browser.counter import Counter as Shop
from counter import request_key
from server import Cable, OwnServer
from till import Till, sale


@pytest.fixture(scope="module")
def wired():
    """A shop on a server of the user's own, with a cable between them that can be cut."""
    with OwnServer() as server, Cable(server.port) as cable:
        server.prepare()
        settings = {"COMPTOIR_DATABASE_URL": server.url("comptoir_app", port=cable.port),
                    "COMPTOIR_OWNER_URL": server.url("comptoir_keeper")}
        with running.Service(settings=settings) as service:
            service.command("migrate")
            service.start()
            shop = Shop(service).prepare()
            shop.server, shop.cable = server, cable
            shop.till = Till(service).have_drawer_open()
            yield shop


def times_sold(shop, key: str) -> int:
    return int(shop.server.sql(f"set search_path = comptoir; select count(*) from sales where key = '{key}'"))


CUTS = [
    ("begun", "unavailable", "Rien n’a été enregistré", 0),
    ("committing", "outcome_unknown", "On ne sait pas encore", 0),
    ("committed", "outcome_unknown", "On ne sait pas encore", 1),
]


@pytest.mark.parametrize(("where", "code", "says", "recorded"), CUTS, ids=[cut[0] for cut in CUTS])
def test_the_till_says_whether_the_sale_may_be_recorded_and_the_retry_sells_once(wired, where, code, says, recorded):
    for _ in range(5):
        key, voucher, label = request_key(), wired.voucher(), wired.laptop()
        wired.cable.cut(where, key)
        status, answer = wired.till.sell(key, voucher, label)
        wired.cable.mend()
        assert wired.cable.cuts, "the cable was not cut: the test proves nothing"
        assert status == 503, answer
        told = answer["refusal"]
        assert told["code"] == code and says in told["what"] + told["why"], told
        if code == "outcome_unknown":
            assert "rien ne peut être vendu deux fois" in told["now"]
        assert times_sold(wired, key) == recorded
        status, first = wired.till.sell(key, voucher, label)
        assert status == 201, first
        assert wired.till.sell(key, voucher, label) == (201, first)
        assert times_sold(wired, key) == 1
    assert wired.service.json("verify", "all")["ok"]


def test_a_till_that_gave_up_on_a_frozen_database_presses_again_and_sells_once(wired):
    key, voucher, label = request_key(), wired.voucher(), wired.laptop()
    servers = [int(pid) for pid in wired.server.sql(
        "select pid from pg_stat_activity where usename = 'comptoir_app'").split()]
    for pid in servers:
        os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(TimeoutError):
            wired.till.post("/api/v1/sales", sale(key, voucher, label), seconds=2)
    finally:
        for pid in servers:
            os.kill(pid, signal.SIGCONT)
    status, first = wired.till.sell(key, voucher, label)
    assert status == 201, first
    assert wired.till.sell(key, voucher, label) == (201, first)
    assert times_sold(wired, key) == 1


def test_the_till_s_page_says_both_sentences_and_settles_it(wired, page):
    """Nothing recorded: the ticket is the seller's again. Not known: it is kept, and pressing again sells once."""
    headers = wired.sign_in(page)
    wired.have_drawer(page, headers, open_=True)
    page.goto(wired.service.url + "/till")
    page.wait_for_selector("[data-offer]")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data_json["key"])
            if request.url.endswith("/api/v1/sales") else None)

    def arm(route):
        wired.cable.cut(where, route.request.post_data_json["key"])
        route.continue_()

    for where in ("begun", "committed"):
        voucher, label = wired.voucher(), wired.laptop()
        for code in (voucher, label):
            page.keyboard.type(code)
            page.keyboard.press("Enter")
        page.wait_for_selector("#lines > li")
        page.wait_for_selector(".person-name")
        page.route("**/api/v1/sales", arm, times=1)
        page.keyboard.press("F8")
        if where == "begun":
            page.wait_for_selector("#refusal .refusal")
            assert "Rien n’a été enregistré" in page.inner_text("#refusal")
            assert page.locator("#lines > li").count() == 1
            wired.cable.mend()
            page.keyboard.press("F8")
        else:
            page.wait_for_selector("body[data-ticket=waiting]")
            words = page.inner_text("#pending")
            assert "n’est pas confirmée" in words and "ne peut pas vendre deux fois" in words
            page.click("#pending button")
        page.wait_for_selector("body[data-ticket=done]")
        assert len(set(sent)) == 1 and times_sold(wired, sent[0]) == 1
        sent.clear()
    assert wired.service.json("verify", "all")["ok"]
