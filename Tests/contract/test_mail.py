"""Vouchers by mail, through a real mail server on loopback."""

import pytest
import running
from counter import request_key
from documents import document, refusal
from mailbox import mailbox

TO = "awa.sy.unique@mailbox.example"


@pytest.fixture
def box():
    with mailbox() as box:
        yield box


@pytest.fixture
def signed(demo):
    """A voucher of the demonstration's prescriber's own, just signed."""
    return demo.json("portal", "sign", "--as", "prescription", "--new-person", "Awa-Marqueur/Sy-Marqueur",
                     "--household-size", "1", "--service", "equipment")["code"]


def send(demo, code, box=None, key=None, to=TO):
    return demo.ask("portal", "send", code, "--as", "prescription", "--to", to, "--json",
                    *(["--key", key] if key else []), **(box.settings if box else {}))


def test_a_voucher_goes_out_as_its_pdf_and_the_address_is_kept_nowhere(demo, box, signed):
    key = request_key()
    answer = document(send(demo, signed, box, key))
    assert [event["act"] for event in answer["history"]] == ["signed", "mailed"]
    [message] = box.messages
    assert box.recipients == [TO]
    assert (message["To"], message["From"]) == (TO, "bons@comptoir.example")
    assert message["Subject"].startswith("Votre bon d’orientation pour")
    assert message["Auto-Submitted"] == "auto-generated" and message["Message-ID"] and message["Date"]
    text = message.get_body(("plain",)).get_content()
    assert f"{signed[:4]}" in text and "valable jusqu’au" in text
    [paper] = message.iter_attachments()
    assert paper.get_content_type() == "application/pdf" and paper.get_filename() == f"bon-{signed}.pdf"
    assert paper.get_content().startswith(b"%PDF-")
    # A name is on the paper alone.
    assert "Marqueur" not in text + message["Subject"]
    # The same key again sends nothing more.
    document(send(demo, signed, box, key))
    assert len(box.messages) == 1
    [pid_file] = demo.data.rglob("postmaster.pid")
    dump = running.subprocess.run(
        ["pg_dump", "-h", pid_file.read_text().splitlines()[4], "-U", "postgres", "comptoir"],
        capture_output=True, text=True, check=True).stdout
    logs = "".join(file.read_text(errors="replace") for file in demo.data.rglob("*.log")) + demo.log.read_text()
    for kept in (dump, logs):
        assert "awa.sy.unique" not in kept


def test_what_the_mail_server_would_not_have_may_be_sent_again_under_the_same_key(demo, box, signed):
    key = request_key()
    box.says = "550 no such mailbox"
    assert refusal(send(demo, signed, box, key))["code"] == "mail_refused"
    box.says = "250 OK"
    nobody = {**box.settings, "COMPTOIR_MAIL_URL": f"smtp://127.0.0.1:{running.free_port()}"}
    # A name that is not this machine's own: in clear nothing goes there, wherever it leads.
    in_clear = {**box.settings, "COMPTOIR_MAIL_URL": f"smtp://mail.localhost:{box.controller.port}"}
    for settings in (nobody, in_clear):
        unreachable = demo.ask("portal", "send", signed, "--as", "prescription", "--to", TO, "--key", key, "--json", **settings)
        assert refusal(unreachable)["code"] == "mail_unreachable"
    assert box.messages == []
    history = demo.json("portal", "show", signed, "--as", "prescription")["history"]
    assert [event["act"] for event in history] == ["signed"]
    document(send(demo, signed, box, key))
    assert len(box.messages) == 1


def test_refused_before_anything_goes_out(demo, box, signed):
    assert refusal(send(demo, signed))["code"] == "mail_unavailable"
    for wrong in ["awa", "awa@", "a b@c.fr", "awa@c.fr\nBcc: b@c.fr", "é@c.fr", "a@c.fr,b@c.fr", "<a@c.fr>"]:
        assert refusal(send(demo, signed, box, to=wrong))["code"] == "email_unreadable", wrong
    assert refusal(send(demo, "999999999995", box))["code"] in {"voucher_unknown", "voucher_unreadable"}
    demo.json("portal", "revoke", signed, "--as", "prescription", "--motive", "Erreur de saisie")
    assert refusal(send(demo, signed, box))["code"] == "voucher_revoked"
    assert box.messages == []


def test_a_voucher_goes_out_five_times_a_day(demo, box, signed):
    for _ in range(5):
        document(send(demo, signed, box))
    answer = send(demo, signed, box)
    assert refusal(answer)["code"] == "mails_too_many"
    assert len(box.messages) == 5


def test_a_setting_that_cannot_be_used_is_named_without_its_password(demo):
    for url in ["http://bons:motdepasse@host", "smtp://bons:motdepasse@ho st:25", "motdepasse"]:
        answer = demo.ask("portal", "list", "--as", "prescription", COMPTOIR_MAIL_URL=url, COMPTOIR_MAIL_FROM="a@b.fr")
        assert answer.returncode == 2 and "COMPTOIR_MAIL_URL" in answer.stderr
        assert "motdepasse" not in answer.stderr + answer.stdout
    answer = demo.ask("portal", "list", "--as", "prescription", COMPTOIR_MAIL_URL="smtp://localhost:25")
    assert answer.returncode == 2 and "COMPTOIR_MAIL_FROM" in answer.stderr
