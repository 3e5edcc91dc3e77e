# The most queries that each page may make.
# Quoted from src/nexus/library/tests/test_pages.py#L296-L305

@pytest.mark.parametrize("path", ["/", "/docs/guide.md", "/-/status", "/-/history/docs/guide.md"])
def test_a_page_asks_the_database_a_fixed_number_of_questions(
    client, published, django_assert_max_num_queries, path
):
    published.publish({f"docs/{n}.md": f"# {n}\n" for n in range(30)})
    with django_assert_max_num_queries(QUERIES[path]):
        get(client, path)


QUERIES = {"/": 10, "/docs/guide.md": 4, "/-/status": 9, "/-/history/docs/guide.md": 5}
