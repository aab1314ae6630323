"""Transfers between shops, and blind counts. On an installation of its own with two shops."""

import pytest

import running
from test_stock import sign_in, work_in


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        service.json("shop", "open", "RX", "--name", "Roubaix Épeule", "--address", "2 rue du Bois", "--postal-code", "59100",
                     "--city", "Roubaix", "--siret", "12345678200010")
        service.labels = [
            service.json("device", "take-in", "--kind", "screen", "--maker", "Dell", "--model", f"P2{number}",
                         "--shop", "LI")["label"] for number in range(4)]
        service.json("product", "receive", "mouse", "--units", "20", "--shop", "LI")
        yield service.start()


def scan(page, text: str) -> None:
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.refusals
def test_boxes_travel_with_their_slip_and_are_ticked_off(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    work_in(page, stock, "Lille", "/transfers/new")
    # The scanner writes where the cursor stands: no click before the first label.
    page.focus("#labels")
    for label in stock.labels[:2]:
        scan(page, label)
    page.click("text=Ajouter des articles")
    page.fill("#units-mouse", "25")
    axe(page)
    no_sideways_scroll(page)
    look(page, "transfer-new")
    page.click("main form button.primary")
    # More than there is: refused, and what was scanned stays.
    assert "pas assez" in page.inner_text("main")
    assert stock.labels[0] in page.input_value("#labels") and page.input_value("#units-mouse") == "25"
    page.fill("#units-mouse", "5")
    page.click("main form button.primary")
    page.wait_for_selector("text=Transfert envoyé")
    code = page.inner_text("h1").split()[-1]
    look(page, "transfer-sent")
    page.goto(f"{stock.url}/devices/{stock.labels[0]}")
    assert f"En transit, bon {code}" in page.inner_text("main")
    page.goto(f"{stock.url}/transfers/{code}/slip")
    assert page.locator("figure.barcode svg").count() == 1
    look(page, "transfer-slip")
    # On arrival the slip is scanned, then what is in the box.
    page.goto(f"{stock.url}/transfers")
    look(page, "transfers")
    page.focus("#code")
    scan(page, code)
    page.wait_for_url(f"**/transfers/{code}")
    page.focus("#labels")
    scan(page, stock.labels[0])
    scan(page, stock.labels[3])
    page.click("text=Pointer >> nth=-1")
    assert f"{stock.labels[3]} n’est pas sur le bon" in page.inner_text("main")
    page.fill("#labels", stock.labels[0])
    page.fill("#units-mouse", "5")
    page.click("button[value=tick]")
    page.wait_for_selector("text=Le reste est encore en route")
    axe(page)
    no_sideways_scroll(page)
    page.click("summary:has-text('Il manque')")
    page.fill("#motive", "Pas dans le carton")
    page.click("text=Clore avec les manques")
    # Whoever sent it does not say what is missing.
    assert "Qui a envoyé" in page.inner_text("main")
    stock.json("user", "add", "rita", "--name", "Rita", "--operator", "RITA", "--role", "stock_manager")
    stock.json("transfer", "receive", code, "--last", "--motive", "Pas dans le carton", "--as", "rita")
    page.goto(f"{stock.url}/transfers/{code}")
    look(page, "transfer-short")
    assert "Manquant" in page.inner_text("main")
    assert stock.json("device", "show", stock.labels[1])["device"]["exit"] == "loss"
    # It was in the box after all: whoever received it says so, and it stands there.
    scan(page, stock.labels[2])
    page.click("text=Il est ici")
    assert f"{stock.labels[2]} n’est pas sur le bon" in page.inner_text("main")
    page.fill("#labels", stock.labels[1])
    axe(page)
    no_sideways_scroll(page)
    page.click("text=Il est ici")
    page.wait_for_selector("text=Retrouvé ici après coup")
    look(page, "transfer-found")
    found = stock.json("device", "show", stock.labels[1])["device"]
    assert (found["stage"], found["shop"]) == ("in_work", "Roubaix Épeule")
    # The count that follows finds it where it came from.
    back = stock.json("transfer", "send", stock.labels[1], "--shop", "RX", "--to", "LI")["transfer"]["code"]
    stock.json("transfer", "receive", back, "--all")
    stock.json("device", "remove", stock.labels[1], "loss", "--motive", "Introuvable")


@pytest.mark.refusals
def test_a_count_is_blind_goes_on_without_network_and_is_applied_by_another(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    page.goto(f"{stock.url}/counts")
    if page.locator("main button:has-text('Lille')").count():
        page.click("main button:has-text('Lille')")
        page.goto(f"{stock.url}/counts")
    page.click("text=Ouvrir un inventaire")
    page.wait_for_selector("text=Inventaire ouvert")
    code = page.inner_text("h1").split()[-1]
    page.focus("#scanned")
    scan(page, stock.labels[2])
    page.wait_for_selector(f"[data-told]:has-text('{stock.labels[2]} compté')")
    scan(page, stock.labels[2])
    page.wait_for_selector("[data-told]:has-text('déjà scanné')")
    scan(page, "machine-sans-nom")
    page.wait_for_selector("[data-told]:has-text('aucun appareil')")
    assert "Attendu" not in page.inner_text("main") and stock.labels[3] not in page.inner_text("main")
    # The network goes away: the scan waits in the browser, and goes by itself when it is back.
    page.context.set_offline(True)
    scan(page, stock.labels[1])
    page.wait_for_selector("[data-told]:has-text('Pas de réseau')")
    look(page, "count-offline")
    page.context.set_offline(False)
    page.wait_for_selector(f"[data-told]:has-text('{stock.labels[1]} compté')")
    page.click("summary:has-text('Compter des articles')")
    page.fill("#units-mouse", "14")
    page.click("text=Noter les quantités")
    page.wait_for_selector("text=Quantités notées")
    axe(page)
    no_sideways_scroll(page)
    look(page, "count-open")
    page.click("text=Arrêter le comptage")
    page.wait_for_selector("text=Comptage arrêté")
    assert stock.labels[3] in page.inner_text("main")
    assert "une autre personne" in page.inner_text("main")
    assert page.locator("text=Appliquer les écarts").count() == 0
    axe(page)
    no_sideways_scroll(page)
    look(page, "count-closed")
    stock.json("user", "add", "bea", "--name", "Béa", "--operator", "BEA", "--role", "stock_manager")
    applied = stock.json("count", "apply", code, "--as", "bea")
    assert (applied["lost"], applied["restored"], applied["articles"]) == (1, 1, 1)
    page.reload()
    assert "Appliqué" in page.inner_text("main") and "Appareils retrouvés" in page.inner_text("main")
    look(page, "count-applied")
    page.goto(f"{stock.url}/counts")
    axe(page)
    look(page, "counts")


@pytest.mark.refusals
def test_a_shelf_is_scanned_and_then_what_is_put_there(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    work_in(page, stock, "Lille", "/locations")
    axe(page)
    page.fill("#room", "Réserve")
    page.fill("#shelves", "A1, A2")
    page.click("form[action='/locations'] button.primary")
    page.wait_for_selector("text=2 rangements ouverts")
    axe(page)
    no_sideways_scroll(page)
    look(page, "locations")
    page.click("text=Étiquettes des rangements")
    assert page.locator(".device-label svg").count() == 4
    page.go_back()
    # Others are opened later: theirs alone are printed, or that of one.
    page.fill("#room", "Atelier")
    page.click("form[action='/locations'] button.primary")
    page.wait_for_selector("text=1 rangement ouvert")
    page.click("text=Imprimer leurs étiquettes")
    assert page.locator(".device-label").count() == 1 and "Atelier" in page.inner_text(".device-label")
    look(page, "location-labels")
    page.go_back()
    page.click("tr:has-text('Réserve · A2') a:has-text('Imprimer')")
    assert page.locator(".device-label").count() == 1 and "A2" in page.inner_text(".device-label")
    page.go_back()
    page.click("a:has-text('Réserve · A1')")
    page.wait_for_url("**/locations/LIRG*")
    first = page.inner_text(".lead .code")
    # The cursor stands where the scanner writes.
    label = stock.json("device", "take-in", "--kind", "screen", "--maker", "Dell", "--model", "P3", "--shop", "LI")["label"]
    scan(page, label)
    page.wait_for_selector(f"text={label} est rangé ici")
    scan(page, label)
    page.wait_for_selector(f"text={label} était déjà rangé ici")
    scan(page, "LIEC26-9999")
    page.wait_for_selector(".error")
    assert page.input_value("#scanned") == "LIEC26-9999"
    axe(page)
    no_sideways_scroll(page)
    look(page, "location")
    # Another shelf's label opens that one; in the stock's search too.
    page.fill("#scanned", first[:-1] + "2")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Réserve · A2')")
    page.goto(f"{stock.url}/devices")
    page.fill("#q", first.lower())
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Réserve · A1')")
    page.click("text=Imprimer l’étiquette")
    assert page.locator(".device-label").count() == 1
    # Where it lies is on its own page, where it is put elsewhere, or nowhere.
    page.goto(f"{stock.url}/devices/{label}")
    assert page.get_attribute("#place ~ form a", "href") == f"/locations/{first}"
    page.fill("#scanned", first[:-1] + "2")
    page.keyboard.press("Enter")
    page.wait_for_selector("#place ~ form a:has-text('Réserve · A2')")
    axe(page)
    page.fill("#scanned", "LIRG26-9999")
    page.keyboard.press("Enter")
    page.wait_for_selector(".refusal")
    assert page.input_value("#scanned") == "LIRG26-9999"
    page.click("text=Il n’y est pas")
    page.wait_for_selector("text=Personne n’a dit où il se trouve")
    axe(page)
    no_sideways_scroll(page)
    look(page, "device-placing")
    page.fill("#scanned", first)
    page.keyboard.press("Enter")
    page.wait_for_selector("#place ~ form a:has-text('Réserve · A1')")
    # A count knows where its scanner stands.
    stock.json("count", "open", "--shop", "LI")
    page.goto(f"{stock.url}/counts")
    page.click("tbody a >> nth=0")
    page.focus("#scanned")
    scan(page, first)
    page.wait_for_selector("[data-place]:has-text('Réserve · A1')")
    scan(page, label)
    page.wait_for_selector(f"[data-told]:has-text('{label} compté')")
    look(page, "count-in-place")


@pytest.mark.refusals
def test_what_is_low_is_ordered_once_and_received_in_parts(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock)
    work_in(page, stock, "Lille", "/products")
    free = next(item["free"] for item in stock.json("product", "list", "--shop", "LI")["items"] if item["code"] == "mouse")
    page.click("summary:has-text('Seuil d’alerte')")
    page.select_option("#watched", "mouse")
    page.fill("#threshold", str(free))
    page.click("form[action='/products/thresholds'] button")
    page.wait_for_url("**done=threshold")
    page.goto(f"{stock.url}/devices")
    assert "1 article a un stock bas" in page.inner_text("main")
    page.click("a:has-text('Voir les articles')")
    assert f"bas (seuil {free})" in page.inner_text("tbody")
    axe(page)
    no_sideways_scroll(page)
    look(page, "products-low")
    page.click("main a:has-text('Commandes')")
    page.click("main a:has-text('Nouvelle commande')")
    page.fill("#supplier", "Grossiste")
    page.fill("#expected_on", running.today().isoformat())
    page.fill("#units-mouse", "10")
    axe(page)
    no_sideways_scroll(page)
    look(page, "order-new")
    page.click("main form button.primary")
    page.wait_for_url("**?done=placed")
    order = page.url.split("/")[-1].split("?")[0]
    # What is left is filled in; a slip of the finger is asked about.
    assert page.input_value("#units-mouse") == "10"
    page.fill("#units-mouse", "100")
    page.click("form[action$='/receipts'] button")
    assert "plus qu’il n’en reste" in page.inner_text("main") and page.input_value("#units-mouse") == "100"
    look(page, "order-more")
    page.fill("#units-mouse", "4")
    page.click("form[action$='/receipts'] button")
    page.wait_for_url("**?done=received")
    assert page.input_value("#units-mouse") == "6"
    axe(page)
    no_sideways_scroll(page)
    look(page, "order")
    page.goto(f"{stock.url}/products")
    assert "attendu\u00a0: 6" in page.inner_text("tbody")
    page.click(f"a[href='/orders/{order}']")
    page.click("summary:has-text('Ne plus rien attendre')")
    page.fill("#motive", "Rupture")
    page.click("form[action$='/end'] button")
    page.wait_for_url("**?done=ended")
    assert "Close, incomplète" in page.inner_text("main")
    page.goto(f"{stock.url}/orders?stage=ended")
    look(page, "orders")
    assert stock.json("verify", "stock")["ok"]
