"""Runs one of the scripts of ``frontend/package.json``.

    python -m scripts.run_npm check

with the Node.js that the build uses, after installing what the lock file names.
"""

import os
import subprocess
import sys
from pathlib import Path

from scripts.build_frontend import FRONTEND, NodeMissing, find_node, install


def run(script: str) -> int:
    """Run ``script``; its exit code.

    Raises:
        NodeMissing: there is no Node.js and none could be fetched.
    """
    tools = find_node(FRONTEND / ".node")
    install(FRONTEND, tools)
    # npm's scripts call `node`: it may be the fetched one, which is not on PATH
    path = os.pathsep.join([str(Path(tools.program).parent), os.environ["PATH"]])
    command = [*tools.npm, "run", "--silent", script]
    done = subprocess.run(command, cwd=FRONTEND, env={**os.environ, "PATH": path}, check=False)
    return done.returncode


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[1]))
    except NodeMissing as reason:
        sys.exit(str(reason))
