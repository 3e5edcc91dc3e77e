"""People find what they wrote in their language and their script."""

import pytest

from nexus.search.engine import SearchEngine
from nexus.search.tests.hub import SmallHub, ask, document, keys

TEXTS = {
    "en": "Databases answer queries quickly when they are indexed.",
    "fr": "Les requêtes sont mises en cache; les élèves apprennent à développer.",
    "de": "Die Datenbanken werden häufig abgefragt. Straßen und Häuser.",
    "es": "Las consultas lentas necesitan índices en la base de datos.",
    "pt": "As migrações alteram as tabelas do servidor.",
    "ru": "Медленные запросы ускоряются индексами; ёлка стоит.",
    "tr": "İndeksler sorguları hızlandırır.",
    "el": "Οι βάσεις δεδομένων απαντούν γρήγορα.",
    "ar": "تَعَلُّم البرمجة مع قواعد البيانات",
    "he": "שָׁלוֹם עולם, מסדי נתונים מהירים",
    "hi": "लड़का किताबें पढ़ता है और प्रोग्राम लिखता है",
    "zh": "使用数据库索引可以提高查询速度",
    "ja": "スキーマの設計とデータベースの索引について",
    "ko": "데이터베이스를 색인하면 빨라집니다",
    "th": "การเขียนโปรแกรมภาษาไพธอน",
    "pl": "Szybkie zapytania dzięki indeksom; Łódź",
}


@pytest.fixture
def filled(hub: SmallHub, engine: SearchEngine) -> SearchEngine:
    """An engine with one document in each of many languages."""
    hub.put(*(document(f"d:{code}", title=f"Text {code}", body=text, language=code)
              for code, text in TEXTS.items()))  # fmt: skip
    engine.catch_up()
    return engine


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("indexing query", "en"),
        ("requête", "fr"),
        ("requetes", "fr"),
        ("REQUÊTES", "fr"),
        ("élève", "fr"),
        ("datenbank", "de"),
        ("haufig", "de"),
        ("häusern", "de"),
        ("consulta", "es"),
        ("indices", "es"),
        ("migracoes", "pt"),
        ("запрос", "ru"),
        ("елка", "ru"),
        ("indeksler", "tr"),
        ("βασεισ", "el"),
        ("δεδομένων", "el"),
        ("تعلم", "ar"),
        ("البيانات", "ar"),
        ("שלום", "he"),
        ("किताबें", "hi"),
        ("पढ़ता", "hi"),
        ("数据库", "zh"),
        ("据", "zh"),
        ("查询 索引", "zh"),
        ("索引可以", "zh"),
        ("スキーマ", "ja"),
        ("データベースの索引", "ja"),
        ("데이터베이스", "ko"),
        ("색인", "ko"),
        ("โปรแกรม", "th"),
        ("zapytania", "pl"),
        ("lodz", "pl"),
    ],
)
def test_found(filled: SearchEngine, words: str, language: str) -> None:
    results = ask(filled, words)
    assert keys(results) == [f"d:{language}"]
    assert "<mark>" in results.hits[0].extract_html or language in ("ar", "he")


@pytest.mark.parametrize("words", ["库数", "索引数据", '"数据 索引"'])
def test_characters_in_another_order_are_another_word(filled: SearchEngine, words: str) -> None:
    assert ask(filled, words).total == 0


def test_a_phrase_may_span_scripts(hub: SmallHub, engine: SearchEngine) -> None:
    hub.put(document("a", body="用 Django 数据库 迁移"))
    engine.catch_up()
    assert keys(ask(engine, '"Django 数据库"')) == ["a"]
    assert keys(ask(engine, "django数据库")) == ["a"]
    assert ask(engine, '"数据库 Django"').total == 0
    assert keys(ask(engine, '"库"')) == ["a"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("c++", ["cpp"]), ("C#", ["cs"]), (".net", ["cs"]), ("f#", []), ("n+1", ["orm"])],
)
def test_names_made_of_symbols(
    hub: SmallHub, engine: SearchEngine, words: str, found: list[str]
) -> None:
    hub.put(
        document("cpp", body="Templates in C++ and C"),
        document("cs", body="Generics in C# on .NET"),
        document("orm", body="The N+1 problem"),
    )
    engine.catch_up()
    assert keys(ask(engine, words)) == found
