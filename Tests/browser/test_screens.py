"""Every screen there is, in both languages and at both sizes: nothing for axe to find, nothing wider than the screen.

The pages are read from the sources' tables of routes, so that a new page without a visit here fails.
"""

import datetime
import re
import tempfile
from pathlib import Path

import pytest

import photos
import running
import vault

PASSWORD = "comptoir-demo"
REPORT = "/reports/equipment-of-finishers"
AS_OF = "programme=lille&as-of=2022-12-05"

# What is no page: for machines, or for other pages.
MACHINES = {"/healthz", "/openapi.json", "/assets/**", "/sessions/{session}/sheets/{sheet}",
            "/hand-overs/{ticket}/sheets/{sheet}", "/passport/{token}/pictures/{id}"}


def pages() -> set[str]:
    found = set()
    for path in sorted((running.ROOT / "Sources" / "Till").rglob("*.swift")):
        for route in re.findall(r'Route\(\s*\.get,\s*"?([^",]+?)"?,', path.read_text()):
            route = route.replace(r"\(ReportLinks.path)", REPORT).replace("ReportLinks.path", REPORT)
            if not route.startswith("/api/") and not route.endswith((".csv", ".xlsx", ".pdf", ".ics", ".zpl")):
                found.add(route)
    # A prescriber's pages are no reader's of a shop: test_portal.py looks at them.
    return {page for page in found - MACHINES if page.split("/")[1] != "portal"}


@pytest.fixture(scope="module")
def lille():
    with running.Service() as service:
        service.demo = service.json("demo")["demonstration"]
        service.environment["COMPTOIR_PASSWORD"] = PASSWORD
        service.start()
        voucher, device = service.demo["vouchers"][0]["code"], service.demo["devices"][0]
        service.command("drawer", "open", "--float", "10000", "--till", "LI1")
        service.sold = service.json("sell", "--voucher", voucher, "--device", device["label"], "--till", "LI1",
                                    "--pay", f"cash={device['price']}")["number"]
        service.given = service.json("gift", "--voucher", service.demo["vouchers"][1]["code"], "--recharge", "mouse",
                                     "--programme", "lille-suite", "--till", "LI1")["number"]
        put_picture(service, device["label"])
        yield service


def put_picture(lille, label: str) -> None:
    """On a machine’s page and on its passport."""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(photos.jpeg())
        file.flush()
        picture = lille.json("device", "picture", "add", label, file.name, "--caption", "fault")["picture"]["id"]
    lille.command("device", "picture", "show", label, picture)


def private_lot(lille) -> dict:
    """A lot that a private person gave, whose identity is kept apart."""
    donor = lille.json("donor", "add", "Ana Lima", "--kind", "person")["donor"]["id"]
    batch = lille.json("batch", "promise", donor)["batch"]["code"]
    lille.environment["COMPTOIR_SELLER"] = "Ana Lima|3 rue de Lille, Lille|passport|12AB34567|2020-05-04|Préfecture du Nord"
    return lille.json("batch", "receive", batch, "laptop=1", "--seller")


def moved(lille) -> tuple[str, str]:
    """A transfer on its way and a count under way."""
    counts = [row["code"] for row in lille.json("count", "list")["items"]]
    if counts:
        return lille.json("transfer", "list")["items"][0]["code"], counts[0]
    lille.json("shop", "open", "TO", "--name", "Tourcoing", "--address", "3 rue de Lille", "--postal-code", "59200",
               "--city", "Tourcoing", "--siret", "12345678200010")
    slip = lille.json("transfer", "send", lille.demo["devices"][3]["label"], "--to", "TO", "--shop", "LI", "--product", "mouse=1")
    counted = lille.json("count", "open", "--shop", "LI")
    return slip["transfer"]["code"], counted["count"]["code"]


def located(lille) -> list[str]:
    """A shelf on which a machine lies, and an empty one."""
    known = lille.json("location", "list", "--shop", "LI")["items"]
    if known:
        return [place["code"] for place in sorted(known, key=lambda place: place["code"])]
    codes = lille.json("location", "add", "Réserve", "A1", "A2", "--shop", "LI")["codes"]
    lille.json("location", "put", codes[0], lille.demo["devices"][8]["label"])
    return codes


