# Read a key, or make one that only its owner can read.
# Quoted from src/nexus/config/environment.py#L338-L348

def _kept_secret(path: Path) -> str:
    """Read the key at ``path``, or make one that only the owner of the file can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
