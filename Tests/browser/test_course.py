"""The course from the grid to the attestation, and the report, as those who lead and those who count see them."""

import datetime
import re

import openpyxl
import pytest

import running
from paper import printed, sizes

PASSWORD = "comptoir-demo"
REPORT = "/reports/equipment-of-finishers?programme=lille&as-of=2022-12-05"


def demonstration():
    with running.Service() as service:
        service.demo = service.json("demo")["demonstration"]
        yield service.start()


@pytest.fixture(scope="module")
def lille():
    yield from demonstration()


@pytest.fixture
def fresh_lille():
    """For a test that finishes a course: what it does is done once, and a second try begins anew."""
    yield from demonstration()


def sign_in(page, lille, login, path):
    page.goto(f"{lille.url}/sign-in?next={path}")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(f"{lille.url}{path}")


def rows(page) -> int:
    return page.locator("main tbody tr").count()


def presence(page, number: int, value: str):
    """The choice of a row of the grid."""
    return page.locator(".presences").nth(number).locator(f"input[value={value}]")


def test_attendance_is_one_tap_a_person_and_a_correction_keeps_what_stood(page, lille, axe):
    run = lille.demo["run"]
    sign_in(page, lille, "parcours", f"/runs/{run}")
    page.click("text=Noter une séance déjà faite")
    assert page.locator(".presences").count() == 4
    assert all(presence(page, number, "seen").is_checked() for number in range(4))
    axe(page)
    presence(page, 1, "noshow").click()
    page.click("text=Enregistrer la séance")
    page.wait_for_url("**?done=session*")
    assert "Séance enregistrée" in page.inner_text("main")
    written = lille.json("course", "show", run)
    assert len(written["sessions"]) == 8
    assert sorted(parent["minutes"][-1] for parent in written["parents"]) == [0, 130, 130, 130]
    page.locator(".tabs a", has_text=f"{running.today():%d/%m/%Y}").click()
    presence(page, 1, "late").click()
    page.keyboard.type("85")
    page.click("text=Corriger les présences")
    page.wait_for_url("**done=attendance*")
    corrected = lille.json("course", "show", run)
    assert sorted(parent["minutes"][-1] for parent in corrected["parents"]) == [45, 130, 130, 130]
    assert {parent["statuses"][-1] for parent in corrected["parents"]} == {"seen"}


def test_the_grid_is_walked_with_the_keyboard(page, lille):
    sign_in(page, lille, "parcours", f"/runs/{lille.demo['run']}?session=new")
    presence(page, 0, "seen").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")
    assert presence(page, 1, "noshow").is_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("r")
    page.keyboard.type("60")
    assert presence(page, 2, "late").is_checked()
    assert page.locator(".minutes").nth(2).input_value() == "60"
    assert presence(page, 0, "seen").is_checked()


def test_a_class_is_certified_in_one_act_and_an_exception_needs_its_motive(
        page, fresh_lille, axe, look, no_sideways_scroll):
    lille = fresh_lille
    run = lille.demo["run"]
    sign_in(page, lille, "parcours", f"/runs/{run}")
    before = page.locator("a.tag.done").count()
    page.click("summary:has-text('Attester 1 parcours achevé')")
    assert "Seul un responsable retire" in page.inner_text("#parents details.question")
    page.click("text=Oui, remettre 1 attestation")
    page.wait_for_url("**?done=completed*")
    assert page.locator("a.tag.done").count() == before + 1
    assert page.locator("#parents details.question").count() == 0, "nobody is left to certify, and it is still asked"
    page.click("text=Attester sans atteindre la règle")
    motive = page.locator("[name^=motive-certify-]")
    assert motive.evaluate("field => field.required")
    motive.fill("Hospitalisée, a tout repris chez elle")
    axe(page)
    with page.expect_navigation():  # to the same address as before
        page.click("details.more[open] button")
    assert "Hospitalisée" in page.inner_text("main")
    look(page, "run")
    no_sideways_scroll(page)
    page.locator("a.tag.done").first.click()
    page.wait_for_url("**/attestations/*")
    axe(page)
    look(page, "attestation")
    code = page.url.rsplit("/", 1)[-1]
    proved = lille.json("course", "attestation", code)
    assert proved["run"] == run and proved["modules_counted"] >= 4
    assert sizes(page.pdf(prefer_css_page_size=True)) == [(595, 842)], "an attestation is one A4 sheet"
    page.emulate_media(media="print")
    printed = page.inner_text("main")
    assert "Fait à Lille" in printed and "Signature" in printed
    assert printed.count(" ".join([code[:4], code[4:8]])[:9]) <= 1
    assert page.locator(".crumb").is_hidden()
    smallest = page.evaluate("Math.min(...[...document.querySelectorAll('.attestation *')].filter(node => node.innerText)"
                             ".map(node => parseFloat(getComputedStyle(node).fontSize)))")
    assert smallest >= 16, f"12 pt are 16 px, not {smallest}"


