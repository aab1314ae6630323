"""A gift is handed over in one act: the person reads, signs on the screen, and one sealed document says what they received
(P14, X15, X8)."""

import json
import re

import pytest

import running
from counter import PASSWORD, Counter
from desk import number, ready, state
from hands import Hands
from paper import facts, printed, sizes

UKRAINIAN = [
    "Усе, що тут записано, — ваше. Платити не треба.", "Це для вас і вашої родини.", "Техніка вже була у вжитку.",
    "Є гарантія до дати на чеку.", "Це не на продаж.", "Якщо не працює, принесіть сюди.", "Є питання? Приходьте.",
    "Ви підписуєте, що все отримали.",
]


class Gifts(Counter):
    """A shop, a course that a parent finished, and a second person beside the seller."""

    def prepare(self):
        super().prepare()
        run, today = self.service.command, running.today().isoformat()
        run("user", "add", "rosa", "--name", "Rosa", "--operator", "ROSA", "--role", "volunteer_seller")
        run("course", "create", "court", "--name", "Parcours parents", "--module", "basic:60:Clavier")
        run("course", "mobilise", "R-DON", "--course", "court", "--programme", "lille", "--structure", "CCAS de Fives",
            "--shop", "LI", "--facilitator", "ada", "--from", today)
        self.session = self.service.json("course", "hold", "R-DON", "--module", "1", "--on", today, "--minutes", "60")["id"]
        return self

    def parent(self, language: str = "fr") -> tuple[str, str]:
        """Somebody who finished the course: their reference and the attestation’s code."""
        family = f"Parent{next(self.numbers)}"
        person = self.service.json("person", "create", family, "--given-name", "Olena",
                                   "--language", language, "--somebody-else")["code"]
        self.service.command("course", "enrol", "R-DON", person)
        self.service.command("course", "attend", self.session, f"{person}=60")
        done = self.service.json("course", "complete", "R-DON", "--person", person)
        return person, re.search(r"\b\d{13}\b", json.dumps(done))[0]

    def numbered(self, serial: str) -> str:
        label = self.service.json("device", "take-in", "--kind", "laptop", "--maker", "HP", "--model", "EliteBook 840",
                                  "--serial", serial, "--disk", f"ssd:256:{serial}")["label"]
        run = self.service.command
        run("device", "inspect", label)
        run("device", "erase", label, "--method", "secure_erase", "--level", "purge", "--tool", "nwipe")
        run("device", "grade", label, "--mark", "3000", "--memory", "4")
        run("kit", "check", label)
        run("device", "shelve", label, "--grade", "b", "--price", "99,00")
        return label

    def give(self, *lines: str) -> str:
        """A gift by the command line; its number."""
        return self.service.json("gift", "--voucher", self.voucher(), *lines, "--programme", "lille")["number"]

    def act(self, ticket: str) -> dict:
        return self.service.json("hand-over", "show", ticket)


@pytest.fixture(scope="module")
def gifts():
    with running.Service() as service:
        gifts = Gifts(service).prepare()
        service.start()
        yield gifts


@pytest.fixture
def seller(gifts, page):
    """Lina at her till, the drawer open."""
    headers = gifts.sign_in(page)
    gifts.have_drawer(page, headers, open_=True)
    return page


def draw(page, touch: bool = False) -> None:
    """Two strokes across the box."""
    page.locator("svg.pad").scroll_into_view_if_needed()
    box = page.locator("svg.pad").bounding_box()

    def at(x, y):
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y

    if touch:
        session = page.context.new_cdp_session(page)
        for stroke in ([(0.1, 0.7), (0.3, 0.3), (0.4, 0.8)], [(0.5, 0.5), (0.8, 0.4)]):
            for place, point in enumerate(stroke):
                x, y = at(*point)
                session.send("Input.dispatchTouchEvent", {
                    "type": "touchMove" if place else "touchStart", "touchPoints": [{"x": x, "y": y}]})
            session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        return
    for stroke in ([(0.1, 0.7), (0.3, 0.3), (0.4, 0.8)], [(0.5, 0.5), (0.8, 0.4)]):
        page.mouse.move(*at(*stroke[0]))
        page.mouse.down()
        for point in stroke[1:]:
            page.mouse.move(*at(*point), steps=6)
        page.mouse.up()


