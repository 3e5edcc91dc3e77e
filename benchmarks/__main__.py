"""Every measurement of the hub itself, one after the other: ``make benchmark``.

    python -m benchmarks [--examples FOLDER]

Start, memory of the idle process, bytes of a cold page, files a second. Each is a command of
its own in this folder; those that compare with peers take longer and are run by name.
"""

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "shared" / "examples"


def main() -> int:
    """Run them; the exit code is the first that is not 0."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--examples", type=Path, default=EXAMPLES, help="folders to publish")
    examples: Path = parser.parse_args().examples
    commands = [["start_time.py"], ["idle_memory.py"], ["cold_page_bytes.py"]]
    if examples.is_dir():
        commands.append(["publish_speed.py", str(examples)])
    return max(run(*command) for command in commands)


def run(script: str, *arguments: str) -> int:
    """Run one measurement and say which it is."""
    print(f"\n== {script}", flush=True)
    return subprocess.run([sys.executable, HERE / script, *arguments], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
