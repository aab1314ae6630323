"""Forms that ask for articles, where a shop has many; and a reader who works in two shops. On an installation of its own."""

import pytest

import running
from test_stock import sign_in, work_in


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        service.json("shop", "open", "RX", "--name", "Roubaix Épeule", "--address", "2 rue du Bois", "--postal-code", "59100",
                     "--city", "Roubaix", "--siret", "12345678200010")
        for number in range(1, 27):
            service.json("product", "create", f"cable-{number:02}", "--kind", "accessory", "--name-fr", f"Câble {number} m",
                         "--name-en", f"Cable {number} m")
        service.json("product", "receive", "cable-25", "--units", "9", "--shop", "LI")
        yield service.start()



def test_any_article_is_ordered(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    work_in(page, stock, "Lille", "/orders/new")
    # Nothing is low, and there are too many to show: one is looked up by its code, with the scanner.
    assert page.locator("[id^=units-]").count() == 0
    page.fill("#supplier", "Grossiste")
    page.fill("#expected_on", running.today().isoformat())
    page.focus("#article")
    page.keyboard.type("CABLE-25")
    page.wait_for_selector("#article-choices option[value='cable-25']", state="attached")
    page.keyboard.press("Enter")
    page.wait_for_selector("#units-cable-25:focus")
    page.keyboard.type("4")
    # Another by a word of its name; what was typed stays.
    page.fill("#article", "câble 26")
    page.keyboard.press("Enter")
    page.wait_for_selector("#units-cable-26")
    assert page.input_value("#units-cable-25") == "4" and page.input_value("#supplier") == "Grossiste"
    page.fill("#units-cable-26", "2")
    axe(page)
    no_sideways_scroll(page)
    look(page, "order-found")
    page.fill("#article", "rien de tel")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Aucun article pour")
    assert page.input_value("#article") == "rien de tel" and page.input_value("#units-cable-26") == "2"
    page.fill("#article", "câble")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Plus de 20 articles correspondent")
    axe(page)
    look(page, "order-cut")
    # What is left in the search keeps nobody from recording.
    page.fill("#article", "rien de tel")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Aucun article pour")
    page.click("text=Enregistrer la commande")
    page.wait_for_url("**?done=placed")
    assert "Câble 25 m" in page.inner_text("main") and "Câble 26 m" in page.inner_text("main")


@pytest.mark.refusals
def test_any_accessory_goes_with_a_machine(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    page.goto(f"{stock.url}/kits?kind=screen")
    page.focus("#article")
    page.keyboard.type("cable-26")
    page.keyboard.press("Enter")
    # Who typed the code of one meant it.
    page.wait_for_selector("#part-cable-26:checked")
    page.check("#part")
    page.click("#setting button.primary")
    assert "Décochez l’un ou l’autre" in page.inner_text(".mistakes, .refusal") or "« Rien » l’est aussi" in page.inner_text("main")
    page.uncheck("#part")
    axe(page)
    no_sideways_scroll(page)
    look(page, "kit-found")
    page.click("#setting button.primary")
    page.wait_for_url("**?done=saved")
    assert "Câble 26 m" in page.inner_text("tbody")


def test_any_article_is_sent_and_counted(page, stock, axe):
    sign_in(page, stock)
    work_in(page, stock, "Lille", "/counts")
    page.goto(f"{stock.url}/counts")
    page.click("text=Ouvrir un inventaire")
    page.wait_for_selector("text=Inventaire ouvert")
    page.click("summary:has-text('Compter des articles')")
    page.fill("#article", "cable-25")
    page.keyboard.press("Enter")
    page.wait_for_selector("#units-cable-25")
    page.fill("#units-cable-25", "8")
    axe(page)
    page.click("text=Noter les quantités")
    page.wait_for_selector("text=Quantités notées")


def test_what_was_done_in_a_shop_is_seen_there(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    work_in(page, stock, "Lille", "/products")
    page.click("summary:has-text('Seuil d’alerte')")
    page.select_option("#watched", "cable-25")
    page.fill("#threshold", "9")
    # Meanwhile the reader goes on in the other shop, in another window.
    other = page.context.new_page()
    work_in(other, stock, "Roubaix", "/products")
    page.click("form[action='/products/thresholds'] button")
    page.wait_for_url("**done=threshold")
    assert "Lille" in page.inner_text(".workplace-bar") and "bas (seuil 9)" in page.inner_text("tbody")
    page.click("text=Stock bas")
    assert "Lille" in page.inner_text(".workplace-bar") and page.locator("tbody tr").count() == 1
    # The stock’s notices lead to the shop of which they tell, whichever is chosen then.
    work_in(page, stock, "Lille", "/devices")
    low = page.get_attribute("a:has-text('Voir les articles')", "href")
    assert low == "/products?low=yes&shop=LI"
    work_in(other, stock, "Roubaix", "/orders")
    assert "Espace" in other.inner_text("thead")
    page.goto(f"{stock.url}/orders?shop=LI")
    assert "Les commandes de" in page.inner_text("main")
    axe(page)
    no_sideways_scroll(page)
    look(page, "orders-of-shop")
    page.goto(f"{stock.url}/orders?shop=RX")
    assert page.locator("tbody tr").count() == 0
    page.click("text=Voir celles de tous mes espaces")
    assert page.locator("tbody tr").count() == 1
