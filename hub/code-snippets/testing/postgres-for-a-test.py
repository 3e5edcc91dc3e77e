# A new, empty PostgreSQL database for one test.
# Quoted from tests/services/fixtures.py#L120-L130

@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a new, empty PostgreSQL database; it is dropped after the test."""
    import psycopg
    from psycopg import sql

    name = f"nexus_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield postgres_server.removesuffix("/postgres") + f"/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
