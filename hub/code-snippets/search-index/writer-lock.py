# The right to write, held by at most one process.
# Quoted from src/nexus/search/storage.py#L92-L135

class WriterLock:
    """The right to write, held by at most one holder on this machine.

    The system gives it back when a process dies, however it dies.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / "writer.lock"
        self._file: IO[str] | None = None

    @property
    def is_held(self) -> bool:
        """Whether this holder has it."""
        return self._file is not None

    def acquire(self) -> bool:
        """Take the lock if it is free; True when it is held afterwards."""
        if self._file is not None and self._is_ours():
            return True
        self.release()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _is_ours(self) -> bool:
        """Whether the locked file is still the one at its path: the directory may be gone."""
        try:
            return self._file is not None and os.path.samestat(
                os.fstat(self._file.fileno()), self._path.stat()
            )
        except OSError:
            return False
