"""Sellers who go on whatever happens: each presses again, with the same key, until the till has answered."""

import http.client
import threading
from dataclasses import dataclass, field

from counter import Counter, request_key


@dataclass
class Ticket:
    number: int  # which voucher and which machine
    key: str
    answers: list[tuple[int, dict]] = field(default_factory=list)
    cuts: int = 0  # how often the connection broke before an answer

    @property
    def is_answered(self) -> bool:
        """Sold or refused; an outage says neither."""
        return bool(self.answers) and self.answers[-1][0] < 500


class Sellers:
    """One thread a till. `tickets` holds all that was asked, answered or not."""

    def __init__(self, counter: Counter, tills: int):
        self.counter, self.tickets = counter, []
        self._next, self._lock, self._stop = 1, threading.Lock(), threading.Event()
        self._open = threading.Event()  # the shop: closed while the service is down
        self._open.set()
        self._threads = [threading.Thread(target=self._sell, args=(till,)) for till in range(tills)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._open.set()
        for thread in self._threads:
            thread.join()

    def closed(self) -> None:
        self._open.clear()

    def opened(self) -> None:
        self._open.set()

    @property
    def answered(self) -> int:
        return sum(ticket.is_answered for ticket in self.tickets)

    def _sell(self, till: int) -> None:
        while not self._stop.is_set():
            with self._lock:
                ticket = Ticket(self._next, request_key())
                self._next += 1
                self.tickets.append(ticket)
            while not ticket.is_answered and self._open.wait():
                try:
                    answer = self.counter.till(till).send(
                        "POST", "/api/v1/sales", self.counter.sell_request(ticket.number, ticket.key))
                    ticket.answers.append(answer)
                except (OSError, http.client.HTTPException):
                    ticket.cuts += 1
                    if self._stop.is_set():
                        return
