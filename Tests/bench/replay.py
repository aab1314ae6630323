"""The same statements for pgbench: what the server's own log says that the service ran for one sale.

One sale is made while the server logs every statement. Each value in it that belongs to that sale (its
voucher, its machine, its request key, the ids made for it) becomes an expression over pgbench's `:n`, the
number of the sale; all else stays as it was sent. So the script cannot drift from the code.
"""

import re
from dataclasses import dataclass

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[(\d+)\] (\w+):  (.*)$")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Statement:
    process: int
    sql: str
    parameters: list[str | None]


def statements(log: str) -> list[Statement]:
    """What a log with the prefix '%m [%p] ' says was run, in order, the statements of all processes."""
    found: list[Statement] = []
    detailed: dict[int, Statement] = {}
    for process, level, text in _entries(log):
        run = re.match(r"(?s)(?:execute [^:]*|statement): (.*)", text)
        if level == "LOG" and run:
            found.append(Statement(process, run[1], []))
            detailed[process] = found[-1]
        elif level == "DETAIL" and text.startswith("parameters: ") and process in detailed:
            detailed.pop(process).parameters = _parameters(text)
    return found


def _entries(log: str):
    entries: list[list] = []
    for line in log.splitlines():
        if start := ENTRY.match(line):
            entries.append([int(start[1]), start[2], start[3]])
        elif entries:
            entries[-1][2] += "\n" + line.removeprefix("\t")
    return entries


def _parameters(detail: str) -> list[str | None]:
    # parameters: $1 = 'it''s', $2 = NULL
    return [
        None if value == "NULL" else value[1:-1].replace("''", "'")
        for value in re.findall(r"\$\d+ = (NULL|'(?:[^']|'')*')", detail)
    ]


def script(recorded: list[Statement], types: list[list[str] | None], known: dict[str, str],
           preamble: str, since: float) -> str:
    """A pgbench script of two pipelined trips, as the service makes them: reads, then writes and commit.

    `known` maps a value of the recorded sale to an SQL expression over `:n`. A UUIDv7 made after
    `since` that it does not list was made for the sale, and becomes an id of a kind of its own. `types` are those that
    the server infers for each statement's parameters, where it can.
    """
    known, made = dict(known), 70
    for statement in recorded:
        for uuid in UUID.findall(" ".join(p or "" for p in statement.parameters)):
            if uuid not in known and uuid[14] == "7" and _made_at(uuid) >= since:
                known[uuid] = f"bench_id({made}, :n)"
                made += 1
    last_read = max(i for i, s in enumerate(recorded) if re.match(r"(?is)\s*(select|with)\b", s.sql))
    lines = [preamble, "\\startpipeline"]
    for index, (statement, kinds) in enumerate(zip(recorded, types)):
        def put_in(match, statement=statement, kinds=kinds):
            position = int(match[1]) - 1
            return _expression(statement.parameters[position], kinds[position] if kinds else None, known)

        sql = re.sub(r"\$(\d+)", put_in, " ".join(statement.sql.split()))
        lines.append(sql.rstrip("; ") + ";")
        if index == last_read:
            lines += ["\\endpipeline", "\\startpipeline"]
    return "\n".join([*lines, "\\endpipeline", ""])


def _made_at(uuid: str) -> float:
    """Seconds since 1970, by a UUIDv7's first 48 bits."""
    return int(uuid.replace("-", "")[:12], 16) / 1000


def _expression(value: str | None, kind: str | None, known: dict[str, str]) -> str:
    cast = f"::{kind}" if kind else ""
    if value is None:
        return f"null{cast}"
    if value in known:
        return f"({known[value]}){cast}"
    parts = re.split("(" + "|".join(map(re.escape, sorted((k for k in known if len(k) > 8), key=len))) + ")",
                     value)
    pieces = [f"({known[p]})::text" if p in known else _quoted(p) for p in parts if p]
    return f"({' || '.join(pieces) or _quoted('')}){cast}"


def _quoted(text: str) -> str:
    # pgbench takes `:name` for a variable even inside quotes: such a colon is put together instead.
    quoted = "'" + re.sub(r":(?=[A-Za-z_])", "' || chr(58) || '", text.replace("'", "''")) + "'"
    return f"({quoted})" if "||" in quoted else quoted
