"""Who holds a role in several shops and stands at no till says which one, once, and goes on."""

import re

import pytest
from playwright.sync_api import expect

import running

PASSWORD = "comptoir-demo"
SIZES = {"screen": (1280, 800), "telephone": (390, 844)}
PICKER = "form.workplaces"


@pytest.fixture(scope="module")
def shops():
    """The demonstration and a second shop, with `deux`, who works the stock and keeps the courses of both."""
    with running.Service() as service:
        service.command("demo")
        service.environment["COMPTOIR_PASSWORD"] = PASSWORD
        service.json("shop", "open", "RX", "--name", "Roubaix Épeule", "--address", "2 rue du Bois",
                     "--postal-code", "59100", "--city", "Roubaix", "--siret", "73282932000074")
        service.json("till", "open", "RX1", "--name", "Caisse 1")
        service.json("user", "add", "deux", "--name", "Dalila Deux", "--operator", "DEUX", "--role", "stock_manager",
                     "--role", "facilitator", "--shop", "LI")
        for role in ("stock_manager", "facilitator"):
            service.json("user", "grant", "deux", role, "--shop", "RX")
        service.json("user", "add", "une", "--name", "Una Une", "--operator", "UNE", "--role", "stock_manager",
                     "--role", "facilitator", "--shop", "LI")
        yield service.start()


@pytest.fixture(params=[(size, scripted) for size in SIZES for scripted in (True, False)],
                ids=lambda chosen: f"{chosen[0]}-{'scripted' if chosen[1] else 'plain'}")
def screen(request, open_page, shops, axe, look, no_sideways_scroll):
    size, scripted = request.param
    page = open_page(*SIZES[size], java_script_enabled=scripted)
    page.scripted = scripted

    def seen(name):
        if scripted:
            axe(page)
            no_sideways_scroll(page)
            look(page, f"workplace-{size}-{name}")

    page.seen = seen
    sign_in(page, shops)
    return page


def sign_in(page, shops, login="deux"):
    page.goto(f"{shops.url}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(shops.url + "/")


def machines(shops, maker):
    found = shops.json("device", "list", maker)["items"]
    return {device["shop"] for device in found}


def test_the_choice_is_asked_once_and_holds_until_one_signs_out(screen, shops):
    screen.goto(shops.url + "/devices/new")
    expect(screen.locator("h1")).to_have_text("Dans quel espace travaillez-vous\u202f?")
    expect(screen.locator(f"{PICKER} button")).to_have_count(2)
    screen.seen("picker")
    # By the keyboard alone: the choices are reached in order, and Enter chooses.
    second = screen.locator(f"{PICKER} button").nth(1)
    screen.locator(f"{PICKER} button").first.focus()
    screen.keyboard.press("Tab")
    expect(second).to_be_focused()
    expect(second).to_have_text(re.compile("Roubaix Épeule"))
    screen.keyboard.press("Enter")
    screen.wait_for_url(shops.url + "/devices/new")
    expect(screen.locator(".workplace-bar")).to_contain_text("Roubaix Épeule")
    screen.seen("new-device")

    maker = f"Choix {'avec' if screen.scripted else 'sans'} {screen.viewport_size['width']}"
    screen.fill("#maker", maker)
    screen.fill("#model", "3310")
    screen.locator("main form button.primary").click()
    screen.wait_for_url(re.compile(r"/devices/[^?]+\?done=taken"))
    assert machines(shops, maker) == {"Roubaix Épeule"}

    # The other pages go on with it, without asking.
    screen.goto(shops.url + "/runs/new")
    expect(screen.locator(".workplace-bar")).to_contain_text("Roubaix Épeule")
    assert screen.input_value("#code").startswith("RX-")
    screen.seen("new-run")
    screen.goto(shops.url + "/products")
    expect(screen.locator(".workplace-bar")).to_contain_text("Roubaix Épeule")
    screen.seen("products")
    screen.goto(shops.url + "/devices")
    expect(screen.locator(".workplace-bar")).to_contain_text("Roubaix Épeule")
    screen.seen("devices")

    # It is changed where it is said, and one comes back to the page.
    screen.goto(shops.url + "/runs/new")
    screen.click(".workplace-bar a")
    expect(screen.locator(f"{PICKER} button[aria-current=true]")).to_contain_text("Roubaix Épeule")
    screen.seen("change")
    screen.locator(f"{PICKER} button").first.click()
    screen.wait_for_url(shops.url + "/runs/new")
    assert screen.input_value("#code").startswith("LI-")

    # Whoever signs in next is asked anew.
    screen.goto(shops.url + "/")
    screen.locator("details.account summary").click()
    screen.locator("form[action='/sign-out'] button:not([name])").click()
    screen.wait_for_url(shops.url + "/sign-in")
    sign_in(screen, shops)
    screen.goto(shops.url + "/devices/new")
    expect(screen.locator(PICKER)).to_be_visible()


def test_the_stock_page_asks_where_files_go_and_takes_them_in_there(screen, shops, tmp_path):
    if not screen.scripted:
        pytest.skip("files are dropped by a script")
    screen.goto(shops.url + "/devices")
    expect(screen.locator("[data-import]")).to_have_count(0)
    screen.seen("devices-where")
    screen.locator(f"{PICKER} button", has_text="Roubaix").click()
    screen.wait_for_url(shops.url + "/devices")
    serial = f"DEPOT{screen.viewport_size['width']}"
    file = tmp_path / "poste.json"
    file.write_text('{"id":"poste","class":"system","vendor":"Dépôt","product":"EliteBook 820","serial":"%s",'
                    '"configuration":{"chassis":"notebook"},"children":[{"id":"core","class":"bus","children":[]}]}'
                    % serial)
    screen.set_input_files("[data-import] input[type=file]", str(file))
    screen.locator("[data-import-result] button.primary").click()
    expect(screen.locator("[data-import-result] .tag.done")).to_be_visible()
    assert machines(shops, serial) == {"Roubaix Épeule"}


@pytest.mark.refusals
def test_a_form_that_was_sent_without_a_shop_is_not_lost(screen, shops):
    """A page from before the choice: its form is sent again, whole, with the shop."""
    screen.goto(shops.url + "/workplace?next=/devices/new")
    screen.locator(f"{PICKER} button").first.click()
    screen.wait_for_url(shops.url + "/devices/new")
    maker = f"Gardé {'avec' if screen.scripted else 'sans'} {screen.viewport_size['width']}"
    screen.fill("#maker", maker)
    screen.fill("#model", "Lumia <b>")
    screen.context.clear_cookies(name="comptoir-shop")
    screen.locator("main form input[name=shop]").evaluate("node => node.remove()")
    screen.locator("main form button.primary").click()
    expect(screen.locator("h1")).to_have_text("Dans quel espace travaillez-vous\u202f?")
    screen.locator(f"{PICKER} button", has_text="Roubaix").click()
    screen.wait_for_url(re.compile(r"/devices/[^?]+\?done=taken"))
    assert machines(shops, maker) == {"Roubaix Épeule"}


def test_whoever_works_in_one_shop_is_never_asked(open_page, shops):
    page = open_page(1280, 800)
    sign_in(page, shops, "une")
    for address in ("/devices/new", "/devices", "/runs/new", "/products"):
        page.goto(shops.url + address)
        assert page.url == shops.url + address
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(f"{PICKER}, .workplace-bar")).to_have_count(0)
    page.goto(shops.url + "/workplace?next=/devices")
    page.wait_for_url(shops.url + "/devices")
