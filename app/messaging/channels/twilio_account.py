"""What SMS and calls share: the account's async client, its time-outs, and what its errors mean."""

import asyncio
import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self
from urllib.parse import quote_plus, urlsplit, urlunsplit

from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from app.messaging import signing
from app.messaging.channels.base import Outgoing, PermanentFailure, TemporaryFailure
from app.messaging.channels.wire import NotReached, Wire
from app.messaging.rates import NumberLimit, Rate
from config import Config, Twilio

WHOLE = 20.0  # seconds for a request; what is cut off here may have been taken
BURST = 30
PER_NUMBER = NumberLimit(identical=19, messages=99)  # the networks stop at 20 and 100 an hour
BUSY = "twilio_429"

# Refusals that are ours to mend: the sender, the account, the provider's own queue. The text waits meanwhile.
OURS = frozenset({20003, 21212, 21606, 21611, 21659, 14107})
UNKNOWN_END = frozenset({408, 502, 504})  # something in between gave up waiting: it may have been taken


class Unclear(Exception):
    """The provider's answer says neither yes nor no."""


class Http(AsyncHttpClient):
    """What the official client sends by: our own wire, with an end to its patience, and where the environment says."""

    def __init__(self, api_url: str) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self.api_url, self.wire = api_url, Wire()

    async def request(
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Raises TemporaryFailure when nothing was handed over, or when the provider asks for a pause."""
        url = f"{self._here(uri)}?{_form(params)}" if params else self._here(uri)
        signed_in = {**(headers or {}), "Authorization": _basic(*auth)} if auth else headers or {}
        body = _form(data).encode() if data else b""
        try:
            async with asyncio.timeout(WHOLE):
                answer = await self.wire.ask(method.upper(), url, signed_in, body)
        except NotReached as error:
            raise TemporaryFailure(str(error)) from None
        if answer.status == 429:
            raise TemporaryFailure(BUSY, _seconds(answer.headers))
        return Response(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)

    async def close(self) -> None:
        """End the connections."""
        await self.wire.close()

    def _here(self, uri: str) -> str:
        if not self.api_url:
            return uri
        there, asked = urlsplit(self.api_url), urlsplit(uri)
        return urlunsplit((there.scheme, there.netloc, asked.path, asked.query, ""))


class Account:
    """Makes a client for the loop that asks, and addresses for the provider to call back."""

    def __init__(self, config: Config) -> None:
        self.twilio: Twilio = config.twilio
        self.back_to = f"{config.public_url}/webhooks/twilio"
        self._secret = config.secret_key
        self._http: Http | None = None
        self._client: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def rate(self) -> Rate | None:
        """How fast each sender may go."""
        return Rate(self.twilio.per_second, max(BURST, self.twilio.per_second)) if self.twilio.per_second else None

    def client(self) -> Any:
        """The client; a connection belongs to one loop, so another loop gets another."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._http, self._loop = Http(self.twilio.api_url), loop
            self._client = Client(self.twilio.account, self.twilio.token, http_client=self._http)
        return self._client

    async def close(self) -> None:
        """End the connections of this loop."""
        if self._http is not None and self._loop is asyncio.get_running_loop():
            await self._http.close()
            self._http = self._client = self._loop = None

    def back(self, what: str, outgoing: Outgoing) -> str:
        """Where the provider tells what became of this attempt."""
        return f"{self.back_to}/{what}/{signing.sign(self._secret, outgoing.id, outgoing.attempt)}"


@dataclass
class TwilioChannel:
    """What a channel of this account promises, whatever it carries."""

    account: Account
    name: str = ""
    in_flight: int = 1024
    timeout: float = WHOLE
    rate: Rate | None = None
    per_number: NumberLimit | None = PER_NUMBER

    @classmethod
    def from_config(cls, config: Config) -> Self:
        """As the environment says."""
        account = Account(config)
        return cls(account, rate=account.rate)

    async def answers(self) -> None:
        """It knows our account. That it asks for a pause is an answer too."""
        try:
            await self.account.client().api.v2010.accounts(self.account.twilio.account).fetch_async()
        except TemporaryFailure as error:
            if error.code != BUSY:
                raise

    async def close(self) -> None:
        """End the connections."""
        await self.account.close()


def meaning(error: Any) -> Exception:
    """What the official client's error means to us."""
    code = f"twilio_{error.code or error.status}"
    if error.status in UNKNOWN_END or error.status < 400:
        return Unclear(code)
    if error.status >= 500 or error.status in (401, 403, 404) or error.code in OURS:
        return TemporaryFailure(code)
    return PermanentFailure(code)


@lru_cache
def _basic(user: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def _form(fields: Mapping[str, object]) -> str:
    return "&".join(
        f"{_quoted(name)}={_quoted(str(one))}"
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    )


@lru_cache(maxsize=256)
def _quoted(value: str) -> str:  # of a broadcast's fields nearly all are the same in each request
    return quote_plus(value)


def _seconds(headers: Any) -> float | None:
    wish = str(headers.get("retry-after", ""))
    return float(wish) if wish.isdecimal() else None