def ordered(lille) -> str:
    """An order that is late, of which some came."""
    placed = [row["code"] for row in lille.json("order", "list", "--stage", "late")["items"]]
    if not placed:
        day = (running.today() - datetime.timedelta(days=3)).isoformat()
        placed = [lille.json("order", "place", "mouse=10", "bag=2", "--supplier", "Grossiste", "--on", day,
                             "--reference", "BC-17", "--shop", "LI")["order"]["code"]]
        lille.command("order", "receive", placed[0], "mouse=4")
        lille.command("product", "threshold", "headset", "--units", "5", "--shop", "LI")
    return placed[0]


def cases(lille) -> list[dict]:
    """Cases of the machine that was sold: one handed back, and one that waits for its diagnosis."""
    label = lille.demo["devices"][0]["label"]
    opened = [case["code"] for case in lille.json("after-sales", "list", "--state", "all")["items"]]
    if not opened:
        first = lille.json("after-sales", "open", label, "no_power", "--till", "LI1")["case"]["code"]
        lille.command("after-sales", "diagnose", first, "2-3-2")
        lille.command("after-sales", "repair", first, "--work", "Alimentation changée")
        lille.command("after-sales", "hand-back", first)
        opened = [lille.json("after-sales", "open", label, "other")["case"]["code"], first]
    return opened


def codes(lille, folder) -> dict[str, str]:
    """A batch of recharge codes that is on sale, one that waits, and a ticket with a code."""
    batches = [row["code"] for row in lille.json("recharge", "list")["items"]]
    if not batches:
        vault.furnish(lille)
        vault.declare(lille)
        on_sale = vault.take_in(lille, vault.file(folder, range(5)), 5)
        lille.command("recharge", "approve", on_sale, "--as", "espace")
        batches = [vault.take_in(lille, vault.file(folder, range(5, 9), "more.csv"), 4), on_sale]
        lille.command("sell", "--voucher", lille.demo["vouchers"][0]["code"], "--product", vault.PRODUCT, "--pay", "cash=500",
                      "--till", "LI1")
    tickets = [row["number"] for row in lille.json("receipt", "list", "--limit", "200")["items"]]
    sold = next(number for number in tickets if lille.json("recharge", "codes", number)["items"])
    return {"waiting": batches[0], "batch": batches[1], "ticket": sold}


def passport(lille) -> str:
    device = lille.demo["devices"][0]["label"]
    return f"/passport/{lille.json('passport', 'show', device)['token']}"


