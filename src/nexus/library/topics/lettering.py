"""How much room names need in a picture, when nobody knows the font. Rather too much."""

#: Widths in ems of the characters that differ much from the others.
_NARROW = frozenset("iljtfrI.,:;'!|()[] -")
_BROAD = frozenset("mwMW@%")
_NARROW_WIDTH, _USUAL_WIDTH, _CAPITAL_WIDTH, _BROAD_WIDTH, _FOREIGN_WIDTH = (
    0.4,
    0.62,
    0.74,
    1.0,
    1.1,
)


def text_width(text: str, size: float) -> float:
    """The width of a line of text, in the unit of ``size``, which is its height."""
    return sum(map(_ems, text)) * size


def _ems(character: str) -> float:
    if character in _NARROW:
        return _NARROW_WIDTH
    if character in _BROAD:
        return _BROAD_WIDTH
    if not character.isascii():
        return _FOREIGN_WIDTH
    return _CAPITAL_WIDTH if character.isupper() else _USUAL_WIDTH


def broken(name: str, size: float, *, preferred: float, widest: float) -> tuple[str, ...]:
    """A name in one line, or in the two that are most alike when it is wider than ``preferred``.

    No line is wider than ``widest``: what is too long is cut.
    """
    words = name.split()
    if text_width(name, size) <= preferred or len(words) < 2:
        return (cut(" ".join(words), size, widest=widest),)
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(breaks, key=lambda lines: max(text_width(line, size) for line in lines))
    return tuple(cut(line, size, widest=widest) for line in best)


def cut(line: str, size: float, *, widest: float) -> str:
    """As much of a line as is not wider than ``widest``, with an ellipsis when it is not all."""
    if text_width(line, size) <= widest:
        return line
    while line and text_width(f"{line}…", size) > widest:
        line = line[:-1]
    return f"{line.rstrip()}…"
