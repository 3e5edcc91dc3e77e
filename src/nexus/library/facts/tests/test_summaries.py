"""Promises of saying what a project is: its summary and its idea."""

import pytest

from nexus.library.facts.ideas import idea_fact, named_with, says_what_is_built, title_of_idea
from nexus.library.facts.summaries import is_boilerplate, summary_fact
from nexus.library.facts.tests.made import page

_WHAT = "Hexa is a shop for everybody who loves hexagons."
_PROGRAMME = "This repository is a documentation hub for my major learnings from ALX ProDev."


def _summary(text, **front_matter):
    fact = summary_fact(page(text, **front_matter))
    return fact.value if fact else None


def _idea(text):
    fact = idea_fact(page(text))
    return fact.value if fact else None


@pytest.mark.parametrize(
    "text",
    [
        f"# Hexa\n\n{_WHAT}\n",
        f"# Hexa\n\n[![CI](https://img.shields.io/x.svg)](https://ci.example)\n\n{_WHAT}\n",
        f"# Hexa\n\n![Logo](logo.png)\n\n{_WHAT}\n",
        f"# Hexa\n\n**Live:** https://hexa.onrender.com\n\n{_WHAT}\n",
        f"# Hexa\n\n- a list\n- of links\n\n{_WHAT}\n",
        f"# Hexa\n\n> Made for the final exam.\n\n## Overview\n\n{_WHAT}\n",
        f"# Nexus\n\n{_PROGRAMME}\n\n## The app\n\n{_WHAT}\n",
        f"# Hexa\n\nThis is what it does in short:\n\n{_WHAT}\n",
        f"# Hexa\n\n## Installation\n\nInstall it with one short command.\n\n## About\n\n{_WHAT}",
        f"# Hexa\n\n```\nA code block with several words in it\n```\n\n{_WHAT}\n",
        f"<p align='center'>{_WHAT}</p>\n",
        f"# Hexa\n\n{{% include nav with many words here %}}\n\n{_WHAT}\n",
        f"# Hexa\n\n**{_WHAT}**\n",
        f"# Hexa\n\n> {_WHAT}\n",
        f"# Hexa\n\n> 1. **Buying** hexagons of every size and colour.\n\n{_WHAT}\n",
        f"# Hexa\n\nGive a ⭐️ if this project helped you!\n\n{_WHAT}\n",
        f"# Hexa\n\nThank you for the chance to build a shop.\n\n{_WHAT}\n",
        f"This is a [Next.js](https://nextjs.org) project bootstrapped with `make`.\n\n{_WHAT}\n",
        f"# Hexa\n\n📖 Introduction\n{_WHAT}\n",
        f"# Hexa\n\n## Quick summary\n\n{_WHAT}\n\n## More\n\nIt has words of six letters.\n",
        f"# Challenge 7: Hexagons\n\n{_WHAT}\n\n## More\n\nIt has words of six letters.\n",
        f"# Hexagon Shop Clone\n\n{_WHAT}\n\n## More\n\nIt has words of six letters.\n",
        f"# Hexa\n\nImagine a day without a corner to sit in. {_WHAT}\n",
        f"# Hexa\n\nTired of squares? You are not alone. {_WHAT}\n",
        f"🎲 Hexa for every table and wall\n📌 What it is\n{_WHAT}\n",
    ],
)
def test_the_summary_is_the_first_real_prose(text):
    assert _summary(text) == _WHAT


def test_a_summary_reads_as_its_page_does():
    assert _summary("# Hexa\n\nA shop for pens &amp; paper, by Ann &lt;3 and Bob.\n") == (
        "A shop for pens & paper, by Ann <3 and Bob."
    )


def test_a_paragraph_that_only_draws_one_in_is_whole():
    text = "Imagine a day without a corner to sit in. It would be long."
    assert _summary(f"# Hexa\n\n{text}\n") == text


def test_the_author_may_say_the_summary():
    assert _summary("# Hexa\n\nSome other words that are prose.", summary=_WHAT) == _WHAT
    assert _summary("# Hexa\n\nSome other words that are prose.", description=_WHAT) == _WHAT


def test_the_words_of_the_programme_are_better_than_none():
    assert _summary(f"# Nexus\n\n{_PROGRAMME}\n") == _PROGRAMME


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hexa is a shop that allows people to:", "Hexa is a shop"),
        (
            "This is the front of **Hexa**, a shop with the following features:",
            "This is the front of Hexa, a shop",
        ),
        ("Hexa is a shop of two parts (see below):", "Hexa is a shop of two parts (see below)"),
        ("It is a place that sells, and a shop:", "It is a place that sells, and a shop"),
    ],
)
def test_what_only_leads_over_to_a_list_is_left_out(text, said):
    assert _summary(f"# Hexa\n\n{text}\n\n- one\n- two\n") == said
    assert _idea(f"# Hexa\n\n{text}\n\n- one\n- two\n") == said


@pytest.mark.parametrize("text", ["", "# Hexa\n", "# Hexa\n\n- one\n- two\n", "# Hexa\n\nTBD\n"])
def test_without_prose_there_is_no_summary(text):
    assert _summary(text) is None


def test_a_summary_is_short_and_shows_no_address():
    value = _summary(f"# Hexa\n\nWrite to ada@hexa.org about it. {'Many words. ' * 200}")
    assert value is not None
    assert len(value) <= 280
    assert "@" not in value


@pytest.mark.parametrize(
    "text",
    [
        _PROGRAMME,
        "The ProDev Backend Engineering Program is an intensive three-month course.",
        "Over the course of the program, I engaged in real-world projects.",
        "Welcome to Project Nexus, where ALX learners show what they learnt.",
        "This is a reflection of my growth throughout the ProDev Frontend Program.",
    ],
)
def test_what_the_programme_says_of_itself_is_known(text):
    assert is_boilerplate(text)