def visits(lille) -> dict[str, list[str]]:
    """For each page, by its address in the table of routes, the addresses at which it is seen."""
    demo = lille.demo
    structure = lille.json("structure", "list")["items"][0]["id"]
    code = demo["vouchers"][1]["code"]
    session = lille.json("course", "show", demo["run"])["sessions"][0]["id"]
    visit = lille.json("visit", "list")["items"][0]["id"]
    appointment = lille.json("appointment", "list")["items"][0]["id"]
    lot = lille.json("batch", "list", "--stage", "received")["items"][0]
    seller = private_lot(lille)
    slip, counted = moved(lille)
    shelf, empty, *_ = located(lille)
    waiting, done = cases(lille)
    order = ordered(lille)
    sold = codes(lille, Path(lille.environment["COMPTOIR_DATA"]))
    somebodys = next(device["label"] for device in lille.json("device", "list", "--stage", "left", "--limit", "200")["items"]
                     if device["exit"] in ("sale", "gift") and "after_sales" not in device)
    tomorrow = (running.today() + datetime.timedelta(days=1)).isoformat()
    return {
        "/": ["/"],
        "/till": ["/till"],
        "/receipts": ["/receipts", "/receipts?day=2022-12-01"],
        "/receipts/{code}": [f"/receipts/{lille.sold}"],
        "/closings/{till}/{drawer}": ["/closings/LI1/1"],
        "/closings": ["/closings", "/closings?period=month"],
        "/periods/{till}/{period}/{day}": ["/periods/LI1/day/2022-11-19", "/periods/LI1/month/2022-11-30"],
        "/runs": ["/runs"],
        "/runs/new": ["/runs/new"],
        "/runs/week": ["/runs/week", "/runs/week?from=2022-09-20"],
        "/runs/{code}": [f"/runs/{demo['run']}"],
        "/attestations/{code}": [f"/attestations/{demo['attestations'][0]['code']}"],
        "/questionnaires": ["/questionnaires", f"/questionnaires?moment=end&run={demo['run']}"],
        "/questionnaires/{enrolment}/{moment}": [
            f"/questionnaires/{lille.json('questionnaire', 'due', '--moment', 'end')['items'][0]['enrolment']}/{moment}"
            for moment in ("end", "entry")],
        "/questionnaires/results": ["/questionnaires/results?moment=end&programme=lille"],
        "/questionnaires/versions": ["/questionnaires/versions"],
        "/runs/{code}/questionnaires/{moment}": [f"/runs/{demo['run']}/questionnaires/end"],
        "/sessions/{session}/sheet": [f"/sessions/{session}/sheet"],
        "/transfers": ["/transfers", "/transfers?stage=ended"],
        "/transfers/new": ["/transfers/new?shop=LI"],
        "/transfers/{code}": [f"/transfers/{slip}"],
        "/transfers/{code}/slip": [f"/transfers/{slip}/slip"],
        "/counts": ["/counts"],
        "/locations": ["/locations"],
        "/locations/labels": ["/locations/labels?shop=LI"],
        "/locations/{code}": [f"/locations/{shelf}", f"/locations/{empty}"],
        "/counts/{code}": [f"/counts/{counted}"],
        "/after-sales": ["/after-sales", "/after-sales?state=handed_back"],
        "/after-sales/new": [f"/after-sales/new?label={somebodys}"],
        "/after-sales/{code}": [f"/after-sales/{waiting}", f"/after-sales/{waiting}?answers=3-2", f"/after-sales/{done}"],
        "/after-sales/{code}/slip": [f"/after-sales/{done}/slip"],
        "/batches": ["/batches", "/batches?stage=promised"],
        "/batches/new": [f"/batches/new?donor={lot['donor']}"],
        "/batches/{code}": [f"/batches/{lot['code']}", f"/batches/{seller['batch']}"],
        "/batches/{code}/labels": [f"/batches/{lot['code']}/labels"],
        "/donors": ["/donors", "/donors?q=nobody+at+all"],
        "/donors/new": ["/donors/new"],
        "/donors/{id}": [f"/donors/{lot['donor']}"],
        "/register": ["/register", "/register?day=2020-01-01"],
        "/register/{shop}/{ordinal}": [f"/register/LI/{seller['ordinal']}"],
        "/devices": ["/devices", f"/devices?batch={lot['code']}", "/devices?q=nothing+of+the+kind"],
        "/devices/new": ["/devices/new"],
        "/devices/{label}": [f"/devices/{demo['devices'][place]['label']}" for place in (0, 1, 8)],
        "/stations": ["/stations"],
        "/stations/{code}": [f"/stations/{lille.json('station', 'add', 'Banc 1', '--shop', 'LI')['code']}"],
        "/waiting-files": ["/waiting-files"],
        "/devices/{label}/passport": [f"/devices/{demo['devices'][place]['label']}/passport" for place in (0, 8)],
        "/devices/{label}/label": [f"/devices/{demo['devices'][0]['label']}/label"],
        "/passport/{token}": [passport(lille)],
        "/passport/{token}/{label}": [f"{passport(lille)}/{demo['devices'][0]['label']}"],
        "/style": ["/style"],
        "/sign-in": ["/sign-in"],
        "/persons": ["/persons"],
        "/persons/new": ["/persons/new"],
        "/persons/{code}": [f"/persons/{demo['vouchers'][0]['person']}"],
        "/persons/{code}/merge": [
            f"/persons/{demo['vouchers'][0]['person']}/merge?with={demo['vouchers'][1]['person']}"],
        "/privacy": ["/privacy"],
        "/kits": ["/kits", "/kits?kind=laptop"],
        "/recharges": ["/recharges", "/recharges?stage=rejected"],
        "/recharges/import": ["/recharges/import?shop=LI"],
        "/recharges/formats": ["/recharges/formats"],
        "/recharges/day": ["/recharges/day", "/recharges/day?on=2020-01-01"],
        "/recharges/{code}": [f"/recharges/{sold['batch']}", f"/recharges/{sold['waiting']}"],
        "/receipts/{code}/codes": [f"/receipts/{sold['ticket']}/codes"],
        "/orders": ["/orders", "/orders?stage=late"],
        "/orders/new": ["/orders/new?shop=LI"],
        "/orders/{code}": [f"/orders/{order}"],
        "/products": ["/products", "/products?low=yes"],
        "/devices/board": ["/devices/board"],
        "/inspection-lists": ["/inspection-lists"],
        "/inspection-lists/{kind}": ["/inspection-lists/laptop"],
        "/grading": ["/grading", "/grading?q=nothing+of+the+kind"],
        "/grade-prices": ["/grade-prices"],
        "/help-desk": ["/help-desk", f"/help-desk?day={tomorrow}"],
        "/help-desk/print": ["/help-desk/print"],
        "/help-desk/codes": ["/help-desk/codes", "/help-desk/codes?change=theme.email"],
        "/help-desk/visits/new": ["/help-desk/visits/new", f"/help-desk/visits/new?appointment={appointment}"],
        "/help-desk/visits/{visit}": [f"/help-desk/visits/{visit}"],
        "/help-desk/appointments/new": ["/help-desk/appointments/new"],
        "/help-desk/appointments/{appointment}": [f"/help-desk/appointments/{appointment}"],
        "/quotas": ["/quotas", "/quotas?change=computer-per-household"],
        "/quotas/returns": ["/quotas/returns"],
        "/quotas/rehearsal": ["/quotas/rehearsal?code=trial&starts_on=2100-01-01&category=equipment&holder=person"
                              "&months=12&units=0&from=2022-06-01"],
        "/hand-overs": ["/hand-overs", "/hand-overs?state=done"],
        "/hand-overs/{ticket}": [f"/hand-overs/{lille.given}", f"/hand-overs/{lille.given}?language=en"],
        "/hand-over-terms": ["/hand-over-terms"],
        "/overrides": ["/overrides", "/overrides?state=used"],
        "/motives": ["/motives", "/motives?change=parent"],
        "/reports": ["/reports"],
        REPORT: [f"{REPORT}?{AS_OF}", f"{REPORT}?programme=lille-suite"],
        f"{REPORT}/rows": [f"{REPORT}/rows?{AS_OF}&figure=finished"],
        "/structures": ["/structures"],
        "/structures/new": ["/structures/new"],
        "/structures/import": ["/structures/import"],
        "/structures/{id}": [f"/structures/{structure}"],
        "/account": ["/account"],
        "/settings": ["/settings"],
        "/workplace": ["/workplace?next=/devices"],
        "/tills/{code}": ["/tills/LI1"],
        "/scanner": ["/scanner"],
        "/users/{login}": ["/users/vente", "/users/admin"],
        "/vouchers": ["/vouchers"],
        "/vouchers/new": ["/vouchers/new"],
        "/vouchers/{code}": [f"/vouchers/{code}", f"/vouchers/{demo['vouchers'][2]['code']}"],
        "/vouchers/{code}/print": [f"/vouchers/{code}/print"],
    }


