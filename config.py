"""Settings from the environment, checked once at start; one message names everything that is wrong."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

DEMO, PRODUCTION, TEST = "demo", "production", "test"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PROVIDER_VARIABLES = (
    "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_OLD", "SMTP_HOST", "SMTP_PASSWORD", "PING_URL",
)  # fmt: skip


_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_SENDER_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")


class ConfigurationError(Exception):
    """The environment is not fit to start with; the text lists every fault, one a line."""


@dataclass(frozen=True)
class Twilio:
    """The account for SMS and calls. `number` takes replies; `name` is what residents read instead, one-way.

    `old_token` is still believed in what comes in while the token is being changed.
    """

    account: str = ""
    token: str = ""
    old_token: str = ""
    number: str = ""
    callout_number: str = ""
    voice_number: str = ""
    name: str = ""
    api_url: str = ""  # empty: the provider's own
    per_second: int = 10  # 0: as fast as it goes

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every token that a signature may be made with."""
        return tuple(token for token in (self.token, self.old_token) if token)


@dataclass(frozen=True)
class Config:
    """What the environment says, ready for use."""

    mode: str
    secret_key: str
    data_folder: Path
    database_url: str
    bind: str
    port: int
    public_url: str
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password: str
    smtp_tls: str
    mail_from: str
    in_flight: int
    proxies: int
    twilio: Twilio = Twilio()
    ping_url: str = ""
    sms_segment_price: Decimal | None = None  # kroner; None: nobody has said

    @property
    def is_demo(self) -> bool:
        return self.mode == DEMO

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the channel adapters that may send. `log` never leaves the machine."""
        open_ = {"smtp": self.smtp_host, "twilio_sms": self.twilio.number, "twilio_voice": self.twilio.voice_number}
        return ("log", *(name for name, is_set in open_.items() if is_set))

    def as_flask(self) -> dict[str, Any]:
        """The same as Flask's configuration keys."""
        return {
            "BEREDSKAB": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(self.database_url),
            "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the session
            "WTF_CSRF_SSL_STRICT": False,  # else a browser that hides the Referer could never activate
            "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 512 * 1024,
            "MAX_FORM_PARTS": 500,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.public_url.startswith("https://"),
            "SESSION_COOKIE_NAME": "beredskab",
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
            "BABEL_DEFAULT_LOCALE": "da",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Copenhagen",
            "BABEL_TRANSLATION_DIRECTORIES": "translations",
        }


