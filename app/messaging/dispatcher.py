"""Sends what is due: many requests in flight at once, none of them inside a transaction.

Order of work: free slot → tokens → claim with a lease → commit → call the provider → record. What has ended is
recorded in the transaction that claims the next. Nothing that is claimed ever waits, so a stop that commits before the
claim is a stop.
"""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any, ParamSpec, TypeVar

from flask import Flask, has_app_context
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from app.extensions import db
from app.lib import clock
from app.lib.database import reading, set_read_only
from app.messaging import channels as ways_out
from app.messaging import claims, heartbeats, results
from app.messaging.aftercare import Aftercare
from app.messaging.channels.base import Channel, Closes
from app.messaging.claims import Claimed, Sender
from app.messaging.results import Result
from app.messaging.sending import Gate, attempt, gates
from app.messaging.turns import Wanted, turn

P = ParamSpec("P")
T = TypeVar("T")

LEASE = timedelta(seconds=45)
IDLE = 0.25  # seconds between looks at an empty outbox
GATHER = 0.005  # seconds that freed slots and results wait for company, so that one commit carries many
BUSY = 0.05  # the same while something is being sent
BEAT = 5.0
END_CALLS = 0.5  # seconds between looks for a phone that rings for nothing
LOOK_UP = 15.0
PATIENCE = 1.0  # seconds before a database that was away is asked again
LAST_WORDS = 10.0  # seconds that a stopping worker tries to record what it has sent

log = logging.getLogger(__name__)


