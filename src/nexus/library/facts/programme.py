"""The programme's own words, which stand in everybody's README and say nothing of a project."""

from nexus.library.facts.wordlists import listed, set_of, words_of


def before_the_programme(text: str) -> str | None:
    """What stands before the first phrase of the programme, such as ``documentation hub``.

    None when there is no such phrase.
    """
    small = " ".join(text.casefold().split())
    starts = [at for phrase in listed("boilerplate") if (at := small.find(phrase)) >= 0]
    return small[: min(starts)] if starts else None


def names_the_programme(text: str) -> bool:
    """Whether ``text`` speaks of the programme at all; what was built for it may do so too."""
    return not set_of("programme_words").isdisjoint(words_of(text))