def test_each_page_has_a_visit(lille):
    assert pages() == set(visits(lille)), "a page that nobody visits, or a visit to no page"


def sign_in(page, lille, language):
    page.goto(f"{lille.url}/sign-in")
    page.fill("#login", "admin")
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(lille.url + "/")
    if page.get_attribute("html", "lang") != language:
        page.click(f".languages button[value={language}]")
        page.wait_for_selector(f"html[lang={language}]")
    answer = page.context.request.post(
        lille.url + "/api/v1/sign-ins/till", data={"till": "LI1"},
        headers={"X-CSRF-Token": page.get_attribute("meta[name=csrf]", "content")})
    assert answer.ok, answer.text()


SIZES = {"screen": (1280, 800), "telephone": (390, 844)}


@pytest.fixture(params=[(language, size) for language in ("fr", "en") for size in SIZES],
                ids=lambda chosen: "-".join(chosen))
def screen(request, open_page, lille, axe, look, no_sideways_scroll):
    """A page of one language and size, signed in; `seen(name)` looks at it as it stands."""
    language, size = request.param
    page = open_page(*SIZES[size], locale={"fr": "fr-FR", "en": "en-GB"}[language])
    page.language = language

    def seen(name):
        assert page.get_attribute("html", "lang") == language
        axe(page)
        no_sideways_scroll(page)
        look(page, f"screens-{language}-{size}-{name}")

    page.seen = seen
    return page


