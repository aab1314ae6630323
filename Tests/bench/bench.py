"""How fast the counter is, on this machine, now. Run by deploy/bench; prints tables for the README.

    sale     sales through HTTP at 1, 16 and 64 clients over 20 tills, beside pgbench running the same
             statements on the same server in the same minute
    history  one sale with 1,000,000 sales behind it, against 10,000
    search   voucher check and person search among 1,000,000 persons
    rules    voucher check under 100 limits, and a limit rehearsed over 1,000,000 tickets, beside pgbench and psql
             reading the same
    stock    the stock's list and search among 1,000,000 machines, and a count of 10,000 scanned and applied
    import   1,000 hardware files: by the command line, then as a test bench sends them, with the memory that each took
"""

import argparse
import concurrent.futures
import contextlib
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import replay  # noqa: E402
import running  # noqa: E402
from counter import PRICE_CENTS, TILLS, Counter, bench_id, device_label, request_key, voucher_code  # noqa: E402

FOLDER = running.ROOT / ".build-bench"
RELEASE = running.ROOT / ".build" / "release" / "comptoir"
PGBENCH = max(Path("/usr/lib/postgresql").glob("*/bin/pgbench"), key=lambda p: int(p.parts[4]), default="pgbench")


# `:code`, the code of the voucher number `:n`, for pgbench.
_LUHN = " + ".join(f"(:d{i} * 2 / 10 + :d{i} * 2 % 10)" if i % 2 == 0 else f":d{i}" for i in range(11))
CODE = [
    *(f"\\set d{i} (900000000000 + :n * 10) / {10 ** (i + 1)} % 10" for i in range(11)),
    f"\\set code 900000000000 + :n * 10 + (10 - ({_LUHN}) % 10) % 10",
]


