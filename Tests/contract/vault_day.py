"""What is done with recharge codes on a day in the shop, by the command line."""


def trade_codes(day, folder, voucher: str) -> None:
    """Declared, taken in, approved by somebody else, sold, shown, cleared, refunded, accounted for."""
    day("product", "create", "code-sfr", "--kind", "recharge", "--category", "connection", "--delivery", "code",
        "--operator", "SFR", "--name-fr", "Code SFR", "--name-en", "SFR code")
    day("offer", "set", "code-sfr", "--price", "0,10", "--valid-days", "30")
    day("recharge", "format", "declare", "sfr-2026", "--name", "SFR 2026", "--code-length", "14", "--code-column", "PIN",
        "--serial-column", "Serie", "--check-units-column", "1")
    assert [row["code"] for row in day("recharge", "format", "list")["items"]] == ["sfr-2026"]
    codes = [f"90210000{number:06}" for number in range(3)]
    file = folder / "codes.csv"
    file.write_text("Serie;PIN\n" + "".join(f"S{place};{code}\n" for place, code in enumerate(codes)) + "3;TOTAL\n")
    slip = (str(file), "--product", "code-sfr", "--format", "sfr-2026", "--slip", "BL-7", "--units", "3", "--value", "15,00")
    assert "batch" not in day("recharge", "import", *slip, "--dry-run")
    wrong = day("recharge", "import", *slip)["batch"]
    assert day("recharge", "reject", wrong, "--motive", "Mauvais bordereau", "--as", "rosa")["stage"] == "rejected"
    batch = day("recharge", "import", *slip)["batch"]
    assert [row["code"] for row in day("recharge", "list", "--stage", "waiting")["items"]] == [batch]
    assert day("recharge", "approve", batch, "--as", "rosa")["units"] == 3
    sold = day("sell", "--voucher", voucher, "--product", "code-sfr=2", "--pay", "cash=20")["number"]
    assert [code["state"] for code in day("recharge", "codes", sold)["items"]] == ["hidden", "hidden"]
    shown = [code["code"].replace(" ", "") for code in day("recharge", "reveal", sold)["codes"]]
    assert len(set(shown)) == 2 and set(shown) < set(codes)
    assert day("recharge", "clear", sold, "--unit", "2", "--proof", "SFR 4711", "--as", "rosa")["proof"] == "SFR 4711"
    assert day("recharge", "show", batch)["sold"] == 2
    [account] = day("recharge", "reconcile")["items"]
    assert (account["closing"]["units"], account["difference"]) == (1, 0)
    for code in codes:
        for told in (day("recharge", "list"), day("recharge", "codes", sold), day("receipt", "show", sold)):
            assert code not in str(told), "a code is shown once, and by one answer"
