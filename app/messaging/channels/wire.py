"""HTTP/1.1 to one provider over connections that stay open: no more than a request and its answer, and quick at it.

Whoever asks knows by the kind of error whether anything can have been handed over: `NotReached` means surely not.
"""

import asyncio
import ssl
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from app.messaging.channels.answers import Answer, Unreadable, read

CONNECT = 5.0  # seconds to reach the provider
IDLE = 15.0  # seconds that an unused connection is trusted to be open still


class NotReached(Exception):
    """No connection came to be, so nothing was handed over. Says why in one word."""


class CutOff(ConnectionError):
    """The connection ended before the answer did: the request may have been taken."""


class Place(NamedTuple):
    """Where a server listens."""

    host: str
    port: int
    tls: bool


class Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self.unused_since = 0.0
        self._got = b""
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    @property
    def is_fresh(self) -> bool:
        """Whether it may carry another request."""
        is_open = self._transport is not None and not self._transport.is_closing()
        return is_open and not self._got and time.monotonic() - self.unused_since < IDLE

    async def ask(self, request: bytes) -> Answer:
        """The answer to the request. Whatever goes wrong closes the line: nobody else may get a late answer."""
        if self._transport is None or self._transport.is_closing():
            raise CutOff("before the request")
        self._got, self._answer = b"", asyncio.get_running_loop().create_future()
        answer = None
        try:
            self._transport.write(request)
            answer = await self._answer
        finally:
            self._answer, self._got, self.unused_since = None, b"", time.monotonic()
            if answer is None or not answer.keeps_open:
                self.close()
        return answer

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.abort()

    # ---- what the loop tells ----

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        self._look(ended=False)

    def eof_received(self) -> None:  # None: the transport closes itself
        self._look(ended=True)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._look(ended=True)

    def _look(self, *, ended: bool) -> None:
        if self._answer is None or self._answer.done():
            return
        try:
            if answer := read(self._got, ended=ended):
                self._answer.set_result(answer)
            elif ended:
                self._answer.set_exception(CutOff("before the answer"))
        except Unreadable as fault:
            self._answer.set_exception(fault)


class Wire:
    """Requests to any number of places, each over as many lines as are asked for at once."""

    def __init__(self) -> None:
        self._unused: dict[Place, list[Line]] = {}

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Raises NotReached when nothing was handed over; any other error means that nobody knows."""
        place, target, host = _parts(url)
        lines = self._unused.setdefault(place, [])
        request = _request(method, target, {"Host": host, **headers}, body)
        line = _fresh(lines) or await _reach(place)
        answer = await line.ask(request)
        if answer.keeps_open:
            lines.append(line)
        return answer

    async def close(self) -> None:
        """End the connections."""
        for line in [line for lines in self._unused.values() for line in lines]:
            line.close()
        self._unused.clear()
        await asyncio.sleep(0)  # the transports say goodbye


def _fresh(lines: list[Line]) -> Line | None:
    while lines:
        line = lines.pop()  # the last one used: the others grow old and are let go
        if line.is_fresh:
            return line
        line.close()
    return None


async def _reach(place: Place) -> Line:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT):
            _, line = await loop.create_connection(
                Line, place.host, place.port, ssl=_trust() if place.tls else None, happy_eyeballs_delay=0.25
            )
    except OSError as error:  # a time-out is one too, and so is a certificate that we do not trust
        raise NotReached(type(error).__name__) from None
    return line


@lru_cache(maxsize=64)
def _parts(url: str) -> tuple[Place, str, str]:
    parts = urlsplit(url)
    tls = parts.scheme != "http"
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.hostname or "", parts.port or (443 if tls else 80), tls), target, parts.netloc


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _request(method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    lines.append(f"Content-Length: {len(body)}")
    if any("\r" in line or "\n" in line for line in lines) or target.count(" "):
        raise ValueError("not fit for a request")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