def sign_on_screen(page) -> None:
    page.click("form[data-pad] .primary")
    page.wait_for_url("**?done=signed")


def test_a_parent_who_finished_signs_once_for_two_items(seller, gifts, hands, tmp_path, axe, look, no_sideways_scroll):
    """From the attestation that is scanned to the document that names it."""
    person, attestation = gifts.parent()
    label = gifts.numbered("SERIE-4711")
    ready(gifts, seller, hands)
    hands.scan(attestation)
    seller.wait_for_selector(".person-name")
    hands.scan(label)
    state(seller, "open")
    seller.locator("[data-offer=bag]").click()
    hands.tap(seller.locator("#pay-gift"))
    seller.wait_for_selector("#gift-dialog[open]")
    hands.press("Enter")
    state(seller, "done")
    ticket = number(seller)
    look(seller, "hand-over-till")
    seller.click("#done-sign")
    seller.wait_for_url(f"**/hand-overs/{ticket}")
    said = seller.inner_text("main")
    for words in ("SERIE-4711", label, "À signer", person, "Parents connectés", "C’est pour vous et pour votre famille"):
        assert words in said, words
    axe(seller)
    no_sideways_scroll(seller)
    look(seller, "hand-over")
    # Opening the page records nothing.
    assert "signed" not in gifts.act(ticket)["handed_over"]
    draw(seller)
    assert seller.input_value("input[name=strokes]").count("M") == 2
    seller.click("[data-clear]")
    assert seller.input_value("input[name=strokes]") == ""
    draw(seller)
    look(seller, "hand-over-drawn")
    sign_on_screen(seller)
    assert "L’acte est enregistré" in seller.inner_text("main")
    assert not seller.locator("form[data-pad]").count()
    axe(seller)
    look(seller, "hand-over-signed")
    with seller.expect_download() as saved:
        seller.click("a[href$='/act.pdf']")
    document = tmp_path / "acte.pdf"
    saved.value.save_as(document)
    read = printed(document)
    for words in ("Acte d’attribution", "Olena Parent", person, "SERIE-4711", label, "Sacoche", ticket, "Parents connectés",
                  "attestation de parcours", "Signé à l’écran", "LINA"):
        assert words in read, words
    assert attestation in re.sub(r"[\s-]", "", read)
    assert (facts(document)["Pages"], facts(document)["Tagged"]) == ("1", "yes")
    assert sizes(document.read_bytes()) == [(595, 842)]
    signed = gifts.act(ticket)["handed_over"]["signed"]
    assert (signed["way"], signed["by"]) == ("screen", "LINA")
    assert gifts.service.json("verify")["ok"]
    # The machine is that parent’s in the report, by its act and by no guess.
    report = gifts.service.json("report", "equipment-of-finishers", "--programme", "lille")
    [machine] = [machine for parent in report["rows"] if parent["person"] == person for machine in parent["equipment"]]
    assert (machine["device"], machine["receipt"], machine["handed_over_on"]) == (label, ticket, running.today().isoformat())
    # The receipt leads to its act.
    seller.goto(f"{gifts.service.url}/receipts/{ticket}")
    seller.click("#hand-over")
    seller.wait_for_url(f"**/hand-overs/{ticket}")


@pytest.mark.refusals
def test_a_refusal_needs_a_second_person(seller, gifts, axe, look):
    ticket = gifts.give("--device", gifts.laptop())
    seller.goto(f"{gifts.service.url}/hand-overs/{ticket}")

    def witness(login, password):
        if not seller.is_visible("#witness-login"):
            seller.click("summary:has-text('ne veut pas signer')")
        seller.fill("#witness-login", login)
        seller.fill("#witness-password", password)
        seller.click("#refused-to-sign")

    witness("lina", PASSWORD)
    seller.wait_for_selector(".refusal:has-text('votre propre témoin')")
    axe(seller)
    look(seller, "hand-over-refused")
    witness("rosa", "pas la bonne du tout")
    seller.wait_for_selector(".refusal:has-text('mot de passe')")
    assert "signed" not in gifts.act(ticket)["handed_over"]
    witness("rosa", PASSWORD)
    seller.wait_for_url("**?done=signed")
    signed = gifts.act(ticket)["handed_over"]["signed"]
    assert (signed["way"], signed["by"], signed["witness"]) == ("refused", "LINA", "ROSA")
    assert "ROSA" in seller.inner_text("main")
    look(seller, "hand-over-witnessed")


