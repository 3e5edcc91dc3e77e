# The most queries that each page may make.
# Quoted from src/nexus/library/tests/test_pages.py#L292-L292

QUERIES = {"/": 14, "/docs/guide.md": 8, "/-/status": 9, "/-/history/docs/guide.md": 5}
