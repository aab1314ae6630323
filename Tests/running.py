"""Comptoir, running: the service as a process of its own, with a data folder of its own.

The browser tests, the fault tests and the bench all start it here. It listens on a free loopback
port, keeps its private PostgreSQL under a temporary folder, and is ended by its process id.
"""

import contextlib
import datetime
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
PARIS = ZoneInfo("Europe/Paris")


def today() -> datetime.date:
    """The shop's day: between midnight in Paris and midnight elsewhere, another one than the machine's."""
    return datetime.datetime.now(PARIS).date()


class Refused(Exception):
    """A command that did not end with 0: its exit status, and what it said."""

    def __init__(self, arguments, status, out, err):
        super().__init__(f"comptoir {' '.join(arguments)} ended with {status}\n{out}{err}")
        self.status, self.out, self.err = status, out, err


def need_programs(*names: str, packages: str) -> None:
    """Skips the test where a program is missing; where everything should be there (CI), fails it instead."""
    missing = [name for name in names if shutil.which(name) is None]
    if not missing:
        return
    import pytest  # here, since the bench runs without it

    words = f"{', '.join(missing)} not installed (Debian: {packages})"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Service:
    def __init__(self, binary: Path | None = None, settings: dict[str, str] | None = None):
        self.binary = binary or ROOT / ".build" / "debug" / "comptoir"
        # A short path, since a socket's may have 107 bytes; and one that the `postgres` user may
        # cross, who runs the database when we are root.
        self.folder = Path(tempfile.mkdtemp(prefix="c.", dir="/tmp"))
        self.folder.chmod(0o711)
        self.data = self.folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings_file = self.folder / "settings"
        settings_file.touch()  # empty: no setting of this machine's own installation reaches a test
        kept = {k: v for k, v in os.environ.items() if not k.startswith("COMPTOIR_")}
        self.environment = kept | {
            "COMPTOIR_SETTINGS": str(settings_file),
            "COMPTOIR_DATA": str(self.data),
            "COMPTOIR_PORT": str(self.port),
            "COMPTOIR_BIND": "127.0.0.1",
            **(settings or {}),
        }
        self.process: subprocess.Popen | None = None
        self.log = self.folder / "service.log"
        self.first_answer_seconds = 0.0

    def ask(self, *arguments: str, seconds: float = 120, **settings: str) -> subprocess.CompletedProcess:
        """Runs one command, whatever its exit status; `settings` are further variables of its environment."""
        return subprocess.run(
            [self.binary, *arguments],
            env=self.environment | settings, cwd=ROOT, capture_output=True, text=True, timeout=seconds,
            stdin=subprocess.DEVNULL,
        )

    def command(self, *arguments: str, seconds: float = 120) -> str:
        """Runs one command and gives its standard output; throws `Refused` unless it ends with 0."""
        done = self.ask(*arguments, seconds=seconds)
        if done.returncode != 0:
            raise Refused(arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def set_up(self) -> None:
        """A real installation at Lille, with the domain's defaults and one administrator."""
        self.environment["COMPTOIR_PASSWORD"] = "un mot de passe de caisse"
        self.command(
            "setup", "--association", "Association d’essai", "--siret", "12345678200010",
            "--shop-code", "LI", "--shop-name", "Espace de Lille", "--address", "1 rue de la Gare",
            "--postal-code", "59000", "--city", "Lille",
            "--admin-login", "admin", "--admin-name", "Camille Essai",
        )

    def json(self, *arguments: str):
        return json.loads(self.command(*arguments, "--json"))

    def start(self, seconds: float = 90) -> "Service":
        """Returns once the service answers, or raises with its log."""
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "serve"], env=self.environment, cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - begun > seconds:
                raise RuntimeError(f"the service did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.005)
        self.first_answer_seconds = time.monotonic() - begun
        return self

    @contextlib.contextmanager
    def at_work(self):
        """Served for the while, so that each command finds the database running."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/healthz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def stop(self, with_signal: int = signal.SIGTERM, seconds: float = 60) -> int:
        """Ends the service and waits for it; gives its exit status (negative: the signal's number)."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise RuntimeError(f"the service did not stop:\n{self.log.read_text()[-4000:]}") from None
        self.process = None
        return status

    def kill(self) -> None:
        """As a power cut of the service alone: nothing of its own runs any more."""
        self.stop(signal.SIGKILL)

    def remove(self) -> None:
        """Ends what still runs, the database included, and clears the folder."""
        try:
            self.stop()
        finally:
            self._end_orphan()
            shutil.rmtree(self.folder, ignore_errors=True)

    def database_process(self) -> int | None:
        """The process id of the private PostgreSQL, where it runs."""
        for file in self.data.rglob("postmaster.pid"):
            pid = int(file.read_text().split()[0])
            if Path(f"/proc/{pid}").exists():
                return pid
        return None

    def _end_orphan(self) -> None:
        # A test that killed the service leaves its database running, to be adopted. Nobody will.
        pid = self.database_process() if self.data.exists() else None
        if pid is not None:
            os.kill(pid, signal.SIGINT)
            for _ in range(200):
                if not Path(f"/proc/{pid}").exists():
                    return
                time.sleep(0.05)

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_) -> None:
        self.remove()
