# End a process and all that it started: politely, so that locks are removed, then not.
# Quoted from src/nexus/repositories/git/program.py#L146-L160

def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started: politely, so that locks are removed, then not.

    The process is reaped last of all: until then its number cannot belong to another one.
    """
    if process.returncode is None:
        _signal_group(process, signal.SIGTERM)
        with contextlib.suppress(ChildProcessError):
            _wait_unreaped(process.pid, _GRACE)
        _signal_group(process, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
