"""Lists of words, written as people read them."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text, parted by blanks."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of a text, parted by commas; lines are of no account."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))
