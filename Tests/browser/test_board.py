"""What waits, where, and since when: from the board to the list and back, the filter in the address."""

import pytest

import running
from test_stock import sign_in


@pytest.fixture(scope="module")
def stock():
    with running.Service() as service:
        service.set_up()
        yield service.start()


def test_the_board_counts_what_waits_and_opens_the_list_of_it(page, stock, axe, look, no_sideways_scroll):
    sign_in(page, stock, "/devices/board")
    assert "Rien n’attend" in page.inner_text("main")
    axe(page)
    look(page, "board-none")
    labels = [stock.json("device", "take-in", "--kind", "tablet", "--maker", "Samsung", "--model", "Tab A8",
                         "--serial", f"R52TAB0{n}")["label"] for n in range(7)]
    stock.command("device", "inspect", labels[0])
    stock.command("kit", "check", labels[0])
    stock.command("device", "shelve", labels[0], "--grade", "b", "--price", "45")
    page.goto(f"{stock.url}/devices")
    page.click("main a:has-text('Atelier')")
    section = page.locator("section", has=page.get_by_role("heading", name="À contrôler"))
    assert section.locator(".number").inner_text() == "6" and section.locator("li").count() == 5
    assert labels[1] in section.locator("li").first.inner_text(), "the longest first"
    assert "depuis aujourd’hui" in section.inner_text()
    axe(page)
    no_sideways_scroll(page)
    look(page, "board")
    section.get_by_role("link", name="Tout voir").click()
    page.wait_for_url("**/devices?stage=to_inspect")
    assert page.locator("tbody tr").count() == 6 and "À contrôler" in page.inner_text("main .buttons .tag")
    axe(page)
    no_sideways_scroll(page)
    look(page, "board-list")
    # A search keeps the filter, and the age stays in the address.
    page.goto(f"{stock.url}/devices?stage=to_inspect&older_than=30")
    assert page.locator("tbody tr").count() == 0 and "depuis plus de 30 jours" in page.inner_text("main")
    page.fill("#q", "tab")
    page.press("#q", "Enter")
    page.wait_for_url("**q=tab**")
    assert "stage=to_inspect" in page.url and "older_than=30" in page.url
    axe(page)
    page.goto(f"{stock.url}/devices/board")
    page.click("text=English")
    page.wait_for_selector("h1:has-text('Workbench')")
    page.set_viewport_size({"width": 390, "height": 844})
    axe(page)
    no_sideways_scroll(page)
    look(page, "board-telephone")
