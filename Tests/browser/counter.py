"""A shop ready to sell, made by the command line as an association makes it: one shop, one till, two
sellers, a structure that signs, recharges on the price list. Vouchers and machines are made as a test
asks for them, each its own, so that no test depends on another."""

import uuid
import itertools

import pytest

import running

PASSWORD = "une phrase que personne ne devine 7"
PIN = "482915"
RECHARGE_CENTS = 500
LAPTOP_CENTS = 9_900


class Counter:
    def __init__(self, service: running.Service):
        self.service = service
        self.numbers = itertools.count(1)

    def prepare(self) -> "Counter":
        self.service.environment |= {"COMPTOIR_PASSWORD": PASSWORD, "COMPTOIR_PIN": PIN}
        run = self.service.command
        run("setup", "--association", "Le Comptoir solidaire", "--siret", "73282932000074",
            "--shop-code", "LI", "--shop-name", "Lille Fives", "--address", "12 rue de l’Exemple",
            "--postal-code", "59000", "--city", "Lille", "--admin-login", "ada", "--admin-name", "Ada")
        for login, operator in (("lina", "LINA"), ("karim", "KARIM")):
            run("user", "add", login, "--name", login.capitalize(), "--operator", operator,
                "--role", "volunteer_seller")
            run("user", "pin", login)
        self.badge = self.service.json("user", "badge", "karim")["badge"]
        run("structure", "create", "CCAS de Fives", "--kind", "ccas")
        # The price list that every installation begins with; what is counted has to be there too.
        for code in ("recharge-5", "bag"):
            run("product", "receive", code, "--units", "900")
        today = running.today()
        run("programme", "create", "lille", "--name", "Parents connectés", "--territory", "Lille",
            "--from", f"{today.year}-01-01", "--to", f"{today.year}-12-31")
        return self

    def voucher(self, **options: str) -> str:
        """A new family's voucher, for equipment and connection; its printed code."""
        return self.voucher_for("equipment", "connection", **options)

    def voucher_for(self, *services: str, **options: str) -> str:
        number = next(self.numbers)
        words = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        made = self.service.json(
            "voucher", "record", "--structure", "CCAS de Fives", "--prescriber", "Dominique Martin",
            "--new-person", f"Amina/Famille{number}", "--somebody-else", "--household-size", "3",
            *[word for service in services for word in ("--service", service)],
            "--signed-on", running.today().isoformat(), "--signature-seen", *words,
        )
        return made["code"].replace(" ", "")

    def laptop(self, shelved: bool = True) -> str:
        """A machine on the shelf at 99 €, inspected and erased; its label."""
        label = self.service.json(
            "device", "take-in", "--kind", "laptop", "--maker", "HP", "--model", "EliteBook 840 G3",
            "--disk", f"ssd:256:SN{next(self.numbers)}",
        )["label"]
        self.service.command("device", "inspect", label)
        if shelved:
            self.service.command(
                "device", "erase", label, "--method", "secure_erase", "--level", "purge", "--tool", "nwipe")
            self.service.command("device", "grade", label, "--mark", "3000", "--memory", "4")
            self.service.command("kit", "check", label)
            self.service.command("device", "shelve", label, "--grade", "b", "--price", "99,00")
        return label

    def sign_in(self, page, login: str = "lina") -> dict:
        """Signs in on the page's browser and puts it at the till; gives the headers of its writes."""
        ask = page.context.request
        answer = ask.post(
            self.service.url + "/api/v1/sign-ins", data={"login": login, "password": PASSWORD})
        assert answer.ok, answer.text()
        headers = {"X-CSRF-Token": answer.json()["csrf"]}
        answer = ask.post(self.service.url + "/api/v1/sign-ins/till", data={"till": "LI1"}, headers=headers)
        assert answer.ok, answer.text()
        return headers

    def drawer(self, page) -> dict:
        return page.context.request.get(self.service.url + "/api/v1/drawer").json()

    def have_drawer(self, page, headers: dict, open_: bool) -> None:
        """Opens or closes the drawer, whatever the test before left."""
        ask, url = page.context.request, self.service.url + "/api/v1/drawers"
        headers = headers | {"Idempotency-Key": str(uuid.uuid4())}
        now = self.drawer(page)
        if open_ and not now["open"]:
            answer = ask.post(url, data={"float_cents": 10_000}, headers=headers)
            assert answer.ok, answer.text()
        elif now["open"] and not open_:
            counted = {f"counted_{means}_cents": now[f"expected_{means}_cents"] for means in ("cash", "card", "cheque")}
            answer = ask.post(f"{url}/current/closing", data=counted, headers=headers)
            assert answer.ok, answer.text()

    def sold(self, page, number: str) -> dict:
        """A ticket as the service has it, by its printed number."""
        scan = page.context.request.get(f"{self.service.url}/api/v1/scan/{number}").json()
        return page.context.request.get(f"{self.service.url}/api/v1/sales/{scan['sale_id']}").json()["sale"]


@pytest.fixture(scope="session")
def counter():
    with running.Service() as service:
        counter = Counter(service).prepare()
        service.start()
        yield counter
