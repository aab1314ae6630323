"""The HTTP API against its own description: whatever is sent, no answer is a fault, and each is of the shape that
/openapi.json promises. schemathesis makes the requests from that description; the same ones in every run."""

import re
import subprocess
import sys
from pathlib import Path

from till import Till

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
CHECKS = "not_a_server_error,response_schema_conformance,status_code_conformance,content_type_conformance"


def test_the_description_is_true_whatever_is_asked(demo):
    till = Till(demo, login="admin", password="comptoir-demo").have_drawer_open()
    headers = [part for name, value in till.headers.items() for part in ("-H", f"{name}: {value}")]
    done = subprocess.run(
        [SCHEMATHESIS, "run", f"{demo.url}/openapi.json", *headers, "--checks", CHECKS, "--max-examples", "5",
         "--phases", "coverage,fuzzing", "--generation-deterministic", "--continue-on-failure", "--no-shrink",
         "--no-color", "--request-timeout", "30",
         # Signing in and out would end the sign-in under which the rest is asked.
         "--exclude-path-regex", "sign-in|sign-out|password"],
        capture_output=True, text=True, timeout=600)
    cases = re.search(r"(\d+) generated", done.stdout)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert cases and int(cases[1]) > 500, done.stdout[-2000:]
