"""What the till's scripts read and make, row by row, in the browser that runs them."""

import pytest

from counter import counter  # noqa: F401


@pytest.fixture(scope="module")
def ask(counter, browser):
    """ask("money.js", "module => module.parse('1')"): runs a function over one of the till's modules."""
    page = browser.new_page()
    page.goto(counter.service.url + "/sign-in")

    def ask(module: str, function: str, *given):
        return page.evaluate(
            f"async given => ({function})(await import('/assets/till/{module}'), ...given)", list(given))

    yield ask
    page.close()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234,5", {"cents": 123_450}), ("1234.50", {"cents": 123_450}), ("1 234,50", {"cents": 123_450}),
        ("1\u00a0234,50\u00a0€", {"cents": 123_450}), ("1\u202f234,50", {"cents": 123_450}),
        ("49€90", {"cents": 4_990}), ("49,9", {"cents": 4_990}), ("100", {"cents": 10_000}), ("0", {"cents": 0}),
        ("1.234,50", {"doubt": 123_450}), ("1,234.50", {"doubt": 123_450}), ("1.234", {"doubt": 123_400}),
        ("", {}), ("-5", {}), ("12,345,6", {}), ("1,2,3", {}), ("douze", {}), ("12345678", {}),
    ],
)
def test_an_amount_is_read_or_asked_about_or_refused(ask, typed, read):
    assert ask("money.js", "(module, typed) => module.parse(typed)", typed) == read


@pytest.mark.parametrize(
    ("due", "notes"),
    [(9_900, [10_000]), (3_550, [4_000, 5_000, 10_000]), (500, [1_000, 2_000, 5_000, 10_000]), (10_000, [])],
)
def test_the_notes_that_may_be_handed_over(ask, due, notes):
    assert ask("money.js", "(module, due) => module.handedOver(due)", due) == notes


@pytest.mark.parametrize(
    ("typed", "code", "repaired"),
    [
        ("LIPC26-00123", "LIPC26-00123", False), ("LIPCé-)àà&é\"", "LIPC26-00123", True),
        ("&é\"'(-è_çà&é", "123456789012", True), ("P-72D3BX", "P-72D3BX", False),
        ("https://a.example/passport/2B/LIPC26-0008", "LIPC26-0008", False),
        ("httpsM!!q:exqmple!pqssport!éB!LIPCé-)àà&é", "https://a:example/passport/2B/LIPC26-0012", True),
    ],
)
def test_a_code_typed_by_a_scanner_of_another_layout(ask, typed, code, repaired):
    got = ask("scanner.js", "(module, typed) => module.repair(module.codeIn(typed))", typed)
    assert (got["code"], got["repaired"]) == (code, repaired)


def test_a_code_is_taken_out_of_an_address(ask):
    address = "https://exemple.fr/appareils/LIPC26-0008?source=etiquette"
    assert ask("scanner.js", "(module, typed) => module.codeIn(typed)", address) == "LIPC26-0008"


def test_request_keys_are_ordered_by_time(ask):
    early, late = ask("ticket.js", "module => [module.uuid7(1000), module.uuid7(2 ** 40)]")
    assert early < late
    assert early[14] == late[14] == "7" and early[19] in "89ab"
