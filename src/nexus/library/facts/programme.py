"""The programme's own words, which stand in everybody's README and say nothing of a project."""

from nexus.library.facts.wordlists import listed, set_of, words_of


def quotes_the_programme(text: str) -> bool:
    """Whether ``text`` holds a phrase of the programme, such as ``documentation hub``."""
    small = " ".join(text.casefold().split())
    return any(phrase in small for phrase in listed("boilerplate"))


def names_the_programme(text: str) -> bool:
    """Whether ``text`` speaks of the programme at all; what was built for it may do so too."""
    return not set_of("programme_words").isdisjoint(words_of(text))
