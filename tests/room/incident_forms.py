"""Filling in a form of the room and tapping its buttons, as a browser would: with the hidden values of the page."""

import re
from typing import Any

from werkzeug.test import TestResponse

from app.callout.jobs import take_due_steps
from app.extensions import db
from app.incidents.models import Incident
from app.lib.types import new_public_id
from app.logbook.models import LogEntry
from tests.conftest import Clock
from tests.factories import Visitor
from tests.room.forms import hidden


def at(incident: Incident, path: str = "") -> str:
    """The address of one of the incident's pages."""
    return f"/incidents/{incident.public_id}{path}"


def opened(visitor: Visitor, path: str) -> dict[str, str]:
    """The hidden values of the page's one big form."""
    page = visitor.text(path)
    form = re.search(r'<form[^>]*id="form".*?</form>', page, re.DOTALL)
    assert form, f"{path} has no form"
    kept = hidden(form[0])
    return {name: kept[name] for name in ("once", "digest")}


def submit(visitor: Visitor, path: str, **typed: Any) -> TestResponse:
    """Open the page, fill in, send."""
    return visitor.post(path, opened(visitor, path) | typed)


def done(answer: TestResponse) -> TestResponse:
    """The answer, which led on; else an assertion that shows what the page says."""
    assert answer.status_code == 303, f"{answer.status}: {plain(answer.text)[:1500]}"
    return answer


def tap(visitor: Visitor, page: str, action: str) -> TestResponse:
    """Tap the button on `page` whose form posts to an address that ends like this."""
    for form in re.findall(r"<form.*?</form>", visitor.text(page), re.DOTALL):
        target = re.search(r'action="([^"]*)"', form)
        if target and target[1].endswith(action):
            return visitor.post(target[1], {"once": hidden(form)["once"]})
    raise AssertionError(f"{page} has no button that posts to …{action}")


def post(visitor: Visitor, path: str, **data: Any) -> TestResponse:
    """A post without having opened any page."""
    return visitor.post(path, {"once": new_public_id()} | data)


def plain(page: str) -> str:
    """What a person reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def entries(incident: Incident) -> list[LogEntry]:
    """The log, oldest first."""
    query = db.session.query(LogEntry).filter_by(chain_id=incident.chain_id).order_by(LogEntry.seq)
    return query.populate_existing().all()


def said(incident: Incident) -> str:
    """All texts of the log."""
    return "\n".join(entry.text or "" for entry in entries(incident))


def nobody_answers(clock: Clock) -> None:
    """Ten minutes in which the chain is called from end to end."""
    for minutes in (3, 3, 4):
        clock.advance(minutes=minutes)
        db.session.commit()
        take_due_steps()