def named(address: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "home"


def test_every_page_is_readable_and_fits(screen, lille):
    screen.goto(lille.url + "/sign-in")
    screen.seen("sign-in")
    sign_in(screen, lille, screen.language)
    for addresses in visits(lille).values():
        for place, address in enumerate(addresses):
            if address == "/sign-in":
                continue
            answer = screen.goto(lille.url + address)
            assert answer.status == 200, f"{address}: {answer.status}"
            if address == "/till":
                screen.wait_for_selector("[data-offer]")
            # Forms and corrections stand folded; what a closed dialog holds is tried where it opens.
            for summary in screen.locator("main summary:visible").element_handles():
                summary.click()
            screen.seen(named(address.split("?")[0]) + (f"-{place + 1}" if place else ""))


@pytest.mark.refusals
def test_every_refusal_page_is_readable_and_fits(screen, lille):
    sign_in(screen, lille, screen.language)
    for name, address in (("unknown", "/nowhere"), ("unknown-voucher", "/vouchers/400000000000"),
                          ("unreadable-receipt", "/receipts/x")):
        answer = screen.goto(lille.url + address)
        assert answer.status in (400, 404), answer.status
        for part in ("h1", ".refusal-why", ".refusal-now", ".refusal-reference"):
            assert screen.inner_text(part).strip()
        screen.seen(f"refusal-{name}")


def scan(page, code):
    page.keyboard.type(code)
    page.keyboard.press("Enter")


@pytest.mark.refusals
def test_the_till_in_every_state_is_readable_and_fits(screen, lille):
    sign_in(screen, lille, screen.language)
    screen.goto(lille.url + "/till")
    screen.wait_for_selector("[data-offer]")

    def dialog(name, opens):
        opens()
        screen.wait_for_selector(f"#{name}-dialog[open]")
        screen.seen(f"till-{name}")
        screen.keyboard.press("Escape")
        screen.wait_for_selector(f"#{name}-dialog:not([open])", state="attached")

    dialog("find", lambda: screen.keyboard.press("F2"))
    dialog("menu", lambda: screen.keyboard.press("F4"))
    scan(screen, "LIPC26-9999")
    screen.wait_for_selector("#refusal .refusal")
    screen.seen("till-refused")
    screen.keyboard.press("Escape")
    scan(screen, lille.demo["vouchers"][2]["code"])  # lapsed
    screen.wait_for_selector("#refusal .refusal, #who .person-name")
    screen.seen("till-lapsed")
    screen.goto(lille.url + "/till")
    screen.wait_for_selector("[data-offer]")
    scan(screen, lille.demo["vouchers"][1]["code"])
    screen.wait_for_selector(".person-name")
    screen.locator("[data-offer]:not([disabled])").first.click()
    screen.wait_for_selector("body[data-ticket=open]")
    screen.seen("till-ticket")
    dialog("ask", lambda: screen.keyboard.press("F9"))
    dialog("gift", lambda: screen.locator("#pay-gift").click())
    screen.evaluate("sessionStorage.clear(), localStorage.clear()")
    screen.on("dialog", lambda leaving: leaving.accept())
    screen.goto(lille.url + "/till")
    screen.wait_for_selector("[data-offer]")
    dialog("refund", lambda: scan(screen, lille.sold))
    screen.context.set_offline(True)
    scan(screen, lille.demo["vouchers"][1]["code"])
    screen.wait_for_selector("#refusal .refusal")
    screen.seen("till-offline")
    screen.context.set_offline(False)
