# Every path, of any bytes, comes back from its text.
# Quoted from src/nexus/repositories/git/tests/test_paths.py#L21-L28

any_name = names | tricky_names


@given(st.lists(any_name, min_size=1, max_size=6))
def test_every_path_comes_back_from_its_text(parts: list[bytes]) -> None:
    text = "/".join(map(name_text, parts))

    assert raw_names(text) == parts