def test_who_is_enrolled_by_mistake_leaves_the_list_with_a_motive_and_may_come_back(page, lille, axe, look):
    run = lille.demo["run"]
    sign_in(page, lille, "parcours", f"/runs/{run}")

    def enrol():
        page.fill("#q", "de smet")
        page.click("#parents >> text=Rechercher")
        page.click("button:has-text('Inscrire Rachida de Smet')")
        page.wait_for_url("**?done=enrolled*")

    before = page.locator(".presences").count()
    enrol()
    assert page.locator(".presences").count() == before + 1
    row = page.locator(".people tr", has_text="Rachida de Smet")
    row.locator("summary:has-text('Désinscrire')").click()
    row.locator("[name^=motive-withdraw-]").fill("Inscrite par erreur")
    axe(page)
    look(page, "run-withdraw")
    row.locator("button.danger").click()
    page.wait_for_url("**?done=withdrawn*")
    assert page.locator(".presences").count() == before
    enrol()
    lille.command("course", "withdraw", run, person(lille, run), "--motive", "Inscrite par erreur")


def person(lille, run) -> str:
    """The one who was enrolled last and never came."""
    return next(parent["person"] for parent in lille.json("course", "show", run)["parents"]
                if not any(parent["minutes"]))


@pytest.mark.refusals
def test_a_run_is_opened_with_what_is_proposed_in_a_programme_of_its_day(page, lille, axe, look):
    sign_in(page, lille, "parcours", "/runs/new")
    assert re.fullmatch(r"LI-20\d\d-\d\d", page.input_value("#code"))
    page.fill("#starts_on", "2031-01-06")
    page.click("button[name=redate]")
    page.wait_for_selector("text=Aucun programme")
    axe(page)
    look(page, "run-new-no-programme")
    page.fill("#starts_on", "2022-11-07")
    page.click("button[name=redate]")
    page.wait_for_selector("#programme")
    assert "Lille" in page.inner_text("#programme")
    page.fill("#structure", "i")
    page.click("main button.primary")
    page.wait_for_selector(".refusal")
    assert "Plusieurs structures" in page.inner_text(".refusal")
    page.fill("#structure", "itineraires")
    page.fill("#code", "LI-2022-90")
    axe(page)
    look(page, "run-new")
    page.keyboard.press("Enter")
    page.wait_for_url("**/runs/LI-2022-90?done=created")


@pytest.mark.refusals
def test_what_is_refused_is_told_on_the_run_itself(page, lille):
    run = lille.demo["run"]
    sign_in(page, lille, "parcours", f"/runs/{run}")
    presence(page, 0, "late").click()
    page.locator(".minutes").first.fill("999")
    page.click("text=Corriger les présences")
    page.wait_for_selector(".refusal")
    assert run in page.inner_text("h1")
    page.fill("#q", "zq")
    page.click("#parents >> text=Rechercher")
    page.wait_for_selector(".refusal")
    assert "zq" not in page.url


def test_a_parent_is_found_and_enrolled_without_a_name_in_the_address(page, lille, axe):
    run = lille.demo["run"]
    sign_in(page, lille, "parcours", f"/runs/{run}")
    page.fill("#q", "de smet")
    page.click("#parents >> text=Rechercher")
    page.wait_for_selector("text=Rachida de Smet")
    assert "smet" not in page.url.lower()
    axe(page)
    before = page.locator(".presences").count()
    page.click("button:has-text('Inscrire Rachida de Smet')")
    page.wait_for_url("**?done=enrolled*")
    assert page.locator(".presences").count() == before + 1


