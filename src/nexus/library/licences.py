"""Which licence a text is: by the words that only that licence has."""

import re

#: SPDX identifier by telling words, the more particular licence first.
_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (spdx, re.compile(words, re.IGNORECASE))
    for spdx, words in (
        ("AGPL-3.0", r"GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3"),
        ("LGPL-3.0", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3"),
        ("LGPL-2.1", r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1"),
        ("GPL-3.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 3"),
        ("GPL-2.0", r"GNU GENERAL PUBLIC LICENSE\s+Version 2"),
        ("Apache-2.0", r"Apache License\s+Version 2\.0"),
        ("MPL-2.0", r"Mozilla Public License,? (?:v\. |Version )2\.0"),
        ("BSL-1.0", r"Boost Software License"),
        ("Unlicense", r"This is free and unencumbered software released into the public domain"),
        ("CC-BY-SA-4.0", r"Attribution-ShareAlike 4\.0"),
        ("CC-BY-NC-4.0", r"Attribution-NonCommercial 4\.0"),
        ("CC-BY-4.0", r"(?:Creative Commons )?Attribution 4\.0|CC[ -]BY[ -]4\.0"),
        ("CC0-1.0", r"CC0 1\.0"),
        ("ISC", r"Permission to use, copy, modify, and(?:/or)? distribute this software"),
        ("MIT", r"Permission is hereby granted, free of charge, to any person obtaining a copy"),
        (
            "BSD-3-Clause",
            r"Redistribution and use in source and binary forms[\s\S]{0,1500}Neither the name",
        ),
        ("BSD-2-Clause", r"Redistribution and use in source and binary forms"),
    )
)
LICENCE_FILE = re.compile(r"(?:licen[cs]e|copying|unlicense)(?:[.-].*)?", re.IGNORECASE)


def licence_of(text: str) -> str:
    """The SPDX identifier of a licence text; empty when it is none of the known ones."""
    head = text[:5000]
    return next((spdx for spdx, words in _SIGNS if words.search(head)), "")