@pytest.mark.refusals
def test_an_empty_box_is_no_signature_and_what_came_back_is_not_signed(seller, gifts):
    ticket = gifts.give("--device", gifts.laptop())
    seller.goto(f"{gifts.service.url}/hand-overs/{ticket}")
    seller.click("form[data-pad] .primary")
    seller.wait_for_selector(".refusal:has-text('Il n’y a pas de signature')")
    draw(seller)
    gifts.service.command("refund", ticket, "--reason", "other")
    seller.click("form[data-pad] .primary")
    seller.wait_for_selector(".refusal:has-text('a été rendu')")
    assert "Tout a été rendu" in seller.inner_text("main")
    assert not seller.locator("form[data-pad]").count()


def test_signed_on_paper_and_scanned_by_keys_alone(seller, gifts, hands, tmp_path, axe):
    ticket = gifts.give("--device", gifts.laptop())
    seller.goto(f"{gifts.service.url}/hand-overs/{ticket}")
    with seller.expect_download() as saved:
        seller.focus("a[href*='/paper.pdf']")
        hands.press("Enter")
    blank = tmp_path / "a-signer.pdf"
    saved.value.save_as(blank)
    assert "Signature de la personne" in printed(blank)
    seller.focus("#original-seen")
    hands.press("Space")
    seller.focus("#signed-on-paper")
    hands.press("Enter")
    seller.wait_for_url("**?done=signed")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(blank.read_bytes())
    seller.set_input_files("#sheet-file", scan)
    seller.click("[data-sheet] button")
    seller.wait_for_selector("a[href*='/sheets/']")
    axe(seller)
    assert len(gifts.act(ticket)["handed_over"]["signed"]["sheets"]) == 1


def test_the_terms_in_the_persons_language_on_a_telephone(gifts, open_page, tmp_path, axe, look, no_sideways_scroll):
    page = open_page(390, 844, is_mobile=True, has_touch=True)
    gifts.sign_in(page, "ada")
    page.goto(f"{gifts.service.url}/hand-over-terms")
    for summary in page.locator("main summary").all():
        summary.click()
    axe(page)
    no_sideways_scroll(page)
    look(page, "hand-over-terms-telephone")
    page.select_option("#language", "uk")
    page.fill("#sentences", "\n".join(UKRAINIAN))
    page.click("#add button.primary")
    page.wait_for_url("**?done=added")
    person, _ = gifts.parent("uk")
    headers = gifts.sign_in(page)
    gifts.have_drawer(page, headers, open_=True)
    ticket = gifts.service.json("gift", "--person", person, "--device", gifts.laptop(), "--programme", "lille")["number"]
    page.goto(f"{gifts.service.url}/hand-overs?state=waiting")
    axe(page)
    no_sideways_scroll(page)
    look(page, "hand-overs-telephone")
    page.click(f"a:has-text('{ticket}')")
    page.wait_for_selector("svg.pad")
    assert UKRAINIAN[0] in page.inner_text(".terms [lang=uk]")
    axe(page)
    no_sideways_scroll(page)
    draw(page, touch=True)
    assert page.input_value("input[name=strokes]").count("M") == 2
    look(page, "hand-over-telephone")
    sign_on_screen(page)
    document = tmp_path / "acte.pdf"
    gifts.service.command("hand-over", "pdf", ticket, "--to", str(document))
    read = printed(document)
    assert UKRAINIAN[1] in read and "C’est pour vous" in read
    assert facts(document)["Pages"] == "1"


def test_a_page_that_is_opened_a_hundred_times_signs_nothing(seller, gifts):
    ticket = gifts.give("--device", gifts.laptop())
    for path in ("", "/paper.pdf", "?done=signed", "?way=paper"):
        answer = seller.context.request.get(f"{gifts.service.url}/hand-overs/{ticket}{path}")
        assert answer.status == 200, path
    assert "signed" not in gifts.act(ticket)["handed_over"]
