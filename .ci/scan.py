# ruff: noqa: INP001 -- no package: it is run by its path
"""Scan the dependencies for known vulnerabilities and the repository for secrets.

Ends with 1 where something is found. A dependency that the index knows nothing of is not found
clean: it is counted, and said. Uses pip-audit and detect-secrets, found beside this interpreter.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KNOWN = ROOT / ".ci" / "no_secrets.json"
"""What looks like a secret and is none: a list of SHA-1 hashes for each file."""


def main() -> int:
    """Run both scans."""
    return max(scan_dependencies(), scan_repository())


def scan_dependencies() -> int:
    """Ask the index about every pinned version; return 1 where one is vulnerable."""
    options = ("-r", "constraints.txt", "--no-deps", "--disable-pip", "--format", "json")
    ran = _tool("pip_audit", *options)
    if not ran.stdout.strip():
        sys.stdout.write(f"dependencies: NOT audited, the index did not answer\n{ran.stderr}\n")
        return 0
    found = json.loads(ran.stdout)["dependencies"]
    silent = [each["name"] for each in found if "skip_reason" in each]
    bad = [each for each in found if each.get("vulns")]
    sys.stdout.write(f"dependencies: {len(found) - len(silent)} of {len(found)} audited\n")
    if silent:
        named = "all of them" if len(silent) == len(found) else ", ".join(silent)
        sys.stdout.write(f"NOT audited, since the index knows nothing of them: {named}\n")
    for each in bad:
        ids = ", ".join(vulnerability["id"] for vulnerability in each["vulns"])
        sys.stdout.write(f"VULNERABLE: {each['name']} {each['version']}: {ids}\n")
    return int(bool(bad))


def scan_repository() -> int:
    """Look for secrets in what is tracked; return 1 where one is not known to be none."""
    ran = _tool(
        "detect_secrets",
        "scan",
        "--exclude-files",
        r"^training/data/|\.npz$|^\.ci/no_secrets\.json$",
    )
    ran.check_returncode()
    known = json.loads(KNOWN.read_text())
    found = {
        f"{path}:{each['line_number']}: {each['type']} ({each['hashed_secret']})"
        for path, places in json.loads(ran.stdout)["results"].items()
        for each in places
        if each["hashed_secret"] not in known.get(path, ())
    }
    for line in sorted(found):
        sys.stdout.write(f"SECRET? {line}\n")
    sys.stdout.write(f"secrets: {len(found)} found; if one is none, add its hash to {KNOWN.name}\n")
    return int(bool(found))


def _tool(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
