"""What came back over a connection, read as HTTP/1.1 has it. Pure."""

from typing import NamedTuple

MOST = 4 * 1024 * 1024  # bytes; no answer that we ask for is near it
HEAD_ENDS, LINE_ENDS = b"\r\n\r\n", b"\r\n"
WITHOUT_BODY = frozenset({204, 304})


class Unreadable(Exception):
    """No answer as we know them."""


class Answer(NamedTuple):
    """An answer whose end was seen. `keeps_open`: the connection may carry another request. Names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes
    keeps_open: bool


def read(got: bytes, *, ended: bool) -> Answer | None:
    """The answer; None while some of it is missing. `ended`: nothing more will come. Raises Unreadable."""
    if len(got) > MOST:
        raise Unreadable("too long")
    head, found, rest = got.partition(HEAD_ENDS)
    if not found:
        return None
    status, is_new, headers = _head(head.decode("latin-1"))
    if 100 <= status < 200:  # "go on": the answer itself comes after it
        return read(rest, ended=ended)
    stays = is_new and "close" not in headers.get("connection", "").lower() and not ended
    if status in WITHOUT_BODY:
        return Answer(status, headers, b"", stays and not rest)
    if "transfer-encoding" in headers:
        return _in_chunks(status, headers, rest, stays)
    if "content-length" in headers:
        length = _number(headers["content-length"], 10)
        whole = Answer(status, headers, rest[:length], stays and len(rest) == length)
        return whole if len(rest) >= length else None
    return Answer(status, headers, rest, False) if ended else None


def _head(text: str) -> tuple[int, bool, dict[str, str]]:
    first, *lines = text.split("\r\n")
    version, _, words = first.partition(" ")
    if version not in ("HTTP/1.1", "HTTP/1.0"):
        raise Unreadable("no HTTP/1")
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise Unreadable("a line of the head")
        headers[name.strip().lower()] = value.strip()
    return _number(words[:3], 10), version == "HTTP/1.1", headers


def _in_chunks(status: int, headers: dict[str, str], rest: bytes, stays: bool) -> Answer | None:
    if headers["transfer-encoding"].lower() != "chunked":
        raise Unreadable("transfer-encoding")
    body: list[bytes] = []
    while True:
        size, found, rest = rest.partition(LINE_ENDS)
        if not found:
            return None
        length = _number(size.split(b";")[0].decode("latin-1"), 16)
        if not length:
            return _after_chunks(Answer(status, headers, b"".join(body), stays), rest)
        if len(rest) < length + len(LINE_ENDS):
            return None
        if rest[length : length + 2] != LINE_ENDS:
            raise Unreadable("a chunk")
        body.append(rest[:length])
        rest = rest[length + 2 :]


def _after_chunks(answer: Answer, rest: bytes) -> Answer | None:
    if rest.startswith(LINE_ENDS):
        return answer._replace(keeps_open=answer.keeps_open and len(rest) == len(LINE_ENDS))
    return answer._replace(keeps_open=False) if HEAD_ENDS in rest else None  # trailers: nobody asked for them


def _number(text: str, base: int) -> int:
    try:
        number = int(text, base)
    except ValueError:
        raise Unreadable("a number") from None
    if number < 0:
        raise Unreadable("a number")
    return number
