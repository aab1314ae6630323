"""A mail server on loopback that keeps what it takes: real SMTP, no mailbox of anybody's."""

import contextlib
import email
import email.policy
from email.message import EmailMessage

import running
from aiosmtpd.controller import Controller


class Mailbox:
    def __init__(self):
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        # What it says to a recipient; "250 OK" takes it.
        self.says = "250 OK"
        self.controller: Controller | None = None

    @property
    def settings(self) -> dict[str, str]:
        return {
            "COMPTOIR_MAIL_URL": f"smtp://127.0.0.1:{self.controller.port}",
            "COMPTOIR_MAIL_FROM": "bons@comptoir.example",
        }

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.says.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, server, session, envelope):
        self.recipients += envelope.rcpt_tos
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 kept"


@contextlib.contextmanager
def mailbox():
    box = Mailbox()
    box.controller = Controller(box, hostname="127.0.0.1", port=running.free_port())
    box.controller.start()
    try:
        yield box
    finally:
        box.controller.stop()
