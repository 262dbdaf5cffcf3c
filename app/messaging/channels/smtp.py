"""E-mail. Knows at each step whether the server can have taken the text."""

import re
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, formataddr, parseaddr
from typing import Self

import aiosmtplib

from app.lib import clock
from app.lib.i18n import N_
from app.messaging.channels.base import Accepted, Outgoing, PermanentFailure, TemporaryFailure
from app.messaging.rates import NumberLimit, Rate
from config import Config

SUBJECT = N_("Besked fra beredskabet")
EXERCISE = "ØVELSE"
ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"()]+")
RATE = Rate(per_second=20, burst=40)


@dataclass(frozen=True)
class SmtpChannel:
    """Sends plain text, one mail a connection. `tls` is starttls, tls or none."""

    host: str
    port: int
    user: str
    password: str
    tls: str
    mail_from: str
    tls_context: ssl.SSLContext | None = None
    step_timeout: float = 10.0
    name: str = "smtp"
    in_flight: int = 10
    timeout: float = 30.0
    rate: Rate | None = RATE
    per_number: NumberLimit | None = None

    @classmethod
    def from_config(cls, config: Config) -> Self:
        """As the environment says."""
        host, user, password = config.smtp_host, config.smtp_user, config.smtp_password
        return cls(host, config.smtp_port, user, password, config.smtp_tls, config.mail_from)

    async def send(self, outgoing: Outgoing) -> Accepted:
        """Accepted when the server has taken the whole text. Cut off after that began: the error flies on."""
        address = reachable(outgoing.address)
        message = self.compose(outgoing, address)
        client = self._client()
        try:
            await self._reach(client, address)
            await self._hand_over(client, message)
        finally:
            client.close()
        return Accepted(str(message["Message-ID"]).strip("<>"))

    async def answers(self) -> None:
        """It lets us in."""
        client = self._client()
        try:
            await client.connect()
        finally:
            client.close()

    def compose(self, outgoing: Outgoing, address: str) -> EmailMessage:
        """The mail. Its Message-ID is the same for each attempt, so that a repeat can be recognised."""
        message = EmailMessage(policy=SMTP_POLICY)
        domain = parseaddr(self.mail_from)[1].rpartition("@")[2]
        message["From"] = self.mail_from
        message["To"] = formataddr((" ".join(outgoing.name.split()), address))
        message["Subject"] = _subject(outgoing)
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{outgoing.id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(outgoing.text, cte="quoted-printable")
        message["Content-Language"] = outgoing.language
        return message

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            use_tls=self.tls == "tls",
            start_tls=self.tls == "starttls",
            tls_context=self.tls_context,
            timeout=self.step_timeout,
        )

    async def _reach(self, client: aiosmtplib.SMTP, address: str) -> None:
        # Until the text itself is sent, every error means that it was not taken.
        try:
            await client.connect()
            await client.mail(parseaddr(self.mail_from)[1])
        except aiosmtplib.SMTPResponseException as error:
            raise TemporaryFailure(f"smtp_{error.code}") from None  # ours to mend, whatever the server calls it
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise TemporaryFailure(type(error).__name__) from None
        try:
            await client.rcpt(address)
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise TemporaryFailure(type(error).__name__) from None

    async def _hand_over(self, client: aiosmtplib.SMTP, message: EmailMessage) -> None:
        try:
            await client.data(message.as_bytes())
        except aiosmtplib.SMTPResponseException as error:
            raise _refusal(error, "smtp_text") from None  # the text was refused: that says nothing of the address


def reachable(address: str) -> str:
    """The address as it is said to a server (København.dk as xn--…). PermanentFailure when it is none."""
    name, _, domain = address.rpartition("@")
    if not ADDRESS.fullmatch(address) or not name.isascii():
        raise PermanentFailure("address")
    try:
        return f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise PermanentFailure("address") from None


def _refusal(error: aiosmtplib.SMTPResponseException, what: str = "smtp") -> Exception:
    code = f"{what}_{error.code}"
    if 400 <= error.code < 500:
        return TemporaryFailure(code)
    return PermanentFailure(code) if error.code >= 500 else error  # an odd yes is still no refusal: nobody knows


def _subject(outgoing: Outgoing) -> str:
    subject = " ".join((outgoing.subject or SUBJECT).split())
    return f"{EXERCISE}: {subject}" if outgoing.is_exercise and not subject.startswith(EXERCISE) else subject
