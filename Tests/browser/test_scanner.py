"""A scanner is a keyboard that types a burst: how slowly it may type is a setting of its till, and a sheet says what it needs."""

import pytest

from counter import PASSWORD, counter  # noqa: F401
from desk import lines, till  # noqa: F401
from paper import reads, sizes

TEST = "ESSAI-AQWZM-0123456789"
SLOW = 0.1  # seconds from key to key, as over a bad radio link


@pytest.fixture
def gap(counter):
    """gap(150): what the till of the tests accepts, until the test is over."""

    def gap(milliseconds: int) -> None:
        counter.service.command("till", "scan-gap", "LI1", str(milliseconds))

    yield gap
    gap(60)


def test_a_slow_scanner_is_understood_once_its_till_says_how_slow(till, counter, hands, gap):
    first, second = counter.laptop(), counter.laptop()
    till.focus("#given")
    hands.scan(first, pause=SLOW)
    assert till.input_value("#given") == first, "taken for typing, as it is set"
    gap(150)
    till.reload()
    till.wait_for_selector("[data-offer]")
    till.focus("#given")
    hands.scan(second, pause=SLOW)
    till.wait_for_selector(f"#lines > li:has-text('{second}')")
    assert till.input_value("#given") == "" and lines(till) == 1


def test_whoever_manages_the_shop_sets_the_pause_on_the_tills_page(counter, page, gap, axe, look, no_sideways_scroll):
    counter.sign_in(page, "ada")
    page.goto(counter.service.url + "/settings")
    page.click("main a:has-text('LI1')")
    page.fill("#gap", "130")
    page.click("main button.primary")
    page.wait_for_selector("#gap[value='130']")
    assert counter.service.json("till", "list")["items"][0]["scan_gap_ms"] == 130
    axe(page)
    no_sideways_scroll(page)
    look(page, "scanner-till")


@pytest.mark.refusals
def test_a_pause_that_a_person_would_type_within_is_refused_beside_its_field(counter, page, axe, look):
    counter.sign_in(page, "ada")
    page.goto(counter.service.url + "/tills/LI1")
    page.fill("#gap", "900")
    page.click("main button.primary")
    assert "de 20 à 250" in page.inner_text("#gap-error")
    assert page.input_value("#gap") == "900"
    axe(page)
    look(page, "scanner-till-refused")


def test_the_sheet_says_how_the_scanner_read(counter, page, hands, axe, look, no_sideways_scroll):
    counter.sign_in(page)
    page.goto(counter.service.url + "/till")
    page.keyboard.press("F4")
    page.click("#menu-dialog a[href='/scanner']")
    page.wait_for_selector("#answer")

    def says(words: str) -> str:
        page.wait_for_selector(f"#answer:has-text('{words}')")
        return page.inner_text("#answer")

    hands.scan(TEST)
    assert "2\u00a0ms" in says("bien réglé")
    axe(page)
    no_sideways_scroll(page)
    look(page, "scanner-right")
    hands.scan("ESSQI)QAZW?)à&é\"'(-è_ç")
    says("clavier américain")
    hands.scan(TEST.lower())
    says("Verr. Maj.")
    hands.scan(TEST, pause=SLOW)
    assert "mettre 130\u00a0ms" in says("trop lentement")
    hands.scan(TEST, end=False)
    says("n’envoie pas la touche Entrée")
    hands.scan(TEST[:9])
    says("mal lu")


def test_the_sheet_prints_on_one_page_and_its_codes_are_read(counter, page, tmp_path):
    counter.sign_in(page)
    page.goto(counter.service.url + "/scanner")
    pdf = tmp_path / "scanner.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    assert sizes(pdf.read_bytes()) == [(595, 842)], "one sheet of A4"
    assert reads(pdf) == {f"QR-Code:{TEST}", f"CODE-128:{TEST}"}


def test_a_scanner_on_another_keyboard_is_put_right_and_shown_the_sheet(till, counter, hands):
    label = counter.laptop()  # LIPC26-0008, of which an American scanner makes this on a French keyboard
    hands.scan(label.translate(str.maketrans("-0123456789", ")à&é\"'(-è_ç")))
    till.wait_for_selector("#toasts a[href='/scanner']")
    till.wait_for_selector(f"#lines > li:has-text('{label}')")
