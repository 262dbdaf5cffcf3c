"""Connections to a provider: kept, given up, and never with somebody else's answer on them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from app.messaging.channels.wire import CutOff, NotReached, Wire

Say = Callable[[int, bytes, asyncio.StreamWriter], Awaitable[None]]


async def echo(_line: int, asked: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(asked), asked))


@asynccontextmanager
async def server(say: Say) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Its address and the heads it got; `say` hears which connection it is (from 1) and what was asked."""
    heads: list[bytes] = []
    lines: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        number = len(lines)
        try:
            while True:
                heads.append(await reader.readuntil(b"\r\n\r\n"))
                length = int(heads[-1].lower().split(b"content-length:")[1].split()[0])
                await say(number, await reader.readexactly(length), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}", heads
    finally:
        listening.close()


def run(say: Say, talk: Callable[[Wire, str, list[bytes]], Awaitable[None]]) -> None:
    async def both() -> None:
        wire = Wire()
        async with server(say) as (url, heads):
            try:
                await asyncio.wait_for(talk(wire, url, heads), 10)
            finally:
                await wire.close()

    asyncio.run(both())


def test_one_after_the_other_they_share_a_line_and_together_they_do_not():
    seen: list[int] = []

    async def slow(line: int, asked: bytes, writer: asyncio.StreamWriter) -> None:
        seen.append(line)
        await asyncio.sleep(0.02)
        await echo(line, asked, writer)

    async def talk(wire: Wire, url: str, heads: list[bytes]) -> None:
        for n in range(3):
            answer = await wire.ask("POST", f"{url}/a?b=c", {"X": "y"}, b"%d" % n)
            assert (answer.status, answer.body) == (200, b"%d" % n)
        assert heads[0].startswith(b"POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:")
        assert seen == [1, 1, 1]
        answers = await asyncio.gather(*(wire.ask("POST", url, {}, b"%d" % n) for n in range(8)))
        assert [one.body for one in answers] == [b"%d" % n for n in range(8)]
        assert len(set(seen)) == 8

    run(slow, talk)


def test_a_late_answer_reaches_nobody_else():
    async def late(line: int, asked: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2 if asked == b"slow" else 0)
        await echo(line, asked, writer)

    async def talk(wire: Wire, url: str, _heads: list[bytes]) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(wire.ask("POST", url, {}, b"slow"), 0.05)
        for _ in range(5):
            assert (await wire.ask("POST", url, {}, b"quick")).body == b"quick"
            await asyncio.sleep(0.05)

    run(late, talk)


def test_a_line_that_the_server_has_closed_is_not_used_again():
    async def once(line: int, asked: bytes, writer: asyncio.StreamWriter) -> None:
        await echo(line, asked, writer)
        writer.close()

    async def talk(wire: Wire, url: str, heads: list[bytes]) -> None:
        for _ in range(3):
            assert (await wire.ask("POST", url, {}, b"x")).status == 200
            await asyncio.sleep(0.02)
        assert len(heads) == 3

    run(once, talk)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 201 Created\r\nContent-Length: 40\r\n\r\n{"])
def test_cut_off_before_its_end_nobody_knows_and_nothing_is_asked_again(said):
    async def cut(_line: int, _asked: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        writer.close()

    async def talk(wire: Wire, url: str, heads: list[bytes]) -> None:
        with pytest.raises(CutOff):
            await wire.ask("POST", url, {}, b"x")
        assert len(heads) == 1

    run(cut, talk)


def test_where_nobody_listens_nothing_was_handed_over():
    async def talk(wire: Wire, _url: str, _heads: list[bytes]) -> None:
        with pytest.raises(NotReached, match="ConnectionRefusedError"):
            await wire.ask("POST", "http://127.0.0.1:9", {}, b"x")

    run(echo, talk)


def test_a_server_without_a_certificate_that_we_trust_is_not_reached():
    async def talk(wire: Wire, url: str, heads: list[bytes]) -> None:
        with pytest.raises(NotReached):
            await wire.ask("POST", url.replace("http:", "https:"), {}, b"x")
        assert not any(head.startswith(b"POST") for head in heads)

    run(echo, talk)


def test_no_line_can_be_slipped_into_a_request():
    async def talk(wire: Wire, url: str, heads: list[bytes]) -> None:
        with pytest.raises(ValueError, match="not fit"):
            await wire.ask("POST", url, {"X": "y\r\nHost: elsewhere"}, b"x")
        assert heads == []

    run(echo, talk)
