"""What no statement may do (G4): one association is one schema, found by search_path, on whatever node it lies."""

import re

import pytest
import running

SQL = sorted((running.ROOT / "sql").rglob("*.sql"))
SWIFT = sorted((running.ROOT / "Sources").rglob("*.swift"))
# Far from any sale: who prepares a database, guesses at a password, takes a role away or sets a limit waits for their turn.
BESIDE = {"Preparation.swift", "Migrator.swift", "Throttle.swift", "DisableUser.swift", "Roles.swift", "SetQuotaRule.swift"}

SCHEMA = re.compile(r"\b(public|comptoir|extensions|pg_catalog|information_schema|pg_temp)\.[a-z_]+\b", re.I)
BY_SEQUENCE = re.compile(
    r"\b(big|small)?serial\s+(primary|not|unique|references)\b|\bgenerated\s+(always|by\s+default)\s+as\s+identity\b"
    r"|\bcreate\s+sequence\b|\b(next|curr|set)val\s*\(", re.I)
BY_NODE = re.compile(
    r"\bpg_(try_)?advisory_|\block\s+table\b|\bexclude\s+using\b|\bpg_notify\b|^\s*(listen|notify|unlisten)\s+\w+", re.I | re.M)


def statements(path) -> str:
    """A file without its comments, and of Swift its string literals alone."""
    text = path.read_text()
    if path.suffix == ".sql":
        return re.sub(r"--.*", "", text)
    text = re.sub(r"^\s*//.*$", "", text, flags=re.M)
    return "\n".join(a or b for a, b in re.findall(r'"""(.*?)"""|"((?:[^"\\\n]|\\.)*)"', text, re.S))


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.name)
def test_a_file_of_sql_names_no_schema_and_draws_no_number(path):
    text = statements(path)
    # The one exception: fold() must name the extensions' schema, or a dump does not restore.
    text = re.sub(r"create function fold\(.*?;", "", text, flags=re.S | re.I)
    # A setting of ours bears our name with a point; it is no schema.
    text = re.sub(r"current_setting\('comptoir\.[a-z]+'", "", text)
    assert not SCHEMA.findall(text), f"{path.name} names a schema: {SCHEMA.search(text)[0]}"
    assert not BY_SEQUENCE.search(text), f"{path.name}: {BY_SEQUENCE.search(text)[0]}"
    assert not BY_NODE.search(text), f"{path.name}: {BY_NODE.search(text)[0]}"


def test_no_statement_in_the_sources_names_a_schema_or_locks_beside_its_rows():
    assert len(SWIFT) > 100
    for path in SWIFT:
        text = statements(path)
        if path.name not in BESIDE:
            assert not BY_NODE.search(text), f"{path.name}: {BY_NODE.search(text)[0]}"
        assert not BY_SEQUENCE.search(text), f"{path.name}: {BY_SEQUENCE.search(text)[0]}"
        if "Store" in path.parts:
            for found in SCHEMA.finditer(text):
                # A setting (comptoir.structure) and a log's label (comptoir.store) are no tables.
                assert found[0] in ("comptoir.structure", "comptoir.store"), f"{path.name} names a schema: {found[0]}"


@pytest.mark.parametrize(("text", "rule"), [
    ("select id from comptoir.sales", SCHEMA), ("number bigserial primary key", BY_SEQUENCE),
    ("id int generated always as identity", BY_SEQUENCE), ("select nextval('numbers')", BY_SEQUENCE),
    ("select pg_advisory_xact_lock(1)", BY_NODE), ("lock table sales", BY_NODE), ("\nnotify sold", BY_NODE),
    ("exclude using gist (shop with =)", BY_NODE),
])
def test_the_lint_sees_what_it_looks_for(text, rule):
    assert rule.search(text)


def test_the_tables_have_no_sequence(shop):
    """Asked of the database itself, whatever the files say."""
    [pid_file] = shop.service.data.rglob("postmaster.pid")
    counted = running.subprocess.run(
        ["psql", "-X", "-A", "-t", "-h", pid_file.read_text().splitlines()[4], "-U", "postgres", "comptoir", "-c", """
            select (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'comptoir' and c.relkind = 'S'),
                   (select count(*) from pg_constraint c join pg_namespace n on n.oid = c.connamespace
                    where n.nspname = 'comptoir' and c.contype = 'x'),
                   (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'comptoir' and c.relkind = 'r') > 40"""],
        capture_output=True, text=True, check=True, cwd="/")
    assert counted.stdout.strip() == "0|0|t"
