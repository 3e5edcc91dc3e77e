"""Finding: one engine (tantivy) that knows no domain.

Apps register what can be found (``registry``); a follower keeps an index on this
host in step with the event log (``follower``, ``index``); the engine answers
questions about it (``engine``). The index holds nothing that cannot be rebuilt.
"""
