# Refuse an archive that unpacks to far more than it should.
# Quoted from src/nexus/repositories/git/archives.py#L124-L128

def _check_ratio(items: Iterable[Item], packed: int, limits: Limits) -> None:
    """Refuse an archive that unpacks to far more than it should: a bomb."""
    total = sum(item.size for item in items if item.size <= limits.max_file_bytes)
    if total > limits.max_bytes or (total > _HARMLESS and total > packed * _MAX_RATIO):
        raise trouble(ImportRefused, "archive-bomb")