class Dispatcher:
    """One sender of deliveries. Any number may run on PostgreSQL; on SQLite `flask worker` allows one."""

    def __init__(
        self,
        app: Flask,
        channels: Mapping[str, Channel] | None = None,
        *,
        in_flight: int | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        config = app.config["BEREDSKAB"]
        self.app = app
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"[-80:]
        self.lease = lease
        self.channels = ways_out.load(config) if channels is None else channels
        self.gates = gates(self.channels, in_flight or config.in_flight)
        self.aftercare = Aftercare(self.channels, self._in_database)
        self.unrecorded: list[Result] = []
        self.detail = ""
        self._away_since: float | None = None
        self._sends: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        # SQLite lets one write at a time; who asks in turn is served sooner than who asks again and again.
        self._turns = asyncio.Semaphore(1 if config.database_url.startswith("sqlite") else 4)
        self._stopping = False
        self._apart = False  # the last turn failed, so the next one records by itself

    # ---- running for a long time ----

    async def run(self) -> None:
        """Until `stop()`; then finish what is in flight and record it."""
        others = [self._keep_beating()]
        if self.aftercare.is_needed:
            others += [self._keep_ending_calls(), self._keep_looking_up()]
        beside = [asyncio.create_task(one) for one in others]
        try:
            while not self._stopping:
                await self._patiently(self._turn)
                await self._pause()
        finally:
            while self._sends:
                await asyncio.wait(self._sends, timeout=BUSY)
                await self._patiently(self._record)
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await self._record_last()
            await self._close_channels()

    def stop(self) -> None:
        """Claim nothing more. Call it from the loop's own thread."""
        self._stopping = True
        self._wake.set()

    # ---- step by step, for tests and the demo ----

    def run_once(self) -> int:
        """Commit the caller's session, send what is due now and record it; answers how many were claimed."""
        if has_app_context():
            db.session.commit()  # else SQLite's one writer would be the caller, waiting for us
        with ThreadPoolExecutor(1) as aside:  # a loop of its own, whatever the caller's thread is running
            return aside.submit(asyncio.run, self._once()).result()

    def drain(self) -> int:
        """`run_once` until nothing is due at the clock's present moment."""
        total = 0
        while claimed := self.run_once():
            total += claimed
        return total

    async def _once(self) -> int:
        await self._in_database(results.expire)
        taken = await self._turn()
        while self._sends:
            await asyncio.wait(self._sends)
        await self._record_last()  # a receipt that comes meanwhile may hold the row: we are who tries again
        await self.aftercare.end_calls()
        await self.aftercare.look_up()
        await self._close_channels()
        return taken

    # ---- claim and send ----

    async def _turn(self) -> int:
        """Claim for the free slots, and write down in the same transaction what has ended."""
        if self._apart:
            await self._record()
        open_ones = [gate for gate in self.gates if gate.free > 0]
        if not self.unrecorded and not await self._look([gate.sender for gate in open_ones]):
            return 0
        began, ended, self.unrecorded = time.monotonic(), self.unrecorded, []
        wanted = [Wanted(gate.sender, gate.free) for gate in open_ones]
        try:
            taken = await self._in_database(turn, ended, wanted, self.worker, self.lease)
        except BaseException as error:
            self.unrecorded, self._apart = ended + self.unrecorded, True
            if ended and isinstance(error, SQLAlchemyError):
                return 0  # the next turn does the two apart: neither's fault may hold up the other
            raise
        self._apart = False
        for gate, claimed in zip(open_ones, taken, strict=True):
            for one in claimed:
                self._start(gate, one, began)
        return sum(map(len, taken))

    def _start(self, gate: Gate, claimed: Claimed, began: float) -> None:
        gate.busy += 1
        task = asyncio.create_task(self._send(gate, claimed, began))
        self._sends.add(task)
        task.add_done_callback(self._sends.discard)

    async def _send(self, gate: Gate, claimed: Claimed, began: float) -> None:
        try:
            result = await attempt(gate.channel, claimed, began, self.lease)
            self.unrecorded.append(result)  # looked up now: the list is swapped at each recording
            gate.heed(result)
        finally:
            gate.busy -= 1
            self._wake.set()

    async def _pause(self) -> None:
        if not self._stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), BUSY if self._sends else IDLE)
        self._wake.clear()
        await asyncio.sleep(GATHER)

    # ---- record what could not wait for the next claim ----

    async def _record(self) -> None:
        """Write down what ended. What the database does not take is kept, to be written when it answers again."""
        batch, self.unrecorded = self.unrecorded, []
        if not batch:
            return
        try:
            await self._in_database(results.record, batch)
        except (OperationalError, asyncio.CancelledError):
            self.unrecorded = batch + self.unrecorded
            raise
        except SQLAlchemyError as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                self.unrecorded = batch + self.unrecorded
                raise
            await self._record_one_by_one(batch)

    async def _record_one_by_one(self, batch: list[Result]) -> None:
        # One row that the database refuses must not hold back the others; the sweeper will find it.
        for result in batch:
            try:
                await self._in_database(results.record, [result])
            except SQLAlchemyError as error:
                log.error("delivery %s: result not recorded: %s", result.delivery_id, type(error).__name__)

    async def _record_last(self) -> None:
        until = time.monotonic() + LAST_WORDS
        while self.unrecorded and time.monotonic() < until:
            await self._patiently(self._record)
        if self.unrecorded:
            log.error("%s results were not recorded: they will be found as uncertain", len(self.unrecorded))

    # ---- beside the sending ----

    async def _keep_ending_calls(self) -> None:
        while True:
            await asyncio.sleep(END_CALLS)
            await self._patiently(self.aftercare.end_calls)

    async def _keep_looking_up(self) -> None:
        while True:
            await asyncio.sleep(LOOK_UP)
            await self._patiently(self.aftercare.look_up)

    async def _close_channels(self) -> None:
        for channel in self.channels.values():
            if isinstance(channel, Closes):
                await channel.close()

    # ---- database and heartbeat ----

    async def _keep_beating(self) -> None:
        while True:
            await self._patiently(self._beat)
            await asyncio.sleep(BEAT)

    async def _beat(self) -> None:
        await self._in_database(heartbeats.beat, heartbeats.DISPATCHER, self.detail)

    async def _patiently(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T | None:
        """Do the work. When the database is away: say so once, wait a little and answer None."""
        try:
            done = await work()
        except SQLAlchemyError as error:
            if _gave_way(error):
                return None
            if self._away_since is None:
                self._away_since = time.monotonic()
                log.error("the database does not answer: %s", type(error).__name__)
            await asyncio.sleep(PATIENCE)
            return None
        if self._away_since is not None:
            seconds, self._away_since = round(time.monotonic() - self._away_since), None
            self.detail = f"database away {seconds} s until {clock.now():%Y-%m-%d %H:%M:%S} UTC"
            log.warning(self.detail)
        return done

    async def _look(self, senders: list[Sender]) -> list[Sender]:
        return await asyncio.to_thread(self._committed, partial(_look, senders))  # a reader waits for no turn

    async def _in_database(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._turns:
            return await asyncio.to_thread(self._committed, partial(work, *args, **kwargs))

    def _committed(self, work: Callable[[], T]) -> T:
        set_read_only(False)
        with self.app.app_context():  # a session of its own, closed at the end
            done = work()
            db.session.commit()
            return done


def _gave_way(error: SQLAlchemyError) -> bool:
    """A row that we need is held by a person's request: no outage, only our turn to wait."""
    return type(getattr(error, "orig", None)).__name__ in ("LockNotAvailable", "DeadlockDetected")


def _look(senders: list[Sender]) -> list[Sender]:
    with reading():
        return claims.due(senders)
