"""Settings come from the environment, typed, and a secret is made when there is none."""

import contextlib
import sqlite3
import stat

import pytest
from pydantic import ValidationError

from nexus.config.databases import cache, database
from nexus.config.environment import CHECKOUT, Environment, default_home, environment
from nexus.kernel.errors import Invalid
from nexus.repositories.limits import git_limits


def test_every_setting_says_what_it_does():
    for name, field in Environment.model_fields.items():
        assert field.alias, name
        assert field.description, name
        assert field.description.endswith("."), name


def test_without_an_environment_everything_has_a_value(monkeypatch, tmp_path):
    for field in Environment.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path))
    made = Environment()
    assert (made.home, made.database_url, made.redis_url) == (tmp_path, None, None)
    assert made.repositories.parent == made.search_index.parent == tmp_path


def test_only_the_names_that_are_documented_are_read(monkeypatch):
    """HOME is everybody's, THREADS and DEBUG some other program's."""
    monkeypatch.delenv("NEXUS_HOME", raising=False)
    for name, value in (("HOME", "/nowhere"), ("DEBUG", "1"), ("THREADS", "3")):
        monkeypatch.setenv(name, value)
    made = Environment()
    assert made.home == CHECKOUT / "var"
    assert (made.debug, made.threads) == (False, 8)


def test_sqlite_keeps_what_was_committed_through_a_power_cut(tmp_path):
    """2 is FULL: the log is synced before a commit returns (SQLite's manual, "synchronous")."""
    made = database(Environment(NEXUS_HOME=tmp_path, DATABASE_URL=None))
    with contextlib.closing(sqlite3.connect(made["NAME"])) as connection:
        connection.executescript(made["OPTIONS"]["init_command"])
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_without_a_checkout_the_users_data_is_the_home(monkeypatch, tmp_path):
    monkeypatch.setattr("nexus.config.environment.CHECKOUT", tmp_path)
    assert default_home().parts[-3:] == (".local", "share", "nexus")


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    made = Environment(NEXUS_HOME=tmp_path / "new", NEXUS_SECRET_KEY="")
    secret = made.secret()
    assert len(secret) > 40
    assert made.secret() == secret
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600
    assert Environment(NEXUS_HOME=tmp_path, NEXUS_SECRET_KEY="given").secret() == "given"


def test_a_new_home_is_open_to_its_owner_alone_and_another_is_left_as_it_is(tmp_path):
    home = Environment(NEXUS_HOME=tmp_path / "new").made_home()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    home.chmod(0o750)
    assert stat.S_IMODE(Environment(NEXUS_HOME=home).made_home().stat().st_mode) == 0o750


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEXUS_THREADS", "0"),
        ("NEXUS_FETCH_INTERVAL_SECONDS", "1"),
        ("DATABASE_URL", "mysql://x"),
        ("NEXUS_DEBUG", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Environment()


def test_hosts_and_proxies_are_lists(monkeypatch):
    monkeypatch.setenv("NEXUS_ALLOWED_HOSTS", "a.example.org, b.example.org")
    monkeypatch.setenv("NEXUS_TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1")
    assert Environment().allowed_hosts == ("a.example.org", "b.example.org")
    assert Environment().trusted_proxies == ("10.0.0.0/8", "127.0.0.1")


def test_ssh_remotes_are_met_with_the_key_that_was_set(settings, tmp_path):
    settings.SSH_KEY = tmp_path / "key"
    settings.NEXUS_HOME = tmp_path
    limits = git_limits()
    assert (limits.ssh_key, limits.known_hosts) == (tmp_path / "key", tmp_path / "known_hosts")


def test_sqlite_is_the_default_and_postgresql_by_address(tmp_path):
    plain = database(Environment(NEXUS_HOME=tmp_path, DATABASE_URL=None))
    assert plain["ENGINE"].endswith("sqlite3")
    assert plain["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    large = database(Environment(DATABASE_URL="postgresql://ada:pw@db.example.org:5433/hub"))
    assert large["ENGINE"].endswith("postgresql")
    assert [large[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "hub",
        "ada",
        "pw",
        "db.example.org",
        "5433",
    ]
    assert large["CONN_MAX_AGE"] == 0


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path))
    (tmp_path / "mail").write_text("smtp://mail.example.org\n")
    monkeypatch.setenv("NEXUS_MAIL_URL_FILE", str(tmp_path / "mail"))
    assert Environment().mail_url == "smtp://mail.example.org"

    monkeypatch.setenv("NEXUS_MAIL_URL", "smtps://other.example.org")
    assert Environment().mail_url == "smtps://other.example.org"


def test_what_is_no_secret_is_read_from_no_file(monkeypatch, tmp_path):
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path))
    monkeypatch.setenv("NEXUS_SIGN_UP_FILE", "/etc/passwd")
    assert Environment().sign_up == "open"


@pytest.mark.parametrize(
    "at", ["", "https://hub.example.org", "http://localhost:8000/", "http://[::1]:8000"]
)
def test_the_public_address_is_the_root_of_a_host(monkeypatch, at):
    monkeypatch.setenv("NEXUS_PUBLIC_URL", at)
    assert Environment().public_url == at


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("https://example.org/hub", "a host of its own"),
        ("https://example.org/hub/", "a host of its own"),
        ("https://example.org?hub", "a host of its own"),
        ("https://example.org/#hub", "a host of its own"),
        ("https://ada:hunter2@example.org", "a host of its own"),  # nexus:allow
        ("https://example.org\t", "a host of its own"),
        ("hub.example.org", "begins with https://"),
        (" https://hub.example.org", "begins with https://"),
        ("https:///hub", "begins with https://"),
        ("/", "begins with https://"),
    ],
)
def test_a_public_address_at_which_no_page_could_be_reached_is_refused(monkeypatch, at, said):
    """Links led to it, and there was nothing: the hub's addresses all begin at the root."""
    monkeypatch.setenv("NEXUS_PUBLIC_URL", at)
    environment.cache_clear()
    with pytest.raises(Invalid, match=said) as refused:
        environment()
    assert "NEXUS_PUBLIC_URL" in str(refused.value)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"), [("NEXUS_MAIL_URL", "http://mail"), ("NEXUS_SIGN_UP", "maybe")]
)
def test_what_cannot_be_meant_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Environment()


def test_attempts_are_counted_where_all_processes_see_it(monkeypatch, tmp_path):
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path))
    assert cache(Environment())["OPTIONS"]["MAX_ENTRIES"] == 100_000
    monkeypatch.setenv("REDIS_URL", "redis://localhost:6379/0")
    assert cache(Environment())["BACKEND"].endswith("RedisCache")
