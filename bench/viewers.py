"""Two hundred people look at one room over HTTP, on the web server that `app.serve` starts. `python -m bench.viewers`.

Each asks for news every two seconds, as live.js does, and now and then somebody loads the page anew. The viewers live
in this process and share the machine's cores with the server: what is measured holds with them.
"""

import asyncio
import os
import random
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
from flask import Flask

import config
from app import serve
from app.extensions import db
from app.lib.database import set_read_only
from app.messaging.heartbeats import DISPATCHER, beat
from bench import results
from bench.log import application
from bench.room import TOLD
from tests.factories import Visitor
from tests.room.busy import busy
from tests.scene import Scene

VIEWERS, EVERY, SECONDS, PAGES_A_SECOND = 200, 2.0, 30, 2
HEAD = (
    "| database | polls | median | p99 | pages | median | p99 | worst | answers that failed |\n" + "|---" * 9 + "|"
)


class Crowd:
    """The viewers, and how long they waited."""

    def __init__(self, base: str, path: str, cookies: list[str]) -> None:
        self.base, self.path, self.cookies = base, path, cookies
        self.polls: list[float] = []
        self.pages: list[float] = []
        self.failed = 0

    async def look(self) -> None:
        """Everybody arrives within one round, then the clock runs."""
        async with aiohttp.ClientSession(self.base, connector=aiohttp.TCPConnector(limit=0)) as self.http:
            tags = await asyncio.gather(*(self._tag(cookie) for cookie in self.cookies))
            until = time.monotonic() + SECONDS
            each = [self._poll(self.cookies[n % len(self.cookies)], tags[n % len(tags)], until) for n in range(VIEWERS)]
            await asyncio.gather(*each, self._load(until))

    async def _tag(self, cookie: str) -> str:
        for _ in range(4):  # each of the server's processes gets warm
            await self._ask(self.path, cookie, "", None)
        return await self._ask(f"{self.path}/live", cookie, "", None)

    async def _poll(self, cookie: str, tag: str, until: float) -> None:
        await asyncio.sleep(random.random() * EVERY)
        while time.monotonic() < until:
            await self._ask(f"{self.path}/live", cookie, tag, self.polls)
            await asyncio.sleep(EVERY)

    async def _load(self, until: float) -> None:
        async with asyncio.TaskGroup() as tasks:
            while time.monotonic() < until:
                tasks.create_task(self._ask(self.path, random.choice(self.cookies), "", self.pages))
                await asyncio.sleep(random.expovariate(PAGES_A_SECOND))

    async def _ask(self, path: str, cookie: str, tag: str, into: list[float] | None) -> str:
        headers = {"Cookie": f"beredskab={cookie}"} | ({"If-None-Match": tag} if tag else {})
        began = time.perf_counter()
        async with self.http.get(path, headers=headers) as answer:
            await answer.read()
            self.failed += answer.status != (304 if tag else 200)
            if into is not None:
                into.append((time.perf_counter() - began) * 1000)
            return answer.headers.get("ETag", "")


def prepare(app: Flask) -> tuple[str, list[str]]:
    """The room of a long night, and a session of each of those who look at it."""
    with app.app_context():
        scene = Scene()
        incident = busy(scene, **TOLD)
        cast = scene.cast
        cookies = [
            Visitor(app, user).client.get_cookie("beredskab").value
            for user in (cast.ssp, cast.ssp_responder, cast.ssp_observer, cast.youth_club, cast.helhedsplan)
        ]
        beat(DISPATCHER)
        db.session.commit()
        path = f"/incidents/{incident.public_id}"
        db.session.remove()
        db.engine.dispose()
    return path, cookies


@contextmanager
def web(app: Flask) -> Iterator[str]:
    """The web server as it is started in use, on this application's database. Answers its address."""
    given, port = app.config["BEREDSKAB"], _free_port()
    environment = {
        "BEREDSKAB_MODE": given.mode, "BEREDSKAB_DATA": str(given.data_folder), "DATABASE_URL": given.database_url,
        "PORT": str(port),
    }  # fmt: skip
    settings = config.load(environment)
    root = Path(serve.__file__).parent.parent
    process = subprocess.Popen(serve._programs(settings)["web"], env=os.environ | environment, cwd=root)
    try:
        for _ in range(6):  # a busy machine takes its time
            serve._until_it_answers(settings)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


async def while_it_beats(app: Flask, crowd: Crowd) -> None:
    """The dispatcher shows signs of life meanwhile."""

    def alive() -> None:
        set_read_only(False)
        with app.app_context():
            beat(DISPATCHER)
            db.session.commit()

    async def keep_on() -> None:
        while True:
            await asyncio.to_thread(alive)
            await asyncio.sleep(15)

    beating = asyncio.create_task(keep_on())
    await crowd.look()
    beating.cancel()


def measure(engine: str) -> str:
    """One row of the table."""
    with application(engine) as app:
        path, cookies = prepare(app)
        with web(app) as base:
            crowd = Crowd(base, path, cookies)
            asyncio.run(while_it_beats(app, crowd))
        with app.app_context():
            db.engine.dispose()
    return (
        f"| {engine} | {_in_figures(crowd.polls)} | {_in_figures(crowd.pages)} | {max(crowd.pages):.0f} ms "
        f"| {crowd.failed} |"
    )


def _in_figures(waited: list[float]) -> str:
    return f"{len(waited)} | {statistics.median(waited):.0f} ms | {p99(waited):.0f} ms"


def p99(waited: list[float]) -> float:
    """What one in a hundred waited longer than."""
    return sorted(waited)[int(len(waited) * 0.99)]


def main() -> None:
    """Measure, print, and write the section of RESULTS.md."""
    before = results.machine()
    rows = []
    for engine in ("sqlite", "postgresql"):
        rows.append(measure(engine))
        print(rows[-1], flush=True)
    text = f"""{before} before, viewers and server on the same cores.
{VIEWERS} viewers ask every {EVERY:.0f} s for {SECONDS} s; {PAGES_A_SECOND} pages a second are loaded meanwhile, of a
night with 50 report versions, 30 texts, 10,000 deliveries and 2,000 log entries. The server is granian with
{serve.WEB_PROCESSES} processes of {serve.THREADS_EACH} threads.

{chr(10).join([HEAD, *rows])}"""
    print(text)
    results.write("Viewers (`python -m bench.viewers`)", text)


if __name__ == "__main__":
    main()
