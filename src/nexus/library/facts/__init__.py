"""What is known of a project: facts from its files and from Git, guesses from its text.

``project_facts`` in ``project`` is the way in; ``fact`` says which facts there are. Pure: no
database, no framework, and no file is opened but through the function that is handed in.
"""
