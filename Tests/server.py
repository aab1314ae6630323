"""A PostgreSQL server of the user's own, and a cable to it that can be cut.

`OwnServer` is a real cluster on a free loopback port, with passwords (SCRAM) and a socket folder of its own: what an
association's own server is to Comptoir. `Cable` lies between the service and a server, and breaks where a test says.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import running

PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[4]), default=Path("/usr/bin"))


class OwnServer:
    PASSWORD = "un mot de passe de propriétaire"

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="p.", dir="/tmp"))
        self.data, self.sockets = self.folder / "data", self.folder / "sockets"
        self.sockets.mkdir()
        # PostgreSQL refuses to run as root: it runs as the `postgres` user there.
        self.prefix = []
        if os.geteuid() == 0:
            self.prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            for folder in (self.folder, self.sockets):
                shutil.chown(folder, "postgres", "postgres")
        self.port = running.free_port()
        password = self.folder / "password"
        password.write_text(self.PASSWORD + "\n")
        password.chmod(0o644)
        self.run("initdb", "--pgdata", self.data, "--username", "postgres", "--pwfile", password, "--encoding", "UTF8",
                 "--locale", "C.UTF-8", "--auth", "scram-sha-256", "--no-sync")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"""
                listen_addresses = '127.0.0.1'
                port = {self.port}
                unix_socket_directories = '{self.sockets}'
            """)
        self.log = self.folder / "server.log"
        self.process: subprocess.Popen | None = None
        self.start()

    def run(self, program: str, *arguments, **options) -> str:
        done = subprocess.run([*self.prefix, PROGRAMS / program, *map(str, arguments)], capture_output=True, text=True,
                              cwd="/", timeout=120, **options)
        assert done.returncode == 0, f"{program} {arguments}: {done.stderr}"
        return done.stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*self.prefix, PROGRAMS / "postgres", "-D", self.data], cwd="/",
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(1200):
            ready = subprocess.run([PROGRAMS / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False)
            if ready.returncode == 0:
                return
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()  # waits for nobody's session: see remove
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.send_signal(2)  # ends every session
                self.process.wait(20)
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "OwnServer":
        return self

    def __exit__(self, *_) -> None:
        self.remove()

    def url(self, user: str = "postgres", database: str = "comptoir", port: int | None = None, hosts: str = "",
            options: str = "") -> str:
        """A way in by password; `hosts` overrides the one host and port."""
        secret = self.PASSWORD.replace(" ", "%20").replace("é", "%C3%A9")
        return f"postgres://{user}:{secret}@{hosts or f'127.0.0.1:{port or self.port}'}/{database}{options}"

    def sql(self, text: str, database: str = "comptoir", user: str = "postgres") -> str:
        done = subprocess.run(
            ["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(user, database), "-f", "-"],
            input=text, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def prepare(self) -> None:
        """What an administrator does once: a database, an owner who may make roles, a service that may sign in."""
        secret = self.PASSWORD
        self.sql(f"""
            create role comptoir_keeper login createrole password '{secret}';
            create database comptoir owner comptoir_keeper;
            create role comptoir_app login noinherit password '{secret}';
        """, database="postgres")
        # Whoever may grant a role to others: its administrator (from PostgreSQL 16 on a member with that right).
        version = int(self.sql("show server_version_num", database="postgres"))
        if version >= 160000:
            self.sql("grant comptoir_app to comptoir_keeper with admin option", database="postgres")


class Cable:
    """A TCP proxy to a server. `cut(where, key)` arms it: the connection over which that request's key goes breaks.

    `begun`      the first answer is lost, however often one tries: commit was never sent
    `committing` what follows the first answer never arrives, once: commit was sent into nothing
    `committed`  the answer to commit is lost, once: it holds, and nobody was told
    """

    def __init__(self, port: int):
        self.to, self.where, self.key, self.cuts = port, "", b"", 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, where: str, key: str) -> None:
        self.where, self.key, self.cuts = where, key.encode(), 0

    def mend(self) -> None:
        self.where = ""

    def __enter__(self) -> "Cable":
        return self

    def __exit__(self, *_) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                service, _ = self.listener.accept()
            except OSError:
                return
            line = _Line(self, service, socket.create_connection(("127.0.0.1", self.to)))
            for work in (line.ask, line.answer):
                threading.Thread(target=work, daemon=True).start()


class _Line:
    """One connection of the service, in both directions."""

    def __init__(self, cable: Cable, service: socket.socket, server: socket.socket):
        self.cable, self.service, self.server = cable, service, server
        self.is_asked = self.is_answered = False  # the armed request's first trip

    def ask(self) -> None:
        while data := self._read(self.service):
            if self.is_answered and self.cable.where == "committing":
                self.cable.mend()
                return self._cut()
            if self.cable.where and self.cable.key in data:
                self.is_asked = True
            self._send(self.server, data)
        self._hang_up()

    def answer(self) -> None:
        while data := self._read(self.server):
            if self.is_asked:
                self.is_answered = True
                if self.cable.where == "begun":
                    return self._cut()
                if self.cable.where == "committed" and b"COMMIT\0" in data:
                    self.cable.mend()
                    return self._cut()
            self._send(self.service, data)
        self._hang_up()

    def _cut(self) -> None:
        self.cable.cuts += 1
        self._hang_up()

    def _read(self, end: socket.socket) -> bytes:
        try:
            return end.recv(1 << 20)
        except OSError:
            return b""

    def _send(self, end: socket.socket, data: bytes) -> None:
        try:
            end.sendall(data)
        except OSError:
            pass

    def _hang_up(self) -> None:
        for end in (self.service, self.server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
