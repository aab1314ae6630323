"""Pictures of a machine, taken on its page with a telephone. On an installation of its own."""

import pytest

import photos
import running
from test_stock import sign_in


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        yield service.start()


def laptop(stock) -> str:
    return stock.json("device", "take-in", "--kind", "laptop", "--maker", "HP", "--model", "EliteBook 840", "--shop", "LI")["label"]


def photo(name: str, shade: int = 0) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photos.jpeg(shade=shade)}


def test_pictures_are_looked_at_captioned_and_sent_and_stand_on_the_passport_when_somebody_says_so(
        phone, stock, axe, look, no_sideways_scroll):
    label = laptop(stock)
    sign_in(phone, stock, f"/devices/{label}")
    camera = phone.locator("#picture-camera")
    assert camera.get_attribute("capture") == "environment" and camera.get_attribute("accept") == "image/*"
    assert "6 photos possibles" in phone.inner_text("[data-pictures]").replace("\u00a0", " ")
    phone.set_input_files("#picture-camera", photo("IMG_0001.jpg"))
    phone.set_input_files("#picture-files", [photo("IMG_0002.jpg", 1), photo("IMG_0003.jpg", 2)])
    phone.wait_for_selector("[data-pictures-chosen] li >> nth=2")
    # Each is drawn small and upright.
    phone.wait_for_function("[...document.querySelectorAll('.picture-look')].every(look => look.height > look.width)")
    phone.select_option("#picture-caption-0", "front")
    phone.select_option("#picture-caption-1", "fault")
    phone.click("button[aria-label='Écarter IMG_0003.jpg']")
    assert phone.input_value("#picture-caption-1") == "fault"
    axe(phone)
    no_sideways_scroll(phone)
    look(phone, "pictures-chosen-phone")
    phone.click("button:has-text('Envoyer les 2 photos')")
    phone.wait_for_url("**?done=pictured")
    shown = phone.locator(".pictures img")
    assert [shown.nth(place).get_attribute("alt") for place in range(2)] == ["Photo 1\u00a0: Face avant", "Photo 2\u00a0: Défaut"]
    shown.nth(1).scroll_into_view_if_needed()
    phone.locator(".pictures").scroll_into_view_if_needed()
    assert phone.evaluate("""Promise.all([...document.querySelectorAll('.pictures img')].map(image => image.decode()
        .then(() => image.naturalHeight > image.naturalWidth))).then(all => all.every(Boolean))""")
    axe(phone)
    no_sideways_scroll(phone)
    look(phone, "pictures-phone")

    passport = f"{stock.url}/passport/{stock.json('passport', 'show', label)['token']}"
    phone.goto(passport)
    assert phone.locator("img").count() == 0, "nobody put a picture on it"
    phone.goto(f"{stock.url}/devices/{label}")
    phone.click("button[aria-label='Montrer sur le passeport\u00a0: Photo 2\u00a0: Défaut']")
    phone.wait_for_url("**?done=picture_shown")
    phone.goto(passport)
    assert phone.locator("img").count() == 1
    axe(phone)
    no_sideways_scroll(phone)
    look(phone, "pictures-passport-phone")

    phone.goto(f"{stock.url}/devices/{label}")
    phone.click("summary[aria-label='Supprimer la photo\u00a0: Photo 2\u00a0: Défaut']")
    look(phone, "pictures-remove-phone")
    phone.click("button:has-text('Supprimer pour de bon'):visible")
    phone.wait_for_url("**?done=picture_off")
    assert phone.locator(".pictures img").count() == 1
    phone.goto(passport)
    assert phone.locator("img").count() == 0


@pytest.mark.refusals
def test_a_keyboard_does_it_too_and_what_is_refused_stays_and_says_why(page, stock, axe, look, no_sideways_scroll):
    label = laptop(stock)
    sign_in(page, stock, f"/devices/{label}")
    page.focus("#picture-camera")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "picture-files"
    outline = page.evaluate("getComputedStyle(document.querySelector('label[for=picture-files]')).outlineStyle")
    assert outline == "solid", "who uses a keyboard sees where they are"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    text = {"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"hello"}
    chooser.value.set_files([text, photo("IMG_0001.jpg")])
    page.wait_for_selector("text=Pas d’aperçu")
    assert page.evaluate("document.activeElement.id") == "picture-caption-0"
    page.keyboard.press("End")
    axe(page)
    look(page, "pictures-chosen")
    page.locator("[data-pictures-chosen] button.primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-pictures-chosen] .notice.refused")
    page.wait_for_selector("[data-pictures-chosen] button.primary:enabled")
    told = page.inner_text("[data-pictures-chosen]")
    assert "n’est pas une photo lisible" in told and "IMG_0001" not in told
    assert len(stock.json("device", "picture", "list", label)["items"]) == 1, "the other one was kept"
    axe(page)
    no_sideways_scroll(page)
    look(page, "pictures-refused")


def test_a_machine_that_has_all_its_pictures_says_so_in_both_languages(page, stock, axe, look, no_sideways_scroll, tmp_path):
    label = laptop(stock)
    for number in range(6):
        file = tmp_path / f"{number}.png"
        file.write_bytes(photos.png(shade=number))
        stock.command("device", "picture", "add", label, str(file), "--caption", "keyboard")
    sign_in(page, stock, f"/devices/{label}")
    assert page.locator("[data-pictures]").count() == 0
    assert "toutes ses photos" in page.inner_text("section:has(#pictures-title)")
    page.click("button[name=language][value=en]")
    page.wait_for_selector("text=The device has all its pictures")
    axe(page)
    no_sideways_scroll(page)
    look(page, "pictures-full")
