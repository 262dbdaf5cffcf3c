"""The area page taken along: what was asked for, and the file that came of it."""

import csv
import io

from app.documents.jobs import make_documents
from app.documents.models import Document
from tests.factories import Visitor

EXPORT = "/indicators/export"


def ask(visitor: Visitor, ending: str) -> str:
    """Taps; answers the address of the page that waits."""
    answer = visitor.post(EXPORT, {"as": ending})
    assert answer.status_code == 303, answer.status
    return answer.headers["Location"]


def asked(visitor: Visitor, ending: str) -> dict:
    """All that will stand in the file, before it is made."""
    place = ask(visitor, ending)
    return Document.query.filter_by(public_id=place.rsplit("/", 1)[1]).one().data


def take(visitor: Visitor, ending: str):
    """The file, once the worker has made it."""
    place = ask(visitor, ending)
    make_documents()
    answer = visitor.get(f"{place}/file")
    assert answer.status_code == 200, visitor.text(place)
    return answer


def table(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """The lines before the table of a CSV file, and its rows."""
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    head = next(n for n, line in enumerate(lines) if len(line) > 1)
    return [line[0] if line else "" for line in lines[:head]], [
        dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :]
    ]
