"""Which projects would fit together: a backend that looks for a frontend, and the reverse.

Pure: ``ideas`` says what a project is about in a few words, ``fit`` how well two projects fit.
``selectors.counterparts`` reads projects as these rooms see them.
"""