def say(text: str) -> None:
    print(f"==> {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def another(service: running.Service):
    """A second service over the same installation, on a port of its own."""
    second = running.Service(service.binary)
    second.environment |= {name: service.environment[name] for name in ("COMPTOIR_DATA", "COMPTOIR_SETTINGS")}
    try:
        yield second.start()
    finally:
        second.remove()


class Bench:
    """A served installation, and the numbers of the vouchers and machines that no run has used yet."""

    def __init__(self, service: running.Service, persons: int, history: int, shelf: int):
        say(f"Loading {persons:,} persons, {history:,} sales behind, {shelf:,} machines on the shelf")
        service.set_up()
        # From process start: with the database already running (somebody else keeps it up), and with its own start.
        with service.at_work(), another(service) as second:
            self.first_answer_ms = second.first_answer_seconds * 1000
        service.start()
        self.first_answer_cold_ms = service.first_answer_seconds * 1000
        self.service, self.persons = service, persons
        self.counter = Counter(service, persons, history, shelf, head=40_000_000)
        self.next, self.last = 1, min(persons, shelf)
        self.counter.open_tills(TILLS)
        self.script = self.record()

    def take(self, count: int) -> int:
        """The first of `count` numbers that nobody has sold yet."""
        first = self.next
        self.next += count
        if self.next > self.last + 1:
            raise RuntimeError("the shelf is empty: load more machines (--shelf)")
        return first

    # HTTP

    def drive(self, requests: list[tuple[int, bytes]], clients: int, seconds: float, status: str = "200") -> dict:
        """Sends each lane's requests in order; gives what load.c measured, and the service's own cost. An answer of
        another status than the one expected is no measurement: it fails."""
        with tempfile.NamedTemporaryFile(dir=FOLDER) as file:
            for lane, request in requests:
                file.write(b"%d %d\n" % (lane, len(request)) + request)
            file.flush()
            before = self.processor_ms()
            done = subprocess.run(
                [FOLDER / "load", str(self.service.port), str(clients), str(seconds), file.name],
                capture_output=True, text=True)
            if done.returncode != 0 or done.stderr:
                raise RuntimeError(f"load: {done.stderr}")
            measured = json.loads(done.stdout)
            if set(measured["statuses"]) != {status}:
                raise RuntimeError(f"not every answer was {status}: {measured['statuses']}")
            measured["processor_ms"] = (self.processor_ms() - before) / max(1, measured["answers"])
            return measured

    def sales(self, clients: int, seconds: float, most: int) -> dict:
        lanes = min(clients, TILLS)
        first = self.take(most)
        requests = [
            (n % lanes, self.counter.http_request(n % lanes, "POST", "/api/v1/sales",
                                                  self.counter.sell_request(n, request_key())))
            for n in range(first, first + most)
        ]
        measured = self.drive(requests, clients, seconds, status="201")
        if measured["ran_dry"]:
            raise RuntimeError(f"there were too few sales to make: {measured}")
        return measured

    def processor_ms(self) -> float:
        fields = Path(f"/proc/{self.service.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.service.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    # pgbench

    def record(self) -> str:
        """Makes one sale while the server logs its statements, and turns them into a pgbench script."""
        number = self.take(1)
        till = TILLS - 1
        # The first sale warms the service's prepared statements up, so that the second one is as any other.
        for n in (number, self.take(1)):
            [[position, sold]] = self.counter.query(
                f"select position + 1, sale_number + 1 from chain_heads where id = '{bench_id(2, till + 1)}'")
            key = request_key()
            recorded, since = self.logged(
                lambda n=n, key=key: self.counter.till(till).send(
                    "POST", "/api/v1/sales", self.counter.sell_request(n, key)), expected=201)
        recorded = _transaction(recorded, "insert into sales")
        device = self.counter.history + n
        known = {
            key: "bench_id(61, :n)",
            voucher_code(n): "(:code)::text",
            device_label(device): "'ZZPC' || lpad((:device / 90000)::text, 2, '0') || '-' || (:device % 90000 + 10000)",
            position: "60000000 + :n",
            sold: "60000000 + :n",
            **{bench_id(kind, n): f"bench_id({kind}, :n)" for kind in (5, 6, 7, 8, 9, 10)},
            **{bench_id(kind, device): f"bench_id({kind}, :device)" for kind in (11, 12, 13, 14)},
            **{bench_id(kind, till + 1): f"bench_id({kind}, :till)" for kind in (1, 2)},
            f"BE{till + 1}": "'BE' || :till",
        }
        preamble = "\n".join([
            "\\set i :i + 1", "\\set n :first + :client_id * :each + :i", "\\set till :client_id % :lanes + 1",
            f"\\set device {self.counter.history} + :n", *CODE,
        ])
        return replay.script(recorded, [self.types(s.sql) for s in recorded], known, preamble, since)

    def logged(self, act, expected: int) -> tuple[list[replay.Statement], float]:
        """What the server's log says was run for one request, and when it began."""
        psql = self.counter.psql
        log = self.service.data.joinpath(*next(self.service.data.rglob("server.log")).relative_to(self.service.data).parts)
        begun = log.stat().st_size
        # A backend reads its settings anew when it is idle: half a second lets all of them.
        psql("-c", "alter system set log_statement = 'all'", "-c", "alter system set log_error_verbosity = 'default'",
             "-c", "select pg_reload_conf(), pg_sleep(0.5)")
        since = time.time() - 0.1
        status, answer = act()
        psql("-c", "alter system reset log_statement", "-c", "alter system reset log_error_verbosity",
             "-c", "select pg_reload_conf(), pg_sleep(0.5)")
        if status != expected:
            raise RuntimeError(f"the recorded request was refused: {answer}")
        with log.open() as file:
            file.seek(begun)
            return replay.statements(file.read()), since

    def record_check(self) -> str:
        """The same of checking a voucher: its statements, of any voucher."""
        number = random.Random(2).randint(1, self.persons)
        recorded, since = self.logged(
            lambda: self.counter.till(0).send("GET", f"/api/v1/scan/{voucher_code(number)}"), expected=200)
        recorded = _transaction(recorded, "from vouchers v join structures")
        preamble = "\n".join([f"\\set n random(1, {self.persons})", *CODE])
        return replay.script(recorded, [self.types(s.sql) for s in recorded],
                             {voucher_code(number): "(:code)::text"}, preamble, since)

    def types(self, sql: str) -> list[str] | None:
        try:
            text = self.counter.psql("-q", "-c", f"prepare bench as {sql}", "-c",
                                     "select array_to_string(parameter_types, ';') from pg_prepared_statements")
            return text.split(";")
        except RuntimeError:
            return None

    def pgbench(self, clients: int, seconds: float, most: int) -> dict:
        """The same sales again, each of a number of its own."""
        lanes, first = min(clients, TILLS), self.take(most)
        measured = self.run_script(self.script, clients, seconds, {
            "i": -1, "first": first, "each": most // clients, "lanes": lanes})
        self.mend_heads()
        return measured

    def run_script(self, script: str, clients: int, seconds: float, variables: dict[str, int] | None = None) -> dict:
        path = FOLDER / "replayed.pgbench"
        path.write_text(script)
        logs = FOLDER / "pgbench_log"
        for old in FOLDER.glob("pgbench_log.*"):
            old.unlink()
        given = [word for name, value in (variables or {}).items() for word in ("-D", f"{name}={value}")]
        done = subprocess.run(
            [PGBENCH, "-n", "-M", "prepared", "-f", path, "-c", str(clients), "-j", "1", "-T", str(int(seconds)),
             *given, "-l", "--log-prefix", logs],
            env=os.environ | self.counter.database_environment("comptoir_app"), capture_output=True, text=True)
        if done.returncode != 0 or "aborted" in done.stderr:
            raise RuntimeError(f"pgbench: {done.stderr[-2000:]}")
        took = sorted(int(line.split()[2]) for file in FOLDER.glob("pgbench_log.*") for line in file.open())
        return {"per_second": len(took) / int(seconds), "p50_us": took[len(took) // 2], "p99_us": took[int(len(took) * 0.99)]}

    def mend_heads(self) -> None:
        """pgbench counts beside the heads: they move on to where its entries end."""
        self.counter.psql("-q", "-c", """
            update chain_heads h set position = m.position, sale_number = m.number
            from (select chain_id, max(position) as position, max(number) as number from journal_entries
                  where position > 40000000 and kind = 'sale' group by chain_id) m
            where m.chain_id = h.id and m.position > h.position""")


def _transaction(recorded: list[replay.Statement], around: str) -> list[replay.Statement]:
    """From `begin` to `commit`: the transaction that ran the statement with these words."""
    at = next(i for i, s in enumerate(recorded) if around in s.sql)
    own = [(i, s) for i, s in enumerate(recorded) if s.process == recorded[at].process]
    first = max(i for i, s in own if i < at and s.sql.lower().startswith("begin"))
    last = min(i for i, s in own if i > at and s.sql.lower().startswith("commit"))
    return [s for i, s in own if first <= i <= last]


def sale(options) -> list[str]:
    with running.Service(options.binary) as service:
        bench = Bench(service, options.persons, options.history, options.shelf)
        rows, aims = [], []
        for clients in (1, 16, 64):
            most = int(3_000 * options.seconds)
            say(f"{clients} clients")
            bench.sales(clients, 2, most // 4)  # warm
            http = bench.sales(clients, options.seconds, most)
            plain = bench.pgbench(clients, options.seconds, most)
            rows.append(
                f"| {clients} | {http['per_second']:,.0f} | {plain['per_second']:,.0f} | "
                f"{http['per_second'] / plain['per_second']:.2f} | {http['p50_us'] / 1000:.1f} | {http['p99_us'] / 1000:.1f} | "
                f"{plain['p50_us'] / 1000:.1f} | {plain['p99_us'] / 1000:.1f} | {http['processor_ms']:.2f} | {bench.memory_mb():.0f} |")
            say(rows[-1])
            if clients == 16:
                aims = [
                    aim("sales a second against pgbench, 16 clients", http["per_second"] / plain["per_second"], least=0.8),
                    aim("p99 against pgbench's, 16 clients", http["p99_us"] / plain["p99_us"], most=2),
                    aim("service's processor time a sale, 16 clients, ms", http["processor_ms"], most=0.35),
                ]
        aims += [
            aim("memory of the service after all runs, MB", bench.memory_mb(), below=60),
            aim("first answer after process start, the database running, s", bench.first_answer_ms / 1000, most=0.2),
        ]
        return [
            f"{options.persons:,} persons, {options.history:,} sales behind; first answer {bench.first_answer_ms:.0f} ms after "
            f"process start with the database running, {bench.first_answer_cold_ms:.0f} ms with the database's own start.", "",
            "| clients | sales/s | pgbench/s | ratio | p50 ms | p99 ms | pgbench p50 | pgbench p99 | service CPU ms/sale | memory MB |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |", *rows, *aim_table(aims)]


def history(options) -> list[str]:
    """Both installations serve at once, and runs take turns, so that the machine is the same for both."""
    with running.Service(options.binary) as short, running.Service(options.binary) as long:
        benches = [Bench(short, options.persons, 10_000, options.shelf),
                   Bench(long, options.persons, options.long_history, options.shelf)]
        figures = {0: [], 1: []}
        for _ in range(4):
            for which, bench in enumerate(benches):
                figures[which].append(bench.sales(16, options.seconds / 2, int(1_500 * options.seconds)))
        middle = [sorted(f["per_second"] for f in figures[which])[len(figures[which]) // 2] for which in (0, 1)]
        return [
            "| sales behind | sales/s (16 clients) | a sale costs |", "| --- | --- | --- |",
            f"| 10,000 | {middle[0]:,.0f} | 1.00 |",
            f"| {options.long_history:,} | {middle[1]:,.0f} | {middle[0] / middle[1]:.2f} |",
            *aim_table([aim("a sale with the long history behind it costs, against the short", middle[0] / middle[1], most=1.1)])]


def search(options) -> list[str]:
    with running.Service(options.binary) as service:
        bench = Bench(service, options.persons, 10_000, options.shelf)
        chance = random.Random(1)
        names = [row[0] for row in bench.counter.query(
            "select family_name from identities where random() < 0.01 limit 2000")]
        parts = []
        for name in names:
            length = chance.randint(3, max(3, len(name) - 1))
            at = chance.randint(0, len(name) - length) if len(name) > length else 0
            part = name[at:at + length].strip()
            # A search by any part needs a word of three letters.
            if any(len(word) >= 3 for word in part.replace("-", " ").replace("'", " ").split()):
                parts.append(part)

        def check(number):
            return 0, bench.counter.http_request(0, "GET", f"/api/v1/scan/{voucher_code(number)}")

        def find(part):
            return 0, bench.counter.http_request(0, "POST", "/api/v1/persons/search", {"q": part})

        kinds = {
            "check a voucher": [check(chance.randint(1, options.persons)) for _ in range(20_000)],
            "find a person by the beginning of the name": [find(name[:5]) for name in names * 5],
            "find a person by any part of the name": [find(part) for part in parts * 5],
        }
        rows, aims = [], []
        for words, requests in kinds.items():
            bench.drive(requests[:200], 1, 2)
            measured = bench.drive(requests, 1, options.seconds)
            rows.append(f"| {words} | {measured['p50_us'] / 1000:.1f} | {measured['p99_us'] / 1000:.1f} | {measured['per_second']:,.0f} |")
            aims.append(aim(f"{words}, p50 ms", measured["p50_us"] / 1000, below=5))
        return [f"{options.persons:,} persons, one client.", "", "| what | p50 ms | p99 ms | a second |",
                "| --- | --- | --- | --- |", *rows, *aim_table(aims)]


# A hundred limits of every kind and span, none of which refuses: each has a say on every check all the same.
LIMITS = """
    insert into quota_rules (code, starts_on, category, holder, span, months, units_max, cents_max, origins, exits, recorded_at)
    select 'bench-' || n, '2015-01-01', (array['equipment', 'connection'])[n % 2 + 1],
           (array['person', 'household', 'voucher', 'structure'])[n / 2 % 4 + 1],
           (array['calendar_month', 'sliding_months'])[n / 8 % 2 + 1], case when n / 8 % 2 = 0 then 1 else n % 24 + 1 end,
           1000000, null, '{voucher,completion}', '{sale,gift}', '2015-01-01'
    from generate_series(1, 100) n
"""


def rules(options) -> list[str]:
    with running.Service(options.binary) as service:
        bench = Bench(service, options.persons, options.long_history, 1_000)
        chance = random.Random(3)
        requests = [
            (0, bench.counter.http_request(0, "GET", f"/api/v1/scan/{voucher_code(chance.randint(1, options.persons))}"))
            for _ in range(20_000)
        ]
        rows, p50 = [], 0.0
        for words in ("the limits of set-up", "100 limits more"):
            if words != "the limits of set-up":
                bench.counter.psql("-q", "-c", LIMITS, "-c", "analyze quota_rules")
            bench.drive(requests[:500], 1, 2)
            measured, plain = bench.drive(requests, 1, options.seconds), bench.run_script(bench.record_check(), 1, options.seconds)
            p50 = measured["p50_us"] / 1000
            rows.append(f"| {words} | {p50:.2f} | {measured['p99_us'] / 1000:.2f} | {plain['p50_us'] / 1000:.2f} | "
                        f"{measured['p50_us'] / plain['p50_us']:.2f} | {measured['processor_ms']:.2f} |")
        aims = [aim("check of a voucher under 100 limits, p50 ms", p50, below=5)]
        [[first, last, count]] = bench.counter.query("select min(used_on), max(used_on), count(*) from uses")
        played = []
        for holder in ("person", "household", "voucher", "structure"):
            begun = time.monotonic()
            bench.counter.psql("-c", f"copy ({REHEARSED.replace('holder', HOLDER[holder])}) to '/dev/null'")
            floor, begun = time.monotonic() - begun, time.monotonic()
            told = json.loads(service.command(
                "quota", "rehearse", "bench-rehearsed", "--category", "equipment", "--holder", holder, "--units", "20",
                "--from", first, "--to", last, "--json", seconds=600))
            took = time.monotonic() - begun
            played.append(f"| {holder} | {told['judged']['lines']:,} | {told['refused']['lines']:,} | {took:.1f} | {floor:.1f} | {took / floor:.1f} |")
            aims.append(aim(f"rehearsal over {int(count):,} tickets, of a limit per {holder}, s", took, below=30))
        return [
            f"{options.persons:,} persons and vouchers, one client.", "",
            "| check of a voucher under | p50 ms | p99 ms | pgbench p50 | ratio | service CPU ms |", "| --- | --- | --- | --- | --- | --- |",
            *rows, "", "| limit per | lines judged | refused | s | psql reads them, s | ratio |", "| --- | --- | --- | --- | --- | --- |",
            *played, *aim_table(aims)]


HOLDER = {"person": "person_id", "household": "household_id", "voucher": "right_id", "structure": "structure_id"}
REHEARSED = """
    select u.holder, u.used_on, u.sale_id, u.position, u.units, u.cents, s.sold_at, s.number, t.code
    from uses u join sales s on s.id = u.sale_id join tills t on t.id = s.till_id order by 1, 2, 3, 4
"""


# Files of real machines, where somebody who works on Comptoir keeps them.
SAMPLES = running.ROOT.parent / "shared" / "data" / "hardware"


# Of the machines that are here, a third stand in a second shop and a fifth are in the workshop.
SECOND_SHOP = """
    set session_replication_role = replica;
    create temporary table moved as
    select d.id, n, (select id from shops where code = 'RX') as shop_id
    from generate_series(:first::bigint, :last::bigint) n join devices d on d.id = bench_id(11, n);
    update devices d set shop_id = m.shop_id from moved m where d.id = m.id and m.n > :last - :counted;
    update stays y set shop_id = m.shop_id from moved m where y.device_id = m.id and m.n > :last - :counted;
    delete from stays y using moved m where y.device_id = m.id and m.n < :first + :working;
    update waiting_devices w set on_shelf = false from moved m where w.device_id = m.id and m.n < :first + :working;
    vacuum analyze devices, stays, waiting_devices;
"""


def stock(options) -> list[str]:
    # A year's machines are here, more than an association of the whole country has at once; the others left.
    here = options.devices * 3 // 100
    sold, count = options.devices - here, here // 3
    with running.Service(options.binary) as service:
        bench = Bench(service, 1_000, sold, here)
        service.json("shop", "open", "RX", "--name", "Roubaix", "--address", "2 rue du Bois", "--postal-code", "59100",
                     "--city", "Roubaix", "--siret", "12345678200010")
        with tempfile.NamedTemporaryFile("w", suffix=".sql", dir="/tmp") as file:
            file.write(SECOND_SHOP)
            file.flush()
            os.chmod(file.name, 0o644)
            bench.counter.psql("-q", "-v", f"first={sold + 1}", "-v", f"last={sold + here}",
                               "-v", f"counted={count}", "-v", f"working={here // 5}", "-f", file.name)
        chance = random.Random(1)

        def listed(query: str) -> tuple[int, bytes]:
            return 0, bench.counter.http_request(0, "GET", f"/api/v1/devices?limit=50{query}")

        numbers = [chance.randint(1, options.devices) for _ in range(2_000)]
        kinds = {
            "the stock's list": [listed("")] * 2_000,
            "the list of the shelf": [listed("&stage=on_shelf")] * 2_000,
            "the list of the workshop": [listed("&stage=in_work")] * 2_000,
            "the list of what left": [listed("&stage=left")] * 2_000,
            "the list of what waits for a price": [listed("&stage=to_shelve")] * 200,
            "the board": [(0, bench.counter.http_request(0, "GET", "/api/v1/device-board"))] * 200,
            "find a machine by its label": [listed(f"&q={device_label(number)}") for number in numbers],
            "find a machine by its serial": [listed(f"&q=BE{number}") for number in numbers],
            "find machines by their model": [listed("&q=thinkpad+t430")] * 2_000,
            "find what is not there": [listed(f"&q=Fairphone+{number}") for number in numbers],
        }
        rows, aims = [], []
        for words, requests in kinds.items():
            try:
                bench.drive(requests[:20], 1, 2)
                measured = bench.drive(requests, 1, options.seconds)
            except RuntimeError as refused:
                raise RuntimeError(f"{words}: {refused}") from refused
            rows.append(f"| {words} | {measured['p50_us'] / 1000:.1f} | {measured['p99_us'] / 1000:.1f} | {measured['per_second']:,.0f} |")
            if not words.startswith(("the board", "the list of what waits")):
                aims.append(aim(f"{words}, p50 ms", measured["p50_us"] / 1000, below=50))
        scanned, applied = counted(bench, sold + here, count)
        return [f"{options.devices:,} machines, {sold:,} of them sold; one client.", "",
                "| what | p50 ms | p99 ms | a second |", "| --- | --- | --- | --- |", *rows,
                f"| scan a machine in a count of {count:,} | {scanned:.1f} | | {1000 / scanned:,.0f} |",
                *aim_table([*aims, aim(f"apply a count of {count:,} machines, s", applied, below=5)])]


def counted(bench: Bench, last: int, count: int) -> tuple[float, float]:
    """A whole shop counted, one in a hundred missing: milliseconds a scan, and the seconds that applying it took."""
    service = bench.service
    service.json("user", "add", "berthe", "--name", "Berthe", "--operator", "BER", "--role", "stock_manager")
    [shelf] = service.json("location", "add", "Réserve", "--shop", "RX")["codes"]
    code = service.json("count", "open", "--shop", "RX")["count"]["code"]
    wire = bench.counter.till(0)

    def scan(text: str) -> None:
        status, told = wire.send("POST", f"/api/v1/counts/{code}/scans", {"scanned": text}, {"Idempotency-Key": request_key()})
        if status != 201:
            raise RuntimeError(f"{text} was not counted: {told}")

    scan(shelf)
    present = [number for number in range(last - count + 1, last + 1) if number % 100]
    begun = time.monotonic()
    for number in present:
        scan(device_label(number))
    took = time.monotonic() - begun
    service.json("count", "close", code)
    begun = time.monotonic()
    told = service.json("count", "apply", code, "--as", "berthe")
    applied = time.monotonic() - begun
    if (told["lost"], told["placed"]) != (count - len(present), len(present)):
        raise RuntimeError(f"the count did something else: {told}")
    return took * 1000 / len(present), applied


def made_files(service: running.Service, folder: Path, count: int, mark: str) -> list[Path]:
    """As many files as asked, each a sample under a serial number of its own, which is told from none before."""
    samples = sorted(file for file in SAMPLES.rglob("*") if file.is_file())
    if not samples:
        raise SystemExit(f"no hardware files in {SAMPLES}")
    read = []
    for line in service.ask("import", "hardware", *map(str, samples), "--dry-run", "--json").stdout.splitlines():
        told = json.loads(line)
        serial = (told.get("device") or {}).get("serial")
        content = Path(told["file"]).read_bytes()
        if told["outcome"] == "new" and serial and serial.encode() in content:
            read.append((Path(told["file"]), content, serial.encode()))
    files = []
    for number in range(count):
        sample, content, serial = read[number % len(read)]
        file = folder / f"{mark}{number:04}{sample.suffix}"
        file.write_bytes(content.replace(serial, f"{mark}{number:04}X{number % 7}".encode()))
        files.append(file)
    return files


def imports(options) -> list[str]:
    rows, aims = [], []
    with running.Service(options.binary) as service, tempfile.TemporaryDirectory(dir=FOLDER) as place:
        service.set_up()
        service.start()
        files = made_files(service, Path(place), options.files, "BENCHA")
        size = sum(file.stat().st_size for file in files)
        say(f"{len(files)} files, {size / 1e6:.0f} MB")
        begun = time.monotonic()
        command = subprocess.Popen(
            [service.binary, "import", "hardware", *files, "--json"], env=service.environment, cwd=running.ROOT,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        outcomes = [json.loads(line)["outcome"] for line in command.stdout]
        _, status, used = os.wait4(command.pid, 0)
        took = time.monotonic() - begun
        command.returncode = os.waitstatus_to_exitcode(status)
        if outcomes != ["new"] * len(files):
            raise RuntimeError(f"not every file made a machine: { {o: outcomes.count(o) for o in set(outcomes)} }")
        rows.append(("the command line", took, used.ru_maxrss / 1024))

        files = made_files(service, Path(place), options.files, "BENCHB")
        token = service.json("station", "add", "Bench", "--shop", "LI")["token"]
        wires = threading.local()

        def send(file: Path) -> int:
            if not hasattr(wires, "wire"):
                wires.wire = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
            wires.wire.request("POST", f"/api/v1/stations/files?name={file.name}", file.read_bytes(), {
                "Authorization": f"Bearer {token}", "Content-Type": "application/octet-stream"})
            answer = wires.wire.getresponse()
            answer.read()
            return answer.status

        begun = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(4) as benches:
            statuses = list(benches.map(send, files))
        took = time.monotonic() - begun
        if statuses != [201] * len(files):
            raise RuntimeError(f"not every file made a machine: { {s: statuses.count(s) for s in set(statuses)} }")
        peak = int(Path(f"/proc/{service.process.pid}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
        rows.append(("a test bench, 4 connections", took, peak))
    for words, took, memory in rows:
        aims += [aim(f"{len(files):,} files by {words}, s", took, below=60),
                 aim(f"the most memory meanwhile, {words}, MB", memory, below=300)]
    return [f"{len(files):,} files of {size / len(files) / 1000:.0f} kB on average, each of another machine.", "",
            "| by | s | files/s | most memory MB |", "| --- | --- | --- | --- |",
            *(f"| {words} | {took:.1f} | {len(files) / took:.0f} | {memory:.0f} |" for words, took, memory in rows),
            *aim_table(aims)]


def aim(what: str, measured: float, most: float | None = None, least: float | None = None,
        below: float | None = None) -> str:
    """One line: what was aimed at, what was measured, and whether that is met."""
    if least is not None:
        is_met, wanted = measured >= least, f"at least {least:g}"
    elif most is not None:
        is_met, wanted = measured <= most, f"at most {most:g}"
    else:
        is_met, wanted = measured < below, f"below {below:g}"
    return f"| {what} | {wanted} | {measured:.2f} | {'met' if is_met else 'NOT MET'} |"


def aim_table(lines: list[str]) -> list[str]:
    return ["", "| aim | wanted | measured | |", "| --- | --- | --- | --- |", *lines]


def machine() -> str:
    processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line), "?")
    memory = int(open("/proc/meminfo").readline().split()[1]) // (1024 * 1024)
    return f"{date.today():%d %B %Y}: {os.cpu_count()} cores ({processor}), {memory} GB, everything on one machine, fsync on."


MEASURED = {"sale": sale, "history": history, "search": search, "rules": rules, "stock": stock, "import": imports}


def main() -> None:
    parser = argparse.ArgumentParser(prog="deploy/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", choices=[*MEASURED], help="all when absent")
    parser.add_argument("--seconds", type=float, default=10, help="how long each run lasts (10)")
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--history", type=int, default=10_000, help="sales behind, for `sale` (10,000)")
    parser.add_argument("--shelf", type=int, default=300_000, help="machines to sell")
    parser.add_argument("--long-history", type=int, default=1_000_000, help="sales behind, for `history` (1,000,000)")
    parser.add_argument("--devices", type=int, default=1_000_000, help="machines, for `stock` (1,000,000)")
    parser.add_argument("--files", type=int, default=1_000, help="hardware files, for `import` (1,000)")
    parser.add_argument("--binary", type=Path, default=RELEASE, help="another build, to try the bench itself")
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    lines = [machine()]
    for what in options.what or MEASURED:
        lines += ["", *MEASURED[what](options)]
        (FOLDER / "table.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
