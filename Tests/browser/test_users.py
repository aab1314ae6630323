"""Who works here, as whoever administers the shop sees to it."""

import pytest

from counter import PASSWORD, counter  # noqa: F401


@pytest.fixture
def nora(counter, page):
    """A seller of this test alone, and the page on which an administrator sees them."""
    number = next(counter.numbers)
    login = f"nora{number}"
    counter.service.command("user", "add", login, "--name", "Nora", "--operator", f"NO{number}", "--role", "volunteer_seller")
    counter.sign_in(page, "ada")
    page.goto(f"{counter.service.url}/users/{login}")
    return login


def may_sign_in(counter, browser, login: str) -> bool:
    context = browser.new_context()
    answer = context.request.post(
        counter.service.url + "/api/v1/sign-ins", data={"login": login, "password": PASSWORD})
    context.close()
    return answer.ok


def test_nobody_is_shut_out_or_let_in_again_without_a_question(counter, page, browser, nora, axe, look, no_sideways_scroll):
    yes = page.locator("button:has-text('Oui, désactiver le compte')")
    assert not yes.is_visible()
    page.click("summary:has-text('Désactiver le compte')")
    assert "s’arrêtent partout" in page.inner_text("form[action$='/disable']")
    assert may_sign_in(counter, browser, nora), "a question changes nothing"
    axe(page)
    look(page, "user-disable")
    yes.click()
    page.wait_for_selector(".notice.warning:has-text('désactivé')")
    assert not may_sign_in(counter, browser, nora)
    yes = page.locator("button:has-text('Oui, réactiver le compte')")
    assert not yes.is_visible()
    page.click("summary:has-text('Réactiver le compte')")
    axe(page)
    no_sideways_scroll(page)
    look(page, "user-enable")
    yes.click()
    page.wait_for_selector("summary:has-text('Désactiver le compte')")
    assert may_sign_in(counter, browser, nora)
