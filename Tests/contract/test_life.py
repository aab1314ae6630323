"""Set-up and life: starting, stopping, being killed, and a server of the user's own."""

import json
import signal
import subprocess
import threading
import time

import pytest
import running
from browser.counter import Counter as Shop
from counter import request_key
from documents import DONE, document, refusal
from server import OwnServer
from till import Till


def test_a_second_start_answers_at_once_and_keeps_what_was_sold(small):
    service = small.service
    till = Till(service).have_drawer_open()
    key, voucher, label = request_key(), small.voucher(), small.laptop()
    status, first = till.sell(key, voucher, label)
    assert status == 201, first
    assert service.stop() == DONE
    assert service.database_process() is None
    service.start()
    print(f"second start: {service.first_answer_seconds:.2f} s")
    status, again = till.sell(key, voucher, label)
    assert (status, again) == (201, first)


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_finishes_the_sale_in_hand(small, with_signal):
    """The sale waits for its till's turn, which somebody else has; meanwhile the service is asked to stop."""
    service = small.service
    till = Till(service).have_drawer_open()
    key, voucher, label = request_key(), small.voucher(), small.laptop()
    answers = []
    with Hold(service) as hold:
        seller = threading.Thread(target=lambda: answers.append(till.sell(key, voucher, label)))
        seller.start()
        hold.wait_for_somebody()
        service.process.send_signal(with_signal)
        hold.let_go()
        seller.join(30)
    assert service.stop(with_signal) == DONE
    assert service.database_process() is None, "PostgreSQL is left behind"
    [(status, answer)] = answers
    assert status == 201, answer
    receipt = service.json("receipt", answer["sale"]["number"])
    assert receipt["total_cents"] == 9_900
    assert service.json("verify", "all")["ok"]


class Hold:
    """Another till's turn at the chain's head, held open by hand: whoever sells waits."""

    def __init__(self, service):
        [pid_file] = service.data.rglob("postmaster.pid")
        self.command = ["psql", "-X", "-q", "-A", "-t", "-h", pid_file.read_text().splitlines()[4], "-U", "postgres",
                        "comptoir"]

    def __enter__(self) -> "Hold":
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say("begin; select count(*) from (select 1 from comptoir.chain_heads for no key update) h;")
        assert int(self.process.stdout.readline()) > 0
        return self

    def wait_for_somebody(self) -> None:
        for _ in range(600):
            waiting = subprocess.run([*self.command, "-c", "select count(*) from pg_locks where not granted"],
                                     capture_output=True, text=True, check=True)
            if int(waiting.stdout) > 0:
                return
            time.sleep(0.05)
        raise AssertionError("nobody came to sell")

    def let_go(self) -> None:
        self._say("commit;")

    def _say(self, sql: str) -> None:
        self.process.stdin.write(sql + "\n")
        self.process.stdin.flush()

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        self.process.wait(20)


def test_a_killed_service_starts_again_and_keeps_the_sale(small):
    service = small.service
    till = Till(service).have_drawer_open()
    key, voucher, label = request_key(), small.voucher(), small.laptop()
    status, first = till.sell(key, voucher, label)
    assert status == 201, first
    service.kill()
    assert service.database_process() is not None, "an orphan to adopt"
    service.start()
    assert till.sell(key, voucher, label) == (201, first)
    assert service.json("verify", "all")["ok"]
    assert service.stop() == DONE
    assert service.database_process() is None


def test_the_database_is_migrated_once_by_two_who_start_together():
    with running.Service() as service:
        both = [subprocess.Popen([service.binary, "migrate", "--json"], env=service.environment, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, cwd=running.ROOT)
                for _ in range(2)]
        told = [(process.communicate(timeout=120), process.returncode) for process in both]
        assert [status for _, status in told] == [DONE, DONE], told
        ran = [json.loads(out)["migrations"] for (out, _), _ in told]
        assert sorted(map(len, ran)) == [0, len(list((running.ROOT / "sql/migrations").glob("*.sql")))], ran
        assert service.json("migrate")["migrations"] == []


@pytest.fixture(scope="module")
def own():
    with OwnServer() as server:
        server.prepare()
        yield server


