"""A real SMTP server with bad manners, chosen by the receiver's address."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from typing import Any

from aiosmtpd.smtp import SMTP


class Manner(Enum):
    """What the server does when a mail to this address comes."""

    BUSY = "451 at RCPT"
    UNKNOWN = "550 at RCPT"
    SLOW_RCPT = "no answer at RCPT"
    BUSY_AFTER_DATA = "451 after the text"
    REFUSED_AFTER_DATA = "554 after the text"
    SLOW = "takes the text and says yes a second later"
    SILENT_AFTER_DATA = "takes the text and never answers"
    GONE_AFTER_DATA = "takes the text and hangs up"


@dataclass
class SmtpServer:
    """`mails` is everything the server has taken, also what it never said yes to."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    manners: dict[str, Manner] = field(default_factory=dict)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        match self.manners.get(address):
            case Manner.BUSY:
                return "451 4.7.1 Greylisted, try again later"
            case Manner.UNKNOWN:
                return "550 5.1.1 No such user"
            case Manner.SLOW_RCPT:
                await asyncio.sleep(3600)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        manner = self.manners.get(envelope.rcpt_tos[0])
        if manner is Manner.BUSY_AFTER_DATA:
            return "451 4.3.0 Try again later"
        if manner is Manner.REFUSED_AFTER_DATA:
            return "554 5.7.1 Refused"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if manner is Manner.SLOW:
            await asyncio.sleep(1)
        if manner is Manner.SILENT_AFTER_DATA:
            await asyncio.sleep(3600)
        if manner is Manner.GONE_AFTER_DATA:
            server.transport.abort()
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address."""
        return [mail for mail in self.mails if address in str(mail["To"])]


@contextmanager
def smtp_server(tls: ssl.SSLContext | None = None, *, starttls: bool = False) -> Iterator[SmtpServer]:
    """Serve on a free port of this machine, in a thread. With `tls`: from the first byte, or after STARTTLS."""
    fake, loop = SmtpServer(), asyncio.new_event_loop()

    def protocol() -> SMTP:
        return SMTP(
            fake, loop=loop, tls_context=tls if starttls else None, require_starttls=starttls, enable_SMTPUTF8=True
        )

    listening = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=None if starttls else tls))
    fake.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        asyncio.run_coroutine_threadsafe(_close(listening), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _close(listening: asyncio.Server) -> None:
    listening.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
