"""A provider over HTTP in a process of its own: takes 50 ms for each request or as told, then says yes as Twilio does.

`with provider() as url`. `seen(url)` answers how many addresses were asked for, `began(url)` when.
"""

import asyncio
import json
import multiprocessing
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing.connection import Connection

from aiohttp import web

from bench._official import ACCOUNT, NUMBER, TOKEN

SECONDS = 0.05


@contextmanager
def provider(seconds: float = SECONDS) -> Iterator[str]:
    """Its address, for as long as the block lasts."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, seconds), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()


def environment(url: str) -> dict[str, str]:
    """What switches our channel on."""
    return {
        "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_NUMBER": NUMBER, "TWILIO_API_URL": url,
        "PUBLIC_URL": "https://beredskab.example",
    }  # fmt: skip


def began(url: str) -> dict[str, float]:
    """When each address was first asked for, on the machine's monotonic clock; forgets it."""
    with urllib.request.urlopen(f"{url}/began") as answer:
        return dict(json.load(answer))


def seen(url: str) -> int:
    """How many addresses have been asked for."""
    with urllib.request.urlopen(f"{url}/seen") as answer:
        return int(json.load(answer))


def _serve(there: Connection, seconds: float) -> None:
    import uvloop

    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    seen: dict[str, float] = {}
    number = count(1)

    async def take(request: web.Request) -> web.Response:
        form = await request.post()
        seen.setdefault(str(form["To"]), time.monotonic())
        await asyncio.sleep(seconds)
        return web.json_response({"sid": f"SM{next(number):032x}", "status": "queued"}, status=201)

    async def how_many(_request: web.Request) -> web.Response:
        return web.json_response(len(seen))

    async def tell(_request: web.Request) -> web.Response:
        answer = web.json_response(seen)
        seen.clear()
        return answer

    async def run() -> None:
        app = web.Application()
        app.router.add_post(f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", take)
        app.router.add_get("/began", tell)
        app.router.add_get("/seen", how_many)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        there.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())