def test_every_figure_opens_exactly_its_rows(page, lille, axe):
    sign_in(page, lille, "bilans", "/reports")
    page.goto(lille.url + REPORT)
    figures = page.eval_on_selector_all(
        "a[href*='/rows?']",
        "links => links.map(link => [link.href, (link.querySelector('.figure-value') ?? link).innerText.trim()])",
    )
    assert len(figures) > 200
    for address, value in figures:
        if "h" in value:
            continue
        opened = page.request.get(address).text()
        if "€" in value:
            sums = re.findall(r'class="number">([^<]*)€', opened)
            assert sum(cents(amount) for amount in sums) == cents(value), f"{address} adds up to something else"
        else:
            found = opened.count('<th scope="row">')
            assert found == int(value), f"{address} opens {found} rows, not {value}"
    page.goto(figures[0][0])
    axe(page)


def cents(amount):
    return int(re.sub(r"[^0-9]", "", amount))


def test_the_chart_is_of_the_axis_in_view_and_its_table_stands_below(page, lille, axe):
    sign_in(page, lille, "bilans", "/reports")
    page.goto(lille.url + REPORT)
    page.click(".tabs a:has-text('Par type d’appareil')")
    page.wait_for_url("**&by=device_type")
    assert "Par type d’appareil" in page.inner_text("section:has(canvas) + section h2")
    axe(page)


