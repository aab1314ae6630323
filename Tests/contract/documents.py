"""What a command printed, read as strictly as a program reads it."""

import json
import subprocess

DONE, REFUSED, WRONG_USAGE, FAULT = 0, 1, 2, 70


def document(done: subprocess.CompletedProcess) -> dict | list:
    """The one JSON document on standard output; anything beside it fails."""
    assert done.stdout.endswith("\n") and done.stdout.count("\n") == 1, f"not one document a line:\n{done.stdout}"
    return json.loads(done.stdout)


def objects(done: subprocess.CompletedProcess) -> list[dict]:
    """One object a line, where the help says so."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def refusal(done: subprocess.CompletedProcess) -> dict:
    """The refusal of a command that ended with 1: whole, in words, and nothing said beside it."""
    assert done.returncode == REFUSED, f"ended with {done.returncode}:\n{done.stdout}{done.stderr}"
    told = document(done)["refusal"]
    check_refusal(told)
    assert done.stderr == "", done.stderr
    return told


def check_refusal(told: dict) -> None:
    for part in ("code", "what", "why", "now"):
        assert isinstance(told.get(part), str) and told[part].strip(), f"a refusal without {part}: {told}"
    assert told["code"] == told["code"].lower() and " " not in told["code"]
    assert "{" not in told["what"] + told["why"] + told["now"], f"words not filled in: {told}"
