"""A till as a program speaks to it: signed in, its drawer open, over a connection of its own."""

import http.client
import json
import uuid


class Till:
    def __init__(self, service, login: str = "lina", till: str = "LI1", password: str | None = None):
        self.service, password = service, password or service.environment["COMPTOIR_PASSWORD"]
        self.headers: dict[str, str] = {}
        status, answer, sent = self._ask("POST", "/api/v1/sign-ins", {"login": login, "password": password})
        assert status == 201 or status == 200, answer
        self.headers = {"Cookie": "; ".join(cookie.split(";")[0] for cookie in sent), "X-CSRF-Token": answer["csrf"]}
        status, answer = self.post("/api/v1/sign-ins/till", {"till": till})
        assert status < 300, answer

    def have_drawer_open(self) -> "Till":
        status, now = self.get("/api/v1/drawer")
        assert status == 200, now
        if not now["open"]:
            status, answer = self.post("/api/v1/drawers", {"float_cents": 10_000}, {"Idempotency-Key": str(uuid.uuid4())})
            assert status < 300, answer
        return self

    def get(self, path: str):
        return self._ask("GET", path)[:2]

    def post(self, path: str, body, headers: dict[str, str] | None = None, seconds: float = 60):
        return self._ask("POST", path, body, headers, seconds)[:2]

    def page(self, path: str, form: bytes) -> tuple[int, str]:
        """Sends a form as a browser does; gives the page that answers."""
        wire = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
        try:
            wire.request("POST", path, form, {
                "Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html",
                "Cookie": self.headers["Cookie"]})
            answer = wire.getresponse()
            return answer.status, answer.read().decode()
        finally:
            wire.close()

    def sell(self, key: str, voucher: str, label: str, cents: int = 9_900):
        return self.post("/api/v1/sales", sale(key, voucher, label, cents))

    def _ask(self, method: str, path: str, body=None, headers: dict[str, str] | None = None,
             seconds: float = 60):
        wire = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=seconds)
        try:
            content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            wire.request(method, path, content, {
                "Content-Type": "application/json", "Accept": "application/json", **self.headers, **(headers or {})})
            answer = wire.getresponse()
            text = answer.read()
            return answer.status, json.loads(text or b"{}"), answer.headers.get_all("Set-Cookie") or []
        finally:
            wire.close()


def sale(key: str, voucher: str, label: str, cents: int = 9_900) -> dict:
    return {"key": key, "voucher": voucher, "lines": [{"device": label}],
            "payments": [{"means": "cash", "amount_cents": cents}]}

