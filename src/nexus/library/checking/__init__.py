"""What is wrong with a repository as a whole, for its owner to mend.

The reading of each file reports what can be seen in that file alone. This room reports what takes
more than one file to see: links to files and headings that are not there (``links``), secrets
that were committed, what every project should have (``whole``). ``placeholders`` looks for gaps
that a template left, ``headings`` for lines that were meant as headings and are none. ``concerns``
sorts all problems, whoever found them, by what they mean to readers. Pure: no database, no Git; the
hub and ``nexus check`` use the same.
"""
