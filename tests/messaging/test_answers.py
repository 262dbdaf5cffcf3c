"""Answers as servers write them, whole and in pieces."""

import pytest

from app.messaging.channels.answers import MOST, Unreadable, read

OK = b"HTTP/1.1 200 OK\r\n"
WHOLE = {
    "with its length": (OK + b"Content-Length: 4\r\n\r\nbody", 200, b"body", True),
    "empty": (OK + b"Content-Length: 0\r\n\r\n", 200, b"", True),
    "in chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n1;x=y\r\ny\r\n0\r\n\r\n", 200, b"body", True),
    "with trailers": (OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\nA: b\r\n\r\n", 200, b"body", False),
    "after a word in between": (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"content-length: 1\r\n\r\nx", 200, b"x", True),
    "without a body": (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", True),
    "the last of its line": (OK + b"Connection: close\r\nContent-Length: 1\r\n\r\nx", 200, b"x", False),
    "of an old server": (b"HTTP/1.0 503 Busy\r\nContent-Length: 1\r\n\r\nx", 503, b"x", False),
}


@pytest.mark.parametrize("name", WHOLE)
def test_an_answer_is_there_when_its_last_byte_is(name):
    raw, status, body, keeps_open = WHOLE[name]
    for end in range(len(raw)):
        assert read(raw[:end], ended=False) is None
    answer = read(raw, ended=False)
    assert answer is not None
    assert (answer.status, answer.body, answer.keeps_open) == (status, body, keeps_open)


def test_without_a_length_it_ends_with_the_line():
    assert read(OK + b"\r\nbody", ended=False) is None
    assert read(OK + b"\r\nbody", ended=True) == (200, {}, b"body", False)


def test_what_was_cut_off_is_no_answer():
    assert read(OK + b"Content-Length: 9\r\n\r\nbody", ended=True) is None


def test_a_line_with_more_on_it_than_was_asked_for_is_not_used_again():
    answer = read(OK + b"Content-Length: 1\r\n\r\nxHTTP/1.1 200", ended=False)
    assert answer is not None and not answer.keeps_open


@pytest.mark.parametrize(
    "raw",
    [
        b"SMTP ready\r\n\r\n",
        b"HTTP/1.1 soon\r\n\r\n",
        OK + b"no colon\r\n\r\n",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Transfer-Encoding: gzip\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nmany\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n",
        b"x" * (MOST + 1),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so(raw):
    with pytest.raises(Unreadable):
        read(raw, ended=False)