def on_own_server(server: OwnServer, **settings: str) -> running.Service:
    return running.Service(settings={
        "COMPTOIR_DATABASE_URL": server.url("comptoir_app"), "COMPTOIR_OWNER_URL": server.url("comptoir_keeper"),
        **settings})


def sell_one(shop: Shop) -> dict:
    till = Till(shop.service).have_drawer_open()
    status, answer = till.sell(request_key(), shop.voucher(), shop.laptop())
    assert status == 201, answer
    return answer["sale"]


@pytest.fixture(scope="module")
def hosted(own):
    """A shop on the user's own server, with one sale behind it."""
    with on_own_server(own) as service:
        assert refusal(service.ask("setup", *SETUP, "--json", COMPTOIR_PASSWORD="un mot de passe de caisse"))["code"]
        assert document(service.ask("migrate", "--json"))["migrations"]
        service.start()
        shop = Shop(service).prepare()
        shop.sale = sell_one(shop)
        yield shop


SETUP = ("--association", "Essai", "--siret", "12345678200010", "--shop-code", "LI", "--shop-name", "Lille", "--address",
         "1 rue de la Gare", "--postal-code", "59000", "--city", "Lille", "--admin-login", "admin", "--admin-name", "Camille")


def test_a_server_of_the_user_s_own_sells_and_its_service_may_alter_no_table(hosted, own):
    assert not list(hosted.service.data.rglob("postmaster.pid")), "a private server was made beside"
    assert hosted.service.json("receipt", hosted.sale["number"])["total_cents"] == 9_900
    assert hosted.service.json("verify", "all")["ok"]
    with pytest.raises(AssertionError, match="permission denied"):
        own.sql("delete from comptoir.journal_entries", user="comptoir_app")
    assert hosted.service.ask("doctor", "--json").returncode == DONE


def test_of_several_hosts_the_one_that_writes_is_found(hosted, own):
    hosts = f"127.0.0.1:{running.free_port()},127.0.0.1:{own.port}"
    url = own.url("comptoir_app", hosts=hosts, options="?target_session_attrs=read-write")
    with on_own_server(own, COMPTOIR_DATABASE_URL=url) as second:
        second.environment |= {
            "COMPTOIR_PASSWORD": hosted.service.environment["COMPTOIR_PASSWORD"],
            "COMPTOIR_DATA": str(hosted.service.data)}
        second.start()
        till = Till(second).have_drawer_open()
        status, answer = till.sell(request_key(), hosted.voucher(), hosted.laptop())
        assert status == 201, answer
        second.stop()


def test_a_dump_restores_and_goes_on_selling(hosted, own, tmp_path):
    """(G4) Into a fresh cluster, with the same keys."""
    dump = own.folder / "comptoir.dump"
    environment = {"PGPASSWORD": own.PASSWORD, "PATH": "/usr/bin:/bin"}
    own.run("pg_dump", "--format=custom", "-h", "127.0.0.1", "-p", own.port, "-U", "postgres", "-f", dump, "comptoir",
            env=environment)
    roles = own.run("pg_dumpall", "--roles-only", "-h", "127.0.0.1", "-p", own.port, "-U", "postgres", env=environment)
    dump.chmod(0o644)
    own.folder.chmod(0o755)
    with OwnServer() as fresh:
        wanted = [line for line in roles.splitlines() if "postgres" not in line.split("WITH")[0]]
        fresh.sql("\n".join(wanted), database="postgres")
        fresh.sql("create database comptoir owner comptoir_keeper", database="postgres")
        fresh.run("pg_restore", "--exit-on-error", "-h", "127.0.0.1", "-p", fresh.port, "-U", "postgres", "-d", "comptoir",
                  dump, env=environment)
        with on_own_server(fresh) as service:
            service.environment |= {name: hosted.service.environment[name]
                                    for name in ("COMPTOIR_PASSWORD", "COMPTOIR_PIN", "COMPTOIR_DATA")}
            again = Shop(service)
            again.numbers = hosted.numbers
            verified = service.json("verify", "all")
            assert verified["ok"], verified
            assert service.json("receipt", hosted.sale["number"]) == hosted.service.json("receipt", hosted.sale["number"])
            service.start()
            sale_again = sell_one(again)
            assert sale_again["number"] > hosted.sale["number"]
            assert service.json("verify", "all")["ok"]

