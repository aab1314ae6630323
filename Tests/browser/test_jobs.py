"""The jobs of the till with the keyboard alone, with the network cut after the first step, and what is kept for somebody."""

import datetime

import pytest

from counter import LAPTOP_CENTS, RECHARGE_CENTS, counter  # noqa: F401
from desk import count_drawer, number, ready, sell_a_laptop, state, till  # noqa: F401
import running


def choose_reason(till, hands, field: str) -> None:
    """With the keyboard: Tab to the list of reasons, and its first reason."""
    for _ in range(12):
        if till.evaluate("document.activeElement.id") == field:
            break
        hands.press("Tab")
    assert till.evaluate("document.activeElement.id") == field, f"#{field} is not reached by Tab"
    hands.press("ArrowDown")
    assert till.input_value(f"#{field}")


def no_taps(hands) -> None:
    assert hands.done and not [done for done in hands.done if done.startswith("tap")], hands.done


@pytest.mark.parametrize("means", ["cash", "card"])
def test_a_computer_is_sold_by_keyboard(till, counter, hands, means):
    voucher, label = counter.voucher(), counter.laptop()
    hands.begin()
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F8" if means == "cash" else "F9")
    if means == "card":
        till.wait_for_selector("#ask-dialog[open]")
        hands.press("Enter")
    state(till, "done")
    no_taps(hands)
    sold = counter.service.json("receipt", number(till))
    assert sold["total_cents"] == LAPTOP_CENTS and [paid["means"] for paid in sold["payments"]] == [means]


def test_a_recharge_is_sold_by_keyboard(till, counter, hands):
    hands.begin()
    hands.scan(counter.voucher())
    hands.press(till.locator("[data-offer=recharge-5] kbd").inner_text())
    hands.press("F8")
    state(till, "done")
    no_taps(hands)
    assert counter.sold(till, number(till))["total_cents"] == RECHARGE_CENTS


def test_a_right_is_checked_by_keyboard(till, counter, hands):
    hands.begin()
    hands.scan(counter.voucher())
    till.wait_for_selector(".person-name")
    hands.press("Escape")
    till.wait_for_selector("#who .empty")
    no_taps(hands)


@pytest.mark.parametrize("missing", [0, 100])
def test_the_drawer_is_closed_and_opened_by_keyboard(till, counter, hands, missing):
    count_drawer(till, counter, hands, missing_cents=missing)
    if missing:
        till.wait_for_selector("#close-gap:not([hidden])")
        choose_reason(till, hands, "close-reason")
    hands.press("Enter")
    till.wait_for_selector("body[data-drawer=closed]")
    till.goto(counter.service.url + "/till")
    till.wait_for_selector("#open-dialog[open]")
    hands.type("100")
    hands.press("Enter")
    till.wait_for_selector("body[data-drawer=open]")
    no_taps(hands)
    assert counter.drawer(till)["float_cents"] == 10_000


def test_a_line_is_refunded_by_keyboard(till, counter, hands):
    receipt = sell_a_laptop(till, counter, hands)
    hands.begin()
    hands.scan(receipt)
    till.wait_for_selector("#refund-dialog[open]")
    choose_reason(till, hands, "refund-reason")
    hands.press("F8")
    till.wait_for_selector("#change")
    no_taps(hands)
    assert counter.sold(till, receipt)["lines"][0]["units_left"] == 0


