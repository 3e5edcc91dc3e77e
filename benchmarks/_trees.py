"""Trees of Markdown for a measurement: real files, repeated until there are enough."""

from collections.abc import Iterator
from pathlib import Path

_SUFFIX = ".md"


def make_tree(source: Path, target: Path, *, files: int) -> int:
    """Fill ``target`` with ``files`` pages from the Markdown below ``source``; returns its bytes.

    Each copy ends with a line of its own, so that nothing can be kept by its content. At the
    root is a README, which counts as one of them.
    """
    target.mkdir(parents=True)
    size = _write(target / "README.md", b"# Pages\n\nReal pages, repeated.\n")
    for number, (path, text) in enumerate(_repeated(source, files - 1)):
        size += _write(target / path, text + f"\n\nThis is page {number} of the tree.\n".encode())
    return size


def _repeated(source: Path, files: int) -> Iterator[tuple[Path, bytes]]:
    """(path in the tree, content) of ``files`` pages, the same ones again and again."""
    found = [(path.relative_to(source), path.read_bytes()) for path in _markdown(source)]
    pages = [(path, text) for path, text in found if _is_utf8(text)]
    if not pages:
        raise SystemExit(f"There is no Markdown below {source}.")
    for number in range(files):
        round_, place = divmod(number, len(pages))
        path, text = pages[place]
        yield Path(f"copy-{round_:03}", path), text


def _markdown(source: Path) -> list[Path]:
    """The Markdown files of a folder in a fixed order; links are not followed."""
    found = (path for path in source.rglob(f"*{_SUFFIX}") if not path.is_symlink())
    return sorted(path for path in found if path.is_file() and not _is_hidden(path, source))


def _is_hidden(path: Path, source: Path) -> bool:
    """Whether a part of the path begins with a dot: generators of sites leave those out."""
    return any(part.startswith(".") for part in path.relative_to(source).parts)


def _is_utf8(text: bytes) -> bool:
    """Whether the text is in the encoding that every generator can read."""
    try:
        return bool(text.decode())
    except UnicodeDecodeError:
        return False


def _write(path: Path, content: bytes) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(content)
