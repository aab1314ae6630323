"""Recharge codes of an installation, by the command line: how a shop comes to have some to sell."""

FORMAT = "sfr-2026"
PRODUCT = "code-sfr"


def furnish(service) -> None:
    """An article that is a code, and how its operator writes its files."""
    service.json("product", "create", PRODUCT, "--kind", "recharge", "--category", "connection", "--delivery", "code",
                 "--operator", "SFR", "--name-fr", "Recharge SFR 5 €", "--name-en", "SFR €5 recharge")
    service.json("offer", "set", PRODUCT, "--price", "5,00", "--volume-mb", "20000", "--valid-days", "30")


def declare(service) -> None:
    service.json("recharge", "format", "declare", FORMAT, "--name", "SFR 2026", "--code-length", "14", "--code-column", "PIN",
                 "--serial-column", "Serie", "--expiry-column", "Date")


def file(folder, codes: range, name: str = "codes.csv"):
    path = folder / name
    lines = "".join(f"S{number};7021{number:010};31/12/2062\n" for number in codes)
    path.write_text(f"Serie;PIN;Date\n{lines}", encoding="utf-8")
    return path


def take_in(service, path, count: int, *who: str) -> str:
    return service.json("recharge", "import", str(path), "--product", PRODUCT, "--format", FORMAT, "--slip", "BL-2026-118",
                        "--units", str(count), "--value", f"{5 * count},00", "--shop", "LI", *who)["batch"]
