"""Promises of telling the natural language of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus.library.extraction.language import natural_language

SENTENCES = {
    "en": "This is how you can use the library with your own code.",
    "fr": "Ce projet est une application qui vous permet de gérer les tâches avec une interface.",
    "de": "Dieses Projekt ist eine Anwendung, mit der man die Aufgaben verwalten kann.",
    "es": "Este proyecto es una aplicación para gestionar las tareas que se usan en el equipo.",
    "pt": "Este projeto é uma aplicação para gerir as tarefas que não são da sua equipa.",
    "it": "Questo progetto è una applicazione per gestire le attività che sono nel gruppo.",
    "nl": "Dit project is een applicatie voor het beheren van de taken en je kan dat ook delen.",
    "sv": "Det här projektet är en applikation som du kan använda och inte bara det.",
    "da": "Dette projekt er en applikation som du kan bruge når der er behov, og ikke kun det.",
    "no": "Dette prosjektet er en applikasjon som du kan bruke hvis det er behov og ikke bare det.",
    "fi": "Tämä projekti on sovellus, joka auttaa sinua ja sekä ryhmää, mutta se ei ole valmis.",
    "hu": "Ez a projekt egy alkalmazás, amely segít és nem csak az, hogy meg lehet.",
    "ro": "Acest proiect este o aplicație care ajută și nu se poate folosi pentru altele.",
    "tr": "Bu proje bir uygulama ve görevleri yönetmek için daha çok gibi.",
    "pl": "Ten projekt jest aplikacją, która pomaga w zarządzaniu i nie jest to dla się.",
    "cs": "Tento projekt je aplikace, která se používá pro správu úkolů, pokud jsou nebo ne.",
    "id": "Proyek ini adalah aplikasi yang dapat digunakan untuk tugas dan dengan tim.",
    "vi": "Dự án này là một ứng dụng có thể được sử dụng cho các nhóm.",
    "sw": "Mradi huu ni programu ya kusimamia kazi na kwa ajili ya timu katika shule.",
    "ru": "Этот проект не для вас, и это как приложение, которое на работе.",
    "uk": "Цей проект це застосунок для керування, що не є та як.",
    "ar": "هذا المشروع هو تطبيق من على إلى أن",
    "fa": "این پروژه یک برنامه است که با آن می شود",
    "he": "הפרויקט הזה הוא אפליקציה",
    "el": "Αυτό το έργο είναι μια εφαρμογή",
    "hi": "यह परियोजना एक अनुप्रयोग है",
    "ta": "இந்த திட்டம் ஒரு செயலி",
    "th": "โครงการนี้เป็นแอปพลิเคชัน",
    "zh": "这个项目是一个应用程序",
    "ja": "このプロジェクトは管理のための応用です",
    "ko": "이 프로젝트는 응용 프로그램입니다",
}


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_a_sentence_is_enough(language: str) -> None:
    assert natural_language(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", "x", "12 + 34", "GET /api/v1/users", "a o e s v", "🚀"])
def test_too_little_to_tell_says_nothing(text: str) -> None:
    assert not natural_language(text)


def test_code_beside_prose_does_not_change_the_language() -> None:
    code = "for (let i = 0; i < n; i++) { swap(a, i, j) } // O(n log n), e, a, o\n" * 20
    assert natural_language(SENTENCES["de"] * 3 + code) == "de"


def test_chinese_with_latin_names_is_chinese() -> None:
    assert natural_language("使用 Django 和 PostgreSQL 构建的应用程序，支持缓存") == "zh"


@given(st.text())
def test_any_text_gives_a_code_or_nothing(text: str) -> None:
    assert len(natural_language(text)) in (0, 2)
