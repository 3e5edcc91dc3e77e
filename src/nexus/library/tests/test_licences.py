"""Licences known by their words."""

import pytest

from nexus.library.licences import LICENCE_FILE, licence_of


@pytest.mark.parametrize(
    ("words", "spdx"),
    [
        (
            "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining",
            "",
        ),
        ("Permission is hereby granted, free of charge, to any person obtaining a copy", "MIT"),
        ("                Apache License\n        Version 2.0, January 2004", "Apache-2.0"),
        ("GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007", "GPL-3.0"),
        ("GNU AFFERO GENERAL PUBLIC LICENSE\n   Version 3", "AGPL-3.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("Attribution-ShareAlike 4.0 International", "CC-BY-SA-4.0"),
        (
            "Redistribution and use in source and binary forms, with\nNeither the name of",
            "BSD-3-Clause",
        ),
        ("Redistribution and use in source and binary forms, with", "BSD-2-Clause"),
        ("All rights reserved.", ""),
    ],
)
def test_a_licence_is_known_by_its_words(words, spdx):
    assert licence_of(words) == spdx


def test_the_examples_licences_are_known(examples):
    mit = (examples / "LewisMagangi+alx-project-nexus" / "LICENSE").read_text()
    apache = (examples / "prometheus+docs" / "LICENSE").read_text()
    assert (licence_of(mit), licence_of(apache)) == ("MIT", "Apache-2.0")


@pytest.mark.parametrize("name", ["LICENSE", "licence.md", "COPYING", "LICENSE-MIT", "UNLICENSE"])
def test_files_that_hold_a_licence_are_known_by_name(name):
    assert LICENCE_FILE.fullmatch(name)


def test_other_files_are_not():
    assert not LICENCE_FILE.fullmatch("licensing-guide")
