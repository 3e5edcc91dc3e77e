# Copy a file that may be larger than it says, and stop at the limit.
# Quoted from src/nexus/repositories/git/items.py#L87-L92

def _copy(item: Item, spool: IO[bytes], limits: Limits) -> None:
    with item.open() as source:
        while chunk := source.read(_CHUNK):
            if spool.tell() + len(chunk) > limits.max_file_bytes:
                raise ItemError("too-large")
            spool.write(chunk)