def engine_options(url: str) -> dict[str, Any]:
    """Pool settings that fit the database."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10}}
    return {"pool_size": 5, "max_overflow": 10, "connect_args": {"connect_timeout": 5}}


def load(env: Mapping[str, str] | None = None) -> Config:
    """Read and check the environment. Raises ConfigurationError naming every fault at once."""
    env = os.environ if env is None else env
    faults: list[str] = []
    mode = env.get("BEREDSKAB_MODE", PRODUCTION)
    if mode not in (DEMO, PRODUCTION, TEST):
        faults.append(f"BEREDSKAB_MODE={mode}: use demo or production")
    data_folder = Path(env.get("BEREDSKAB_DATA", "data")).absolute()
    bind = env.get("BEREDSKAB_BIND", "127.0.0.1")
    port = _integer(env, "PORT", 8000, 1, 65535, faults)
    if mode == DEMO:
        _check_demo(env, bind, faults)
    secret = env.get("SECRET_KEY", "")
    if mode == PRODUCTION and len(secret) < 32:
        faults.append(
            "SECRET_KEY is missing or shorter than 32 characters: "
            'make one with  python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    smtp_host = env.get("SMTP_HOST", "")
    mail_from = env.get("MAIL_FROM", "")
    if smtp_host and "@" not in mail_from:
        faults.append("MAIL_FROM is missing: SMTP_HOST is set, so mails need a sender address")
    smtp_tls = env.get("SMTP_TLS", "starttls")
    if smtp_tls not in ("starttls", "tls", "none"):
        faults.append(f"SMTP_TLS={smtp_tls}: use starttls, tls or none")
    public_url = env.get("PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/")
    if not public_url.startswith(("http://", "https://")):
        faults.append(f"PUBLIC_URL={public_url}: must begin with http:// or https://")
    if not faults:
        _make_folder(data_folder, faults)
    database_url = _database_url(env, data_folder, faults)
    smtp_port = _integer(env, "SMTP_PORT", 587, 1, 65535, faults)
    in_flight = _integer(env, "BEREDSKAB_IN_FLIGHT", 128, 1, 1024, faults)
    proxies = _integer(env, "BEREDSKAB_PROXIES", 0, 0, 5, faults)
    twilio = _twilio(env, public_url, faults)
    sms_segment_price = _price(env.get("SMS_SEGMENT_PRICE", ""), faults)
    ping_url = env.get("PING_URL", "")
    if ping_url and not ping_url.startswith(("http://", "https://")):
        faults.append("PING_URL: must begin with http:// or https://")
    if faults:
        raise ConfigurationError("Beredskab cannot start:\n" + "\n".join(f"  - {fault}" for fault in faults))
    if mode != PRODUCTION and not secret:
        secret = _kept_secret(data_folder)
    return Config(
        mode=mode,
        secret_key=secret,
        data_folder=data_folder,
        database_url=database_url,
        bind=bind,
        port=port,
        public_url=public_url,
        smtp_host=smtp_host,
        smtp_port=smtp_port,
        smtp_user=env.get("SMTP_USER", ""),
        smtp_password=env.get("SMTP_PASSWORD", ""),
        smtp_tls=smtp_tls,
        mail_from=mail_from,
        in_flight=in_flight,
        proxies=proxies,
        twilio=twilio,
        ping_url=ping_url,
        sms_segment_price=sms_segment_price,
    )


def _twilio(env: Mapping[str, str], public_url: str, faults: list[str]) -> Twilio:
    """The account, or an empty one when none is named."""
    per_second = _integer(env, "TWILIO_PER_SECOND", 10, 0, 1000, faults)
    account, token = env.get("TWILIO_ACCOUNT_SID", ""), env.get("TWILIO_AUTH_TOKEN", "")
    number = env.get("TWILIO_NUMBER", "")
    found = Twilio(
        account, token, env.get("TWILIO_AUTH_TOKEN_OLD", ""), number, env.get("TWILIO_CALLOUT_NUMBER", "") or number,
        env.get("TWILIO_VOICE_NUMBER", ""), env.get("TWILIO_SENDER_NAME", ""),
        env.get("TWILIO_API_URL", "").rstrip("/"), per_second,
    )  # fmt: skip
    wanted = {"TWILIO_ACCOUNT_SID": account, "TWILIO_AUTH_TOKEN": token, "TWILIO_NUMBER": number}
    missing = [name for name, value in wanted.items() if not value]
    others = found.voice_number or found.name or env.get("TWILIO_CALLOUT_NUMBER")
    if len(missing) == len(wanted) and not others:
        return found
    faults += [f"{name} is missing: SMS and calls need an account, its token and a number" for name in missing]
    numbers = {
        "TWILIO_NUMBER": number, "TWILIO_CALLOUT_NUMBER": found.callout_number,
        "TWILIO_VOICE_NUMBER": found.voice_number,
    }  # fmt: skip
    faults += [f"{n}={v}: write it as +4520123456" for n, v in numbers.items() if v and not _NUMBER.fullmatch(v)]
    if found.name and not _SENDER_NAME.fullmatch(found.name):
        faults.append(
            f"TWILIO_SENDER_NAME={found.name}: 1 to 11 of a-z, 0-9 and space, at least one letter, no æ, ø or å"
        )
    near = any(f"//{host}" in public_url for host in ("127.0.0.1", "localhost"))
    if not public_url.startswith("https://") and not (near and found.api_url):
        faults.append("PUBLIC_URL: must begin with https:// when SMS is on: the provider calls back there")
    return found


def _check_demo(env: Mapping[str, str], bind: str, faults: list[str]) -> None:
    # The demo cast's passwords are printed for all to see, so nobody outside may reach it and nothing may leave it.
    if bind not in LOOPBACK:
        faults.append(f"BEREDSKAB_BIND={bind}: demo mode serves this machine only; leave it out or use 127.0.0.1")
    for name in PROVIDER_VARIABLES:
        if env.get(name):
            faults.append(f"{name} is set: demo mode sends nothing; unset it or use BEREDSKAB_MODE=production")


def _integer(env: Mapping[str, str], name: str, default: int, low: int, high: int, faults: list[str]) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not text.isdigit() or not low <= int(text) <= high:
        faults.append(f"{name}={text}: must be a number from {low} to {high}")
        return default
    return int(text)


def _price(text: str, faults: list[str]) -> Decimal | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,2}([.,]\d{1,4})?", text):
        faults.append(f"SMS_SEGMENT_PRICE={text}: must be kroner, as 0.35")
        return None
    return Decimal(text.replace(",", "."))


def _make_folder(folder: Path, faults: list[str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # names and phone numbers
    except OSError as error:
        faults.append(f"BEREDSKAB_DATA={folder}: cannot be made ({error.strerror})")
        return
    if not os.access(folder, os.W_OK):
        faults.append(f"BEREDSKAB_DATA={folder}: is not writable for this user")


def _database_url(env: Mapping[str, str], data_folder: Path, faults: list[str]) -> str:
    url = env.get("DATABASE_URL", "")
    if not url:
        return f"sqlite:///{data_folder / 'beredskab.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")) or not _is_readable(url):
        faults.append("DATABASE_URL: use postgresql://user:password@host/database or leave it out for SQLite")
    return url


def _is_readable(url: str) -> bool:
    try:
        return bool(make_url(url).database)
    except (ArgumentError, ValueError):
        return False


def _kept_secret(data_folder: Path) -> str:
    # Outside production a secret is made once and kept beside the database, so that restarts keep sessions.
    file = data_folder / "secret_key"
    if not file.exists():
        file.write_text(secrets.token_urlsafe(48))
        file.chmod(0o600)
    return file.read_text().strip()
