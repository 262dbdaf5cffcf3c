"""The provider's interface, with good and bad manners."""

import asyncio
import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from itertools import count
from typing import Any

from aiohttp import web

from tests.fakes.twilio.lines import PUBLIC, Answer, Line, OverHttp, signature
from tests.fakes.twilio.people import Call, Phone, Text

ACCOUNT, TOKEN = "AC" + "0" * 32, "the provider's token"
NUMBER = "+4570000000"


class Manner(Enum):
    """What it does with a request."""

    TAKES = "201"
    BUSY = "429 with Retry-After, takes nothing"
    DOWN = "503, takes nothing"
    GATEWAY = "504, but it has taken it"
    HANGS = "has taken it and never answers"
    HANGS_EMPTY = "has taken nothing and never answers"
    DIES_BEFORE = "hangs up before it takes anything"
    DIES_MID_ANSWER = "has taken it and hangs up in the middle of its answer"
    NO_SUCH_NUMBER = "400, 21211"
    LANDLINE = "400, 21614"


TAKEN = frozenset({Manner.TAKES, Manner.GATEWAY, Manner.HANGS, Manner.DIES_MID_ANSWER})


@dataclass
class TwilioServer:
    """`manners` holds, by number, what happens to each request in turn; `mood` is what happens to all others."""

    line: Line = field(default_factory=OverHttp)
    public_url: str = PUBLIC
    token: str = TOKEN
    number: str = NUMBER
    delay: float = 0.0
    retry_after: int = 3
    mood: Manner = Manner.TAKES
    manners: dict[str, list[Manner]] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    requests: int = 0
    refused: int = 0
    most_at_once: int = 0
    port: int = 0
    ignored: set[str] = field(default_factory=set)
    reports: tuple[str, ...] = ()  # told by itself after each text it took, in this order
    _now: int = 0
    _numbers: Any = field(default_factory=lambda: count(1))
    _asides: set[Any] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What switches the channels on."""
        return {
            "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": self.token, "TWILIO_NUMBER": self.number,
            "TWILIO_VOICE_NUMBER": self.number, "TWILIO_API_URL": self.url,
        }  # fmt: skip

    def phone(self, number: str) -> Phone:
        """The person with this number."""
        return Phone(self, number)

    def ignore(self, *numbers: str) -> None:
        """These people are no part of the story."""
        self.ignored |= set(numbers)

    def unexpected(self) -> list[str]:
        """What came to somebody whom the test did not expect it to come to."""
        unread = [one for one in [*self.texts, *self.calls] if not one.was_read and one.to not in self.ignored]
        return [f"{type(one).__name__} to {one.to}: {getattr(one, 'body', one.sid)}" for one in unread]

    def tell(self, url: str, form: dict[str, str], token: str | None = None) -> Answer:
        """Post to our side, signed."""
        return self.line.post(url, form, signature(token or self.token, url, form))

    def new_sid(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):032x}"

    # ---- the interface ----

    def routes(self) -> list[web.RouteDef]:
        root = f"/2010-04-01/Accounts/{ACCOUNT}"
        return [
            web.get(f"{root}.json", self._account),
            web.post(f"{root}/Messages.json", self._messages),
            web.get(f"{root}/Messages.json", self._list_messages),
            web.post(f"{root}/Calls.json", self._calls),
            web.get(f"{root}/Calls.json", self._list_calls),
            web.post(f"{root}/Calls/{{sid}}.json", self._update_call),
        ]

    async def _account(self, request: web.Request) -> web.StreamResponse:
        if self.mood is Manner.DOWN:
            return web.json_response({"code": 20503, "message": "Service unavailable", "status": 503}, status=503)
        if self.mood is Manner.BUSY:
            return web.json_response({"code": 20429, "message": "Too many", "status": 429}, status=429)
        return web.json_response({"sid": ACCOUNT, "status": "active"})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        return await self._take(request, self._new_text)

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        return await self._take(request, self._new_call)

    async def _take(self, request: web.Request, make: Any) -> web.StreamResponse:
        self.requests += 1
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            return await self._answer(request, make)
        finally:
            self._now -= 1

    async def _answer(self, request: web.Request, make: Any) -> web.StreamResponse:
        form = {key: str(value) for key, value in (await request.post()).items()}
        if not self._is_ours(request):
            return _error(401, 20003, "Authenticate")
        turns = self.manners.get(form["To"], [])
        manner = turns.pop(0) if turns else self.mood
        await asyncio.sleep(self.delay)
        made = make(form) if manner in TAKEN else None
        if made is None:
            self.refused += 1
        return await self._behave(request, manner, made)

    async def _behave(self, request: web.Request, manner: Manner, made: Text | Call | None) -> web.StreamResponse:
        match manner:
            case Manner.BUSY:
                return _error(429, 20429, "Too Many Requests", {"Retry-After": str(self.retry_after)})
            case Manner.DOWN:
                return _error(503, 20503, "Service Unavailable")
            case Manner.GATEWAY:
                return web.Response(status=504, text="Gateway Timeout")
            case Manner.NO_SUCH_NUMBER:
                return _error(400, 21211, "Invalid 'To' Phone Number")
            case Manner.LANDLINE:
                return _error(400, 21614, "'To' number is not a valid mobile number")
            case Manner.HANGS | Manner.HANGS_EMPTY:
                await asyncio.sleep(3600)
            case Manner.DIES_BEFORE | Manner.DIES_MID_ANSWER:
                assert request.transport is not None
                if manner is Manner.DIES_MID_ANSWER:
                    request.transport.write(b"HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{")
                request.transport.close()
        return web.json_response(_shown(made), status=201)

    def _is_ours(self, request: web.Request) -> bool:
        named = base64.b64encode(f"{ACCOUNT}:{self.token}".encode()).decode()
        return request.headers.get("Authorization") == f"Basic {named}"

    def _new_text(self, form: dict[str, str]) -> Text:
        text = Text(
            self, self.new_sid("SM"), form["To"], form["From"], form["Body"], form.get("StatusCallback", ""),
            int(form.get("ValidityPeriod", 0)),
        )  # fmt: skip
        self.texts.append(text)
        if self.reports:
            aside = asyncio.get_running_loop().run_in_executor(None, lambda: [text.report(one) for one in self.reports])
            self._asides.add(aside)
            aside.add_done_callback(self._asides.discard)
        return text

    def _new_call(self, form: dict[str, str]) -> Call:
        call = Call(
            self, self.new_sid("CA"), form["To"], form["From"], form["Url"], form.get("StatusCallback", ""),
            form.get("MachineDetection") == "Enable",
        )  # fmt: skip
        self.calls.append(call)
        return call

    async def _list_messages(self, request: web.Request) -> web.Response:
        found = [_shown(one) for one in self.texts if one.to == request.query.get("To")]
        return web.json_response({"messages": found, "next_page_uri": None})

    async def _list_calls(self, request: web.Request) -> web.Response:
        found = [_shown(one) for one in self.calls if one.to == request.query.get("To")]
        return web.json_response({"calls": found, "next_page_uri": None})

    async def _update_call(self, request: web.Request) -> web.Response:
        form = await request.post()
        call = next((one for one in self.calls if one.sid == request.match_info["sid"]), None)
        if call is None:
            return _error(404, 20404, "Not found")
        if form.get("Status") == "canceled" and call.rings:
            call.status = "canceled"
        elif not call.rings:
            return _error(400, 21220, "Call is not in-progress. Cannot redirect.")
        return web.json_response(_shown(call))


def _shown(made: Text | Call | None) -> dict[str, Any]:
    if isinstance(made, Text):
        return {"sid": made.sid, "to": made.to, "from": made.sender, "body": made.body, "status": "queued"}
    assert made is not None
    return {"sid": made.sid, "to": made.to, "from": made.sender, "status": made.status}


def _error(status: int, code: int, message: str, headers: dict[str, str] | None = None) -> web.Response:
    body = {"code": code, "message": message, "status": status}
    return web.Response(status=status, body=json.dumps(body), content_type="application/json", headers=headers)


@contextmanager
def twilio_server(line: Line | None = None, **settings: Any) -> Iterator[TwilioServer]:
    """Serve on a free port of this machine, in a thread. At the end nothing may have come that was not expected."""
    fake = TwilioServer(line or OverHttp(), **settings)
    loop = asyncio.new_event_loop()
    runner = loop.run_until_complete(_start(fake))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield fake
        assert fake.unexpected() == []
    finally:
        asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


async def _start(fake: TwilioServer) -> web.AppRunner:
    app = web.Application()
    app.add_routes(fake.routes())
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", fake.port)
    await site.start()
    fake.port = runner.addresses[0][1]
    return runner


async def _stop(runner: web.AppRunner) -> None:
    await runner.cleanup()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