@pytest.mark.refusals
@pytest.mark.parametrize("job", ["computer for cash", "computer by card", "recharge"])
def test_the_network_cut_after_the_first_step_sells_nothing_and_then_once(till, counter, hands, job):
    """The voucher is read; then nothing answers. Nothing is sold, the person stays, and all goes on when it is back."""
    voucher, label = counter.voucher(), counter.laptop()
    tickets = counter.drawer(till)["tickets"]
    hands.begin()
    hands.scan(voucher)
    till.wait_for_selector(".person-name")
    till.context.set_offline(True)
    if job == "recharge":
        hands.press(till.locator("[data-offer=recharge-5] kbd").inner_text())
        state(till, "open")
        hands.press("F8")
        state(till, "waiting")
        assert "rien n’est vendu" in till.inner_text("#pending")
    else:
        hands.scan(label)
        till.wait_for_selector("#refusal .refusal")
        assert "Rien n’a été fait" in till.inner_text("#refusal")
    assert till.is_visible(".person-name"), "the person is gone with the network"
    till.context.set_offline(False)
    if job != "recharge":
        hands.scan(label)
        state(till, "open")
        hands.press("F8" if job == "computer for cash" else "F9")
        if job == "computer by card":
            till.wait_for_selector("#ask-dialog[open]")
            hands.press("Enter")
    state(till, "done")
    assert counter.sold(till, number(till))["total_cents"] == (RECHARGE_CENTS if job == "recharge" else LAPTOP_CENTS)
    assert counter.drawer(till)["tickets"] == tickets + 1


@pytest.mark.refusals
def test_a_refund_whose_answer_was_lost_gives_back_once(till, counter, hands):
    receipt = sell_a_laptop(till, counter, hands)
    hands.scan(receipt)
    till.wait_for_selector("#refund-dialog[open]")
    till.select_option("#refund-reason", "defective")
    till.context.set_offline(True)
    hands.press("F8")
    till.wait_for_selector("#refund-dialog .refusal, #refusal .refusal, #refund-problem:not([hidden]), #refund-dialog [role=alert]")
    assert counter.service.json("receipt", receipt)["refunds"] == []
    till.context.set_offline(False)
    hands.press("F8")
    till.wait_for_selector("#change")
    assert len(counter.service.json("receipt", receipt)["refunds"]) == 1


@pytest.mark.refusals
def test_a_machine_kept_for_somebody_is_sold_to_nobody_else(till, counter, hands, axe, look):
    label = counter.laptop()
    kept = counter.service.json("voucher", "show", counter.voucher())["persons"][0]["code"]
    until = (running.today() + datetime.timedelta(days=7)).isoformat()
    counter.service.command("device", "reserve", label, "--person", kept, "--until", until)
    hands.scan(counter.voucher())
    till.wait_for_selector(".person-name")
    hands.scan(label)
    hands.press("F8")
    till.wait_for_selector("#lines .refusal")
    refusal = till.inner_text("#lines .refusal")
    assert label in refusal and "réserv" in refusal.lower()
    axe(till)
    look(till, "till-reserved")
    assert counter.drawer(till)["open"]
    shown = counter.service.json("device", "show", label)
    assert "sale" not in str(shown.get("exit", ""))


def test_a_machine_kept_for_somebody_is_sold_to_them(till, counter, hands):
    label, voucher = counter.laptop(), counter.voucher()
    kept = counter.service.json("voucher", "show", voucher)["persons"][0]["code"]
    until = (running.today() + datetime.timedelta(days=7)).isoformat()
    counter.service.command("device", "reserve", label, "--person", kept, "--until", until)
    hands.scan(voucher)
    hands.scan(label)
    hands.press("F8")
    state(till, "done")
    assert counter.sold(till, number(till))["total_cents"] == LAPTOP_CENTS


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "'; drop table persons; --", "محمد بن عبد الله",
                                  "Zoe\u0308\u0301 N\u0303", "\"><img src=x onerror=alert(1)>"])
def test_a_strange_name_is_only_a_name_on_the_till_and_its_page(till, counter, hands, name, no_sideways_scroll):
    made = counter.service.json("person", "create", name, "--somebody-else")
    till.on("dialog", lambda dialog: pytest.fail("a name ran as a script"))
    hands.scan(made["code"])
    till.wait_for_selector(".person-name")
    assert till.inner_text(".person-name").strip()
    assert till.locator("main img, main script").count() == 0
    no_sideways_scroll(till)
    till.goto(f"{counter.service.url}/till")
    shown = counter.service.json("person", "show", made["code"])
    assert "drop" not in name or "drop table" in str(shown)
