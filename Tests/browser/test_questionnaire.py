"""Questionnaires: a facilitator opens the list, enters a sheet by keyboard alone, and the results change."""

import time

import pytest

import paper
import running

PASSWORD = "comptoir-demo"


@pytest.fixture(scope="module")
def course():
    """A demonstration in which a run has just begun."""
    with running.Service() as service:
        demo = service.json("demo")["demonstration"]
        service.environment["COMPTOIR_PASSWORD"] = PASSWORD
        service.start()
        structure = service.json("structure", "list")["items"][0]["id"]
        service.run = "LI-NOUVEAU"
        service.json("course", "mobilise", service.run, "--course", "parents", "--programme", demo["programmes"][-1],
                     "--structure", structure, "--shop", "LI", "--facilitator", "parcours",
                     "--from", running.today().isoformat())
        people = [paper["person"] for paper in demo["vouchers"]]
        people += [item["code"] for item in service.json("person", "search", "ma")["items"]]
        for person in dict.fromkeys(people):
            if len(service.json("questionnaire", "due")["items"]) < 6:
                service.ask("course", "enrol", service.run, person, "--json")
        yield service


def sign_in(page, service, login):
    page.goto(f"{service.url}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(service.url + "/")


def answered(service, run):
    told = service.json("questionnaire", "results", "--moment", "entry", "--run", run)
    use = next(part for part in told["questions"] if part["question"] == "use")
    return told["answered"], {cell["value"]: cell["persons"] for cell in use["answers"]}


def test_a_sheet_is_entered_by_keyboard_alone_and_the_results_change(page, course, axe, look, no_sideways_scroll):
    due = course.json("questionnaire", "due", "--moment", "entry")["items"]
    assert due, "nobody is due in the demonstration"
    run = due[0]["run"]
    count, before = answered(course, run)
    sign_in(page, course, "parcours")
    page.goto(f"{course.url}/runs/{run}")
    here = len([item for item in due if item["run"] == run])
    link = page.locator("a", has_text="à remplir").first
    assert str(here) in link.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questionnaires?moment=entry&run=*")
    axe(page)
    no_sideways_scroll(page)
    look(page, "questionnaire-due")
    page.locator("tbody a.button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-questionnaire]")
    axe(page)
    no_sideways_scroll(page)
    look(page, "questionnaire-entry")

    began = time.monotonic()
    for keys in ("12", "1", "1", "2", "3", "2", "4", "36"):
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-save]')")
    chosen = page.evaluate("[...new FormData(document.querySelector('[data-questionnaire]'))]"
                           ".filter(([name, value]) => name.startsWith('q-') && value).map(pair => pair.join('='))")
    assert chosen == ["q-equipment=computer", "q-equipment=smartphone", "q-connection=box", "q-use=daily",
                      "q-autonomy=partial", "q-confidence_email=3", "q-confidence_procedures=2",
                      "q-confidence_school=4", "q-themes=email", "q-themes=scolarite_et_numerique"]
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.done")
    assert time.monotonic() - began < 30
    after, counts = answered(course, run)
    assert after == count + 1 and counts["daily"] == before["daily"] + 1
    page.goto(f"{course.url}/questionnaires/results?moment=entry&run={run}")
    assert page.locator(".figure-value").nth(1).inner_text() == str(after)
    axe(page)
    look(page, "questionnaire-results")


@pytest.mark.refusals
def test_a_scan_of_the_paper_opens_its_entry_and_a_wrong_one_is_told(page, course, axe):
    item = course.json("questionnaire", "due", "--moment", "entry")["items"][-1]
    sign_in(page, course, "parcours")
    page.goto(f"{course.url}/runs/{item['run']}/questionnaires/entry?enrolment={item['enrolment']}")
    code = page.inner_text(".questionnaire-paper .code").replace(" ", "")
    page.goto(course.url + "/questionnaires")
    page.fill("#code", "LIPC26-0001")
    page.keyboard.press("Enter")
    page.wait_for_selector(".mistakes")
    axe(page)
    page.fill("#code", code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/questionnaires/{item['enrolment']}/entry?*")
    assert page.input_value("#means") == "paper"


def test_without_script_the_plain_form_takes_the_answers_and_a_refusal(open_page, course):
    page = open_page(1280, 800, java_script_enabled=False)
    sign_in(page, course, "parcours")
    items = course.json("questionnaire", "due", "--moment", "entry")["items"]
    page.goto(f"{course.url}/questionnaires/{items[0]['enrolment']}/entry")
    page.check("[name=q-use][value=weekly]")
    page.click("[data-save]")
    page.wait_for_selector(".notice.done")
    page.goto(f"{course.url}/questionnaires/{items[1]['enrolment']}/entry")
    page.click("[name=declined]")
    page.wait_for_selector(".notice.done")
    left = {item["enrolment"] for item in course.json("questionnaire", "due", "--moment", "entry")["items"]}
    assert not left & {items[0]["enrolment"], items[1]["enrolment"]}


@pytest.mark.refusals
def test_who_reads_reports_sees_no_small_count_and_no_run(page, course):
    sign_in(page, course, "bilans")
    page.goto(f"{course.url}/questionnaires/results?moment=end&programme=lille")
    assert page.locator("#run").count() == 0
    assert "masqués" in page.inner_text("main")
    shown = page.locator(".counts td.number:not(.hint)").all_inner_texts()
    assert shown
    assert all(text == "masqué" or int(text) == 0 or int(text) >= 11 for text in shown)
    assert page.goto(f"{course.url}/questionnaires/results?moment=end&run=LI-2022-01").status == 403
    assert page.goto(course.url + "/questionnaires").status == 403


def test_the_papers_of_a_run_print_a_page_a_person(phone, course, look, no_sideways_scroll, tmp_path):
    item = course.json("questionnaire", "due", "--moment", "entry")["items"][0]
    sign_in(phone, course, "parcours")
    for address, name in (("/questionnaires", "due"), (f"/questionnaires/{item['enrolment']}/entry", "entry"),
                          (f"/runs/{item['run']}/questionnaires/entry", "paper"),
                          ("/questionnaires/results?moment=end", "results"), ("/questionnaires/versions", "versions")):
        phone.goto(course.url + address)
        no_sideways_scroll(phone)
        look(phone, f"questionnaire-phone-{name}")
    here = len([due for due in course.json("questionnaire", "due")["items"] if due["run"] == item["run"]])
    assert here > 1
    file, printed = tmp_path / "papers.pdf", tmp_path / "printed.pdf"
    course.json("questionnaire", "pdf", item["run"], "entry", "--to", str(file))
    phone.goto(f"{course.url}/runs/{item['run']}/questionnaires/entry")
    phone.pdf(path=printed, format="A4", prefer_css_page_size=True)
    codes = [code.replace(" ", "") for code in phone.locator(".questionnaire-paper .code").all_inner_texts()]
    for pdf in (file, printed):
        assert paper.facts(pdf)["Pages"] == str(here), f"{pdf.name}: not a page a person"
        assert paper.reads(pdf) == {f"QR-Code:{codes[0]}"}
