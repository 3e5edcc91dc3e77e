"""Every setting of the hub: typed, documented, read from the environment.

``hub/documentation/reference/settings.md`` is written from this class, and a test
fails when the two differ.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, PostgresDsn, RedisDsn, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

import nexus
from nexus.config.secret_files import SecretFiles
from nexus.kernel.errors import Invalid

CHECKOUT = Path(nexus.__file__).resolve().parents[2]


def default_home() -> Path:
    """Where a hub keeps its things when nobody says: beside the code, else in the user's data."""
    if (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "var"
    return Path.home() / ".local" / "share" / "nexus"


class Environment(BaseSettings):
    """The environment variables that Nexus reads."""

    model_config = SettingsConfigDict(extra="ignore")

    home: Path = Field(
        default_factory=default_home,
        alias="NEXUS_HOME",
        description="The folder that holds the database, the repositories, the search index "
        "and everything else that is kept. Two hubs run side by side with two homes.",
    )
    database_url: PostgresDsn | None = Field(
        default=None,
        alias="DATABASE_URL",
        description="A PostgreSQL database (`postgresql://user:password@host/name`). "
        "Without it the hub keeps SQLite in `NEXUS_HOME`.",
    )
    redis_url: RedisDsn | None = Field(
        default=None,
        alias="REDIS_URL",
        description="A Redis server that carries background tasks. Without it they stay in "
        "the one process.",
    )
    secret_key: str = Field(
        default="",
        alias="NEXUS_SECRET_KEY",
        description="The key that signs sessions and links. Without it one is made at the first "
        "start and kept in `NEXUS_HOME/secret.key`, readable by its owner only.",
    )
    secret_key_fallbacks: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        alias="NEXUS_SECRET_KEY_FALLBACKS",
        description="Keys that were used before, separated by commas: what they signed and sealed "
        "still opens, and nothing new is signed with them.",
    )
    identity_keys: str = Field(
        default="",
        alias="NEXUS_IDENTITY_KEYS",
        description="The private RSA keys (PEM, one behind the other) that sign who somebody is, "
        "for apps they let in: the first signs, those behind it did so before. Without them one is "
        "made when it is first needed, and kept in `NEXUS_HOME/identity.pem`, readable by its "
        "owner only.",
    )
    public_url: str = Field(
        default="",
        alias="NEXUS_PUBLIC_URL",
        description="The address people use (`https://hub.example.org`), when a gateway stands "
        "before the hub. The hub is at the root of that host: an address with a path is refused. "
        "It decides the allowed host. With https, cookies are secure, and who comes by http is "
        "led to https.",
    )
    hsts_seconds: int = Field(
        default=31_536_000,
        ge=0,
        alias="NEXUS_HSTS_SECONDS",
        description="How long browsers remember to come by https only, in seconds; a year. It is "
        "told to those who came by https, when `NEXUS_PUBLIC_URL` begins so. 0 tells nobody.",
    )
    hsts_subdomains: bool = Field(
        default=False,
        alias="NEXUS_HSTS_SUBDOMAINS",
        description="Let browsers remember it for all names below the hub's, too. Each of them "
        "must then speak https.",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        alias="NEXUS_ALLOWED_HOSTS",
        description="Further host names the hub answers to, separated by commas. Loopback names "
        "are always allowed.",
    )
    debug: bool = Field(
        default=False,
        alias="NEXUS_DEBUG",
        description="Show tracebacks in the browser. For development only.",
    )
    log_level: str = Field(
        default="INFO", alias="NEXUS_LOG_LEVEL", description="How much is logged."
    )
    threads: int = Field(
        default=8,
        ge=1,
        le=64,
        alias="NEXUS_THREADS",
        description="How many requests one process works on at a time.",
    )
    preparing_workers: int = Field(
        default=2,
        ge=0,
        le=64,
        alias="NEXUS_PREPARING_WORKERS",
        description="How many processes read the files of a large repository while it is "
        "published, and as many lay out its texts for search; as many as there are processors "
        "is right. With 0 or 1 it is done in the process that publishes. They end when there is "
        "nothing to do.",
    )
    page_cache_bytes: int = Field(
        default=16_000_000,
        ge=0,
        alias="NEXUS_PAGE_CACHE_BYTES",
        description="Memory for finished pages of guests, in bytes. 0 turns the cache off.",
    )
    upload_limit_bytes: int = Field(
        default=100_000_000,
        ge=1,
        alias="NEXUS_UPLOAD_LIMIT_BYTES",
        description="The largest archive that can be uploaded from a page, and the largest push, "
        "in bytes.",
    )
    repository_limit_bytes: int = Field(
        default=2_000_000_000,
        ge=1,
        alias="NEXUS_REPOSITORY_LIMIT_BYTES",
        description="The most one repository may take on disk, in bytes.",
    )
    hosted_limit_bytes: int = Field(
        default=500_000_000,
        ge=1,
        alias="NEXUS_HOSTED_LIMIT_BYTES",
        description="The most one repository that lives in the hub may take on disk, in bytes.",
    )
    person_limit_bytes: int = Field(
        default=2_000_000_000,
        ge=1,
        alias="NEXUS_PERSON_LIMIT_BYTES",
        description="The most that all repositories of one person that live in the hub may take, "
        "in bytes.",
    )
    fetch_timeout_seconds: float = Field(
        default=600.0,
        gt=0,
        alias="NEXUS_FETCH_TIMEOUT_SECONDS",
        description="How long one fetch may take, in seconds.",
    )
    fetch_interval_seconds: float = Field(
        default=3600.0,
        ge=60,
        alias="NEXUS_FETCH_INTERVAL_SECONDS",
        description="How often a mirror asks its remote for news, in seconds.",
    )
    ssh_key: Path | None = Field(
        default=None,
        alias="NEXUS_SSH_KEY",
        description="A private key, in a file, with which the hub signs in to ssh remotes. It "
        "needs no more than leave to read. Without it no key and no agent is ever used.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        alias="NEXUS_TRUSTED_PROXIES",
        description="Addresses or networks of the gateway before the hub, separated by commas. "
        "They alone may say who asks and whether by https (`X-Forwarded-For`, `-Proto`).",
    )
    allow_private_networks: bool = Field(
        default=False,
        alias="NEXUS_ALLOW_PRIVATE_NETWORKS",
        description="Let repositories be fetched from private and loopback addresses, and over "
        "plain http. For a hub inside a company's network, and for tests.",
    )
    check_links: bool = Field(
        default=False,
        alias="NEXUS_CHECK_LINKS",
        description="Look now and then whether recommended pages still answer: one question a "
        "page a month, one page a host at a time. Off, the hub asks nobody on its own.",
    )
    cohorts_by: Literal["owner", "people"] = Field(
        default="owner",
        alias="NEXUS_COHORTS_BY",
        description="Who may create cohorts: `owner`, the hub's own, or `people`, everyone who "
        "is signed in.",
    )
    allow_local_paths_from_pages: bool = Field(
        default=False,
        alias="NEXUS_ALLOW_LOCAL_PATHS_FROM_PAGES",
        description="Let the hub's owner add a folder of this machine from a page. The command "
        "line always may.",
    )
    sign_up: Literal["open", "invited", "closed"] = Field(
        default="open",
        alias="NEXUS_SIGN_UP",
        description="Who makes an account: `open`, everybody; `invited`, whoever is invited "
        "into a cohort; `closed`, nobody, so the owner adds people with `nexus person add`.",
    )
    mail_url: str = Field(
        default="",
        alias="NEXUS_MAIL_URL",
        description="The mail server (`smtps://user:password@host`, or `smtp://` for "
        "STARTTLS). Without it mails stay in the hub, on a page of its owner.",
    )
    mail_from: str = Field(
        default="Nexus <nexus@localhost>",
        alias="NEXUS_MAIL_FROM",
        description="Whom mails come from (`Nexus <nexus@hub.example.org>`).",
    )
    github_client_id: str = Field(
        default="",
        alias="NEXUS_GITHUB_CLIENT_ID",
        description="The id of the hub as an OAuth app at GitHub. With its secret, people can sign "
        "in with GitHub.",
    )
    github_client_secret: str = Field(
        default="", alias="NEXUS_GITHUB_CLIENT_SECRET", description="The secret of that app."
    )
    discord_client_id: str = Field(
        default="",
        alias="NEXUS_DISCORD_CLIENT_ID",
        description="The id of the hub as an application at Discord. With its secret, people can "
        "sign in with Discord.",
    )
    discord_client_secret: str = Field(
        default="",
        alias="NEXUS_DISCORD_CLIENT_SECRET",
        description="The secret of that application.",
    )
    google_client_id: str = Field(
        default="",
        alias="NEXUS_GOOGLE_CLIENT_ID",
        description="The id of the hub as an OAuth client at Google. With its secret, people can "
        "sign in with Google.",
    )
    google_client_secret: str = Field(
        default="", alias="NEXUS_GOOGLE_CLIENT_SECRET", description="The secret of that client."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment; where it does not name a secret, the file that it names instead."""
        return init_settings, env_settings, SecretFiles(settings_cls)

    @field_validator("public_url")
    @classmethod
    def _is_root_of_a_host(cls, given: str) -> str:
        """Refuse an address at which the hub's pages could not be reached."""
        at = urlsplit(given)
        if given and (not given.startswith(("http://", "https://")) or not at.hostname):
            raise ValueError("it begins with https:// or http:// and the name of a host")
        if given.rstrip("/") != f"{at.scheme}://{at.netloc}".rstrip(":/") or "@" in at.netloc:
            raise ValueError(
                "the hub is at the root of its host. Give it a host of its own, as in "
                "https://hub.example.org, and leave out everything else"
            )
        return given

    @field_validator("mail_url")
    @classmethod
    def _is_mail_server(cls, given: str) -> str:
        """Refuse what is no address of a mail server."""
        if given and not given.startswith(("smtp://", "smtps://")):
            raise ValueError("it begins with smtp:// or smtps://")
        return given

    @field_validator("allowed_hosts", "trusted_proxies", "secret_key_fallbacks", mode="before")
    @classmethod
    def _split_names(cls, given: object) -> object:
        """Read what is separated by commas."""
        if isinstance(given, str):
            return tuple(name.strip() for name in given.split(",") if name.strip())
        return given

    @property
    def repositories(self) -> Path:
        """The folder of the bare repositories."""
        return self.home / "repositories"

    @property
    def search_index(self) -> Path:
        """The folder of this host's search index."""
        return self.home / "search"

    @property
    def surveys(self) -> Path:
        """The folder of what was counted of whole cohorts; it may be deleted at any time."""
        return self.home / "surveys"

    def made_home(self) -> Path:
        """The home folder; one that is made now is open to its owner alone.

        The database in it holds sessions and addresses, and the machine may have other accounts.
        """
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.home

    def secret(self) -> str:
        """The signing key; made and kept at the first call when none is set."""
        return self.secret_key or _kept_secret(self.kept_key)

    @property
    def kept_key(self) -> Path:
        """Where the signing key is kept when none is set."""
        return self.home / "secret.key"

    @property
    def kept_identity_key(self) -> Path:
        """Where the key that signs identities is kept when none is set."""
        return self.home / "identity.pem"


def _kept_secret(path: Path) -> str:
    """Read the key at ``path``, or make one that only the owner of the file can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The settings of this process, read once.

    Raises ``Invalid`` when one cannot be read. Its value is not told: it may be a secret.
    """
    try:
        return Environment()
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)
        told = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in faults)
        raise Invalid(
            "setting-unreadable",
            f"The hub cannot be set up like this. {told}.",
            remedy="The reference of settings says what each may be.",
        ) from None
