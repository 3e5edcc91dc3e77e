"""What the scripts that write parts of the hub have in common."""

import argparse
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HUB = ROOT / "hub"


def stale(wanted: Mapping[Path, str]) -> list[Path]:
    """The files that do not say what they should."""
    return [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]


def settle(wanted: Mapping[Path, str], description: str) -> int:
    """Write what changed, or with ``--check`` only name it; the exit code."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
    check = parser.parse_args().check
    changed = stale(wanted)
    for path in changed:
        print(f"{'stale' if check else 'wrote'} {path.relative_to(ROOT)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path])
    return int(check and bool(changed))
