"""What the clock does."""

from nexus.config.application import turns


def test_nobody_is_asked_whether_links_answer_unless_the_owner_wants_it(settings) -> None:
    assert [turn.name for turn in turns()] == ["look for work"]
    settings.CHECK_LINKS = True
    assert [turn.name for turn in turns()] == ["look for work", "links"]


def test_mails_are_looked_for_where_there_is_a_mail_server(settings) -> None:
    settings.MAIL_URL = "smtp://mail.example.org"
    assert [turn.name for turn in turns()] == ["look for work", "mails"]