def test_a_workbook_holds_amounts_as_numbers_and_days_as_dates(page, lille, tmp_path):
    sign_in(page, lille, "bilans", "/reports")
    page.goto(lille.url + REPORT)
    with page.expect_download() as kept:
        page.click("text=Classeur (XLSX)")
    assert kept.value.suggested_filename == "equipment-of-finishers-lille-2022-12-05.xlsx"
    kept.value.save_as(tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Chiffres", "Parcours", "Structure partenaire", "Quartier", "Type d’appareil", "Lignes"]
    whole = [cell.value for cell in book["Chiffres"][2]]
    assert whole == ["Ensemble", None, 34, 34, 22, 1, 1, 0, 21, 0, 1, 90, 0, "DÉMONSTRATION"]
    assert "€" in book["Chiffres"].cell(2, 12).number_format
    rows = list(book["Lignes"].iter_rows(values_only=True))
    assert len(rows) == 35 and all(isinstance(row[4], datetime.datetime) for row in rows[1:])


def test_the_report_shows_the_article_s_figures_and_names_nobody(page, lille, axe, look):
    sign_in(page, lille, "bilans", "/reports")
    page.goto(lille.url + REPORT)
    page.wait_for_function("window.Chart && document.querySelector('canvas').width > 300")
    shown = page.eval_on_selector_all(".figure-value", "values => values.map(value => value.innerText)")
    assert shown[:3] == ["34", "34", "22"] and "9" in shown
    assert "15\u00a0h\u00a030 / 16\u00a0h\u00a030" in page.inner_text("main")
    axe(page)
    look(page, "report")
    page.click("a.figure:has-text('Équipés')")
    page.wait_for_url("**/rows?*")
    text = page.inner_text("main")
    assert "LIPC22-0001" in text and re.search(r"P-[2-9BCDFGHJKLNPRSTVX]{6}", text)
    assert "Smet" not in text and "Rachida" not in text
    told = lille.json("report", "equipment-of-finishers", "--programme", "lille", "--as-of", "2022-12-05")
    assert told["totals"]["enrolled"] == 34 and told["runs_started"] == 9
    run = next(run for run in told["by_run"] if run["structure"] == "Association Itinéraires")
    assert run["totals"]["enrolled"] == 9 and run["delivered_minutes"] == 930


def test_a_table_to_keep_opens_in_a_french_spreadsheet(page, lille):
    sign_in(page, lille, "bilans", "/reports")
    page.goto(lille.url + REPORT)
    with page.expect_download() as kept:
        page.click("text=Chiffres (CSV)")
    assert kept.value.suggested_filename == "equipment-of-finishers-figures-lille-2022-12-05.csv"
    data = open(kept.value.path(), "rb").read()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[1].startswith("Ensemble;;34;34;22;1;1;0;21;0;1;90,00;0,00")
    assert all(line.count(";") == 13 for line in lines if line)


@pytest.mark.parametrize("login", ["vente", "parcours", "bilans", "admin"])
def test_the_first_page_leads_only_where_one_may_go(page, lille, axe, look, login):
    sign_in(page, lille, login, "/")
    links = page.eval_on_selector_all("main a", "links => links.map(link => link.href)")
    assert links
    for link in sorted(set(links)):
        assert page.goto(link).status == 200, f"{login} may not open {link}"
    page.goto(lille.url)
    axe(page)
    look(page, f"home-{login}")


def test_a_seller_says_once_at_which_till_they_are(page, lille, axe, look):
    sign_in(page, lille, "vente", "/")
    axe(page)
    look(page, "home-which-till")
    page.goto(lille.url + "/till")
    page.click("button:has-text('LI2')")
    page.wait_for_url(lille.url + "/till")
    page.goto(lille.url)
    assert page.locator("button:has-text('LI2')").count() == 0


@pytest.mark.parametrize("width", [1280, 1024, 390])
def test_no_table_of_the_report_scrolls_sideways(open_page, lille, look, axe, no_sideways_scroll, width):
    page = open_page(width, 844)
    sign_in(page, lille, "bilans", "/reports")
    page.goto(lille.url + REPORT)
    for table in page.locator("table.by-axis").all():
        box, panel = table.bounding_box(), table.locator("xpath=..").bounding_box()
        assert box["width"] <= panel["width"], "wider than its panel"
        assert table.locator("xpath=..").evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    no_sideways_scroll(page)
    axe(page)
    look(page, f"report-{width}")


def test_the_report_prints_whole(page, lille, tmp_path):
    sign_in(page, lille, "bilans", "/reports")
    page.goto(lille.url + REPORT)
    page.wait_for_function("window.Chart && document.querySelector('canvas').width > 300")
    charted = page.evaluate("JSON.parse(document.querySelector('canvas').dataset.chart).labels")
    columns = page.locator("table.by-axis").first.locator("thead th").all_inner_texts()
    page.emulate_media(media="print")
    beside = page.locator("section:has(canvas) + section tbody th").all_inner_texts()
    assert len(charted) == len(beside) and all(name.startswith(label) for name, label in zip(beside, charted))
    for gone in (".frame", ".filters", ".page-actions", ".crumb"):
        assert page.locator(gone).first.is_hidden(), f"{gone} is no paper's"
    pdf = tmp_path / "report.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    assert set(sizes(pdf.read_bytes())) == {(842, 595)}, "A4 on its side"
    words = set(printed(pdf).split())
    for column in columns + beside:
        assert set(column.split()) <= words, f"{column} is not on paper"
    # Nothing reaches over the edge of the sheet: 273 mm between its margins.
    page.set_viewport_size({"width": round(273 / 25.4 * 96), "height": 700})
    wide = page.evaluate("[...document.querySelectorAll('main *')].filter(node => node.getBoundingClientRect().right > innerWidth + 1).map(node => node.outerHTML.slice(0, 90))")
    assert wide == []


def test_on_a_telephone_a_presence_covers_no_minutes(phone, lille, look):
    sign_in(phone, lille, "parcours", f"/runs/{lille.demo['run']}")
    presence(phone, 0, "late").click()
    boxes = [box.bounding_box() for box in phone.locator(".presences").first.locator("span:visible, .minutes").all()]
    for one, box in enumerate(boxes):
        for other in boxes[one + 1:]:
            assert (box["x"] + box["width"] <= other["x"] or other["x"] + other["width"] <= box["x"]
                    or box["y"] + box["height"] <= other["y"] or other["y"] + other["height"] <= box["y"]), "they overlap"
    look(phone, "run-telephone")