@pytest.mark.parametrize(
    "text",
    [
        _WHAT,
        "Consensus is a real-time polling application built for the ALX Project Nexus.",
        "A movie recommendation backend made during ALX ProDev.",
        "A film app built for the ProDev Frontend Engineering program.",
        "As a culmination of the program, I built a shop.",
    ],
)
def test_what_was_built_is_no_boilerplate(text):
    assert not is_boilerplate(text)


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        (f"# Hexa\n\nWelcome. {_WHAT} It is fast.\n", _WHAT),
        ("# Hexa\n\n**Project idea:** Bees that count votes.\n", "Bees that count votes."),
        ("# Hexa\n\n- Idée : une boutique de miel\n", "une boutique de miel"),
        ("# Hexa\n\n> A quiet forum for bee keepers.\n", "A quiet forum for bee keepers."),
        (f"# Hexa\n\nIt is a tool.\n\n## Project Overview\n\n{_WHAT}\n", _WHAT),
        ("# Hexa\n\nC'est une plateforme de vote.\n", None),
        ("# Hexa\n\nHexa est une plateforme de vote.\n", "Hexa est une plateforme de vote."),
        (f"# Nexus\n\n{_PROGRAMME}\n", None),
        ("# Hexa\n\n## Setup\n\nThis is a server that you start by hand.\n", None),
        ("# Hexa\n\nWelcome to Hexa, a shop.\n", "Welcome to Hexa, a shop."),
        ("# Hexa\n\nThe weather is a riddle.\n", None),
        (
            "# Hexa\n\nFlask API for a shop of hexagons. It has tests.\n",
            "Flask API for a shop of hexagons.",
        ),
        (
            "# Hexa\n\nFull-stack hexagon shop built with Vue and Go.\n",
            "Full-stack hexagon shop built with Vue and Go.",
        ),
        (
            "# Hexa\n\n## Objectif\n\nCréer une boutique qui vend des hexagones.\n",
            "Créer une boutique qui vend des hexagones.",
        ),
        ("# Hexa\n\nStart the app with one command from the folder.\n", None),
        ("# Hexa\n\nOpen the API for all of your friends at home.\n", None),
        ("# Hexa\n\nFast delivery of every order in all our towns.\n", None),
        ("# Hexa\n\nThis is a proof of my skills in making websites.\n", None),
        ("# Hexa\n\nC'est une preuve de ma capacité à faire des applications.\n", None),
        (
            "# Hexa\n\nIt serves as a centralized reference on what I met while building a shop.\n",
            None,
        ),
        ("# Hexa\n\nIt is a record of my frontend skills.\n", None),
        ("# Hexa\n\nThank you for the chance to build a shop.\n", None),
    ],
)
def test_the_idea_is_the_sentence_that_says_what_is_built(text, idea):
    assert _idea(text) == idea


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "It provides a robust backend for a film recommendation application, with love.",
            "Backend for a film recommendation application",
        ),
        ("It is a full social media platform (a clone).", "Full social media platform"),
        ("A modern, responsive poll app built with Next.js.", ""),
        ("A responsive poll app built with Next.js.", "Poll app"),
        ("It is a Next.js poll app that counts.", "Next.js poll app"),
        ("A robust and scalable poll app for schools.", "Poll app for schools"),
        ("PollBox is a poll app that counts.", "PollBox"),
        ("poll-box is a robust poll app.", "poll-box"),
        ("E-commerce is a poll app for shops.", "Poll app for shops"),
        ("GraphQL is a poll app server.", "Poll app server"),
        ("It is a riddle.", ""),
        ("Nothing here.", ""),
        ("It is a platform.", ""),
    ],
)
def test_an_idea_can_name_a_project(sentence, title):
    assert title_of_idea(sentence) == title


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("It is a Flask web app that counts.", "flask web app"),
        ("Flask API for a shop of hexagons at home.", "flask api"),
        ("It is a Python quiz app for schools.", "quiz app"),
        ("It is an app for those who like Flask.", ""),
        ("Start the Flask app with one command.", ""),
        ("", ""),
    ],
)
def test_a_product_may_be_called_by_what_it_is_made_with(sentence, named):
    assert named_with(sentence) == named


def test_something_built_is_told_from_anything_else():
    assert says_what_is_built("We build a marketplace for goats.")
    assert not says_what_is_built("We build a fence for goats.")


def test_one_line_of_an_unmarked_list_is_a_poor_summary():
    text = "# Hexa\n\nPython: Core language for the logic.\n\nGitHub: ada, and others by name."
    assert _summary(f"{text}\n\n{_WHAT}") == _WHAT


def test_what_only_explains_a_detail_is_no_better_than_the_programme():
    text = (
        f"# Nexus\n\n{_PROGRAMME}\n\n## Profiling\n\nThere is a script that counts the queries.\n"
    )
    assert _summary(text) == _PROGRAMME


@pytest.mark.parametrize(
    "text",
    [
        "🎉 Hexa is a shop that\nsells hexagons to everybody.",
        "🎉 Hexa is a shop.\nHexagons of every size are sold here.",
    ],
)
def test_prose_that_begins_with_a_picture_is_whole(text):
    assert _summary(f"# Hexa\n\n{text}\n") == text.replace("\n", " ")


def test_a_poor_summary_is_better_than_none():
    text = "# Hexa\n\n## Installation\n\nInstall it with one short command."
    assert _summary(text) == "Install it with one short command."


def test_an_idea_that_is_generic_alone_is_named_with_what_it_does():
    sentence = "A comprehensive backend API that delivers film tips, with love."
    assert title_of_idea(sentence) == "Backend API that delivers film tips"
