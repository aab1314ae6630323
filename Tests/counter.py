"""Twenty tills at work: an installation with the fixtures of bench/fixtures.sql, sellers signed in, drawers open.

The fault tests and the bench sell here as a till does, through the JSON that the till's page speaks.
"""

import http.client
import json
import os
import subprocess
import threading
import time
from pathlib import Path

import running
from till import Till

FIXTURES = running.ROOT / "Tests" / "bench" / "fixtures.sql"
TILLS = 20
PRICE_CENTS = 14900


def bench_id(kind: int, number: int) -> str:
    """The id that fixtures.sql gave the n-th of a kind."""
    return f"0190c0de-00{kind:02}-7000-8000-{number:012}"


def request_key() -> str:
    """A UUIDv7: the till makes one with the first line of a ticket."""
    random = os.urandom(10)
    value = int(time.time() * 1000).to_bytes(6, "big") + bytes(
        [0x70 | random[0] & 15, random[1], 0x80 | random[2] & 63]) + random[3:]
    text = value.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def voucher_code(number: int) -> str:
    digits = f"9{number:010}"
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits))]
    return digits + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def device_label(number: int) -> str:
    return f"ZZPC{number // 90000:02}-{number % 90000 + 10000}"


class Counter:
    def __init__(self, service: running.Service, persons: int, history: int, shelf: int, head: int = 0):
        """Loads the fixtures into the running service's database; fixtures.sql says what the numbers are."""
        self.service, self.history = service, history
        self.socket = _socket_folder(service.data)
        self.psql("-q", "-v", f"persons={persons}", "-v", f"history={history}", "-v", f"shelf={shelf}",
                  "-v", f"head={head}", "-f", str(FIXTURES))
        self._headers: list[dict[str, str]] = []
        self._here = threading.local()

    # The database, as its owner would look at it

    def psql(self, *arguments: str) -> str:
        command = ["psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", *arguments]
        environment = os.environ | self.database_environment()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd="/")
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}\n{done.stderr}")
        return done.stdout.strip()

    def database_environment(self, role: str = "postgres") -> dict[str, str]:
        return {"PGHOST": str(self.socket), "PGUSER": role, "PGDATABASE": "comptoir",
                "PGOPTIONS": "-c search_path=comptoir,extensions"}

    def query(self, sql: str) -> list[list[str]]:
        text = self.psql("-F", "\t", "-c", sql)
        return [line.split("\t") for line in text.splitlines()]

    # The till, as its page speaks to it

    def open_tills(self, count: int) -> None:
        """Signs a seller in at the first tills, and opens their drawers."""
        for number in range(1, count + 1):
            till = Till(self.service, "admin", f"BE{number}")
            self._headers.append(till.headers)
            status, answer = till.post("/api/v1/drawers", {"float_cents": 5000}, {"Idempotency-Key": request_key()})
            if status >= 300:
                raise RuntimeError(f"the drawer of till {number} did not open: {status} {answer}")

    def till(self, number: int) -> "Connection":
        """This thread's own connection as the till of that number."""
        kept = self._here.__dict__
        if number not in kept:
            kept[number] = Connection(self.service.port, self._headers[number])
        return kept[number]

    def http_request(self, till: int, method: str, path: str, body: dict | None = None) -> bytes:
        """The bytes of a whole request, for load.c."""
        content = b"" if body is None else json.dumps(body).encode()
        head = {"Host": f"127.0.0.1:{self.service.port}", **self._headers[till]}
        if body is not None:
            head |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + content

    def sell_request(self, number: int, key: str) -> dict:
        """One sale of a PC: the number-th voucher, and the number-th machine of those on the shelf."""
        return {
            "key": key,
            "voucher": voucher_code(number),
            "lines": [{"device": device_label(self.history + number)}],
            "payments": [{"means": "cash", "amount_cents": PRICE_CENTS}],
        }


def _socket_folder(data: Path) -> Path:
    [pid_file] = data.rglob("postmaster.pid")
    return Path(pid_file.read_text().splitlines()[4])


class Connection:
    """One till's connection to the service, kept open."""

    def __init__(self, port: int, headers: dict[str, str]):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = headers

    def send(self, method: str, path: str, body: dict | None = None,
             headers: dict[str, str] | None = None) -> tuple[int, dict]:
        """Status and answer; throws what the network throws, and the next call connects anew."""
        try:
            self.http.request(method, path, json.dumps(body) if body is not None else None,
                              self.headers | {"Content-Type": "application/json"} | (headers or {}))
            answer = self.http.getresponse()
            text = answer.read()
            return answer.status, json.loads(text or b"{}")
        except (OSError, http.client.HTTPException):
            self.http.close()
            raise
