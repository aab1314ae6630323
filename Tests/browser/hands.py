"""What a person does at the till, done in a real browser and counted as ux.md counts it.

One scan, one tap, one shortcut, one typed field (whatever its digits): each is one interaction.
The count is taken from the events that the page receives, not from what a test says it did, so a
test cannot flatter itself. Reaching a field (by tap or Tab) and typing in it is one.
"""

import time
from dataclasses import dataclass

# As the till's own scanner.js takes it: in a field a person may type, outside one nobody does.
SCAN_GAP_MS = {True: 60, False: 300}
SCAN_LENGTH = 6
SCANNER_SECONDS = 0.002  # from key to key
FIELD_KEYS = {"Backspace", "Home", "End"}

# Runs before the page's own scripts, in each page, and reports each real event as it comes.
RECORDER = """
(() => {
  const at = (event) => performance.timeOrigin + event.timeStamp;
  const name = (node) => {
    if (!(node instanceof Element) || node === document.body) return "";
    return node.tagName + "#" + (node.id || node.getAttribute("name") || node.textContent.trim().slice(0, 40));
  };
  const field = (node) => node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement
    || (node instanceof HTMLInputElement
        && !["button", "submit", "checkbox", "radio", "reset", "file"].includes(node.type));
  const tell = (kind, event, key) => {
    if (event.isTrusted || kind === "chosen")
      window.__interaction({kind, key: key || "", at: at(event), on: name(event.target), field: field(event.target)});
  };
  addEventListener("keydown", (event) => {
    if (!event.repeat && !["Shift", "Control", "Alt", "AltGraph", "Meta"].includes(event.key))
      tell("key", event, event.key);
  }, true);
  addEventListener("pointerdown", (event) => tell("tap", event), true);
  addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) tell("chosen", event);
  }, true);
})();
"""


@dataclass
class Event:
    kind: str  # key, tap, chosen
    key: str
    at: float  # milliseconds
    on: str
    field: bool


def interactions(events: list[Event]) -> list[str]:
    """The events, gathered into what a person would call one thing done; in the order done."""
    done: list[str] = []
    reached = ""  # the field that the last interaction went to, and nothing typed there yet
    typing = ""  # the field that is being typed in
    position = 0
    while position < len(events):
        event = events[position]
        burst = _scan_length(events, position)
        if burst:
            done.append("scan " + "".join(e.key for e in events[position : position + burst - 1]))
            position, reached, typing = position + burst, "", ""
            continue
        position += 1
        if event.kind == "chosen":
            if reached == event.on:
                done.pop()
            done.append(f"choose {event.on}")
            reached = typing = ""
        elif event.kind == "tap":
            done.append(f"tap {event.on}")
            reached, typing = (event.on if event.field else ""), ""
        elif event.field and (len(event.key) == 1 or event.key in FIELD_KEYS):
            if typing == event.on:
                continue
            if reached == event.on:
                done.pop()
            done.append(f"type in {event.on}")
            reached, typing = "", event.on
        elif event.key == "Tab" and _typed_next(events, position):
            typing = ""  # on the way to the next field: counted there
        else:
            done.append(f"press {event.key}")
            reached = typing = ""
    return done


def _scan_length(events: list[Event], start: int) -> int:
    """How many events from `start` are one scan: a burst of characters ended by Enter or Tab."""
    length = 0
    for event in events[start:]:
        if event.kind != "key" or (length and event.at - events[start + length - 1].at >= SCAN_GAP_MS[event.field]):
            return 0
        length += 1
        if event.key in ("Enter", "Tab"):
            return length if length > SCAN_LENGTH else 0
        if len(event.key) != 1:
            return 0
    return 0


def _typed_next(events: list[Event], position: int) -> bool:
    for event in events[position:]:
        if event.kind == "key" and event.key == "Tab":
            continue
        return event.kind == "key" and event.field and len(event.key) == 1
    return False


class Hands:
    """A seller's hands on one page: `scan`, `press`, `tap`, `type`; `done` is what they did."""

    def __init__(self, page):
        self.page = page
        self.events: list[Event] = []
        self._keyboard = None
        page.expose_binding("__interaction", lambda _, event: self.events.append(Event(**event)))
        page.add_init_script(RECORDER)

    @property
    def done(self) -> list[str]:
        return interactions(sorted(self.events, key=lambda event: event.at))

    def begin(self) -> None:
        """Forgets what was done so far: the job that is counted begins here."""
        self.events.clear()

    def scan(self, code: str, pause: float = SCANNER_SECONDS, end: bool = True) -> None:
        """A scanner is a keyboard that types a burst and ends it with Enter, whatever its layout types."""
        # Each key says when it was pressed, so that a slow machine makes no slow scanner.
        begun = time.time()
        for place, mark in enumerate(code):
            self._key(key=mark, text=mark, timestamp=begun + place * pause)
        if not end:
            return
        self._key(key="Enter", code="Enter", text="\r", windowsVirtualKeyCode=13,
                  timestamp=begun + len(code) * pause)

    def _key(self, **key) -> None:
        # By the browser's own protocol: the page's keyboard knows an American layout alone, and pastes the rest.
        if self._keyboard is None:
            self._keyboard = self.page.context.new_cdp_session(self.page)
        self._keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **key})
        self._keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **{k: v for k, v in key.items() if k != "text"}})

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Types into what has the focus, as slowly as a person."""
        self.page.keyboard.type(text, delay=SCAN_GAP_MS[True] + 20)

    def tap(self, locator) -> None:
        locator.click()

    def at_most(self, target: int) -> None:
        done = self.done
        assert done, "nothing was done: the counting is broken"
        assert len(done) <= target, f"{len(done)} interactions, the target is {target}: {done}"
