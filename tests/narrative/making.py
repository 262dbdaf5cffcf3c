"""Facts and versions made by an operation or by a browser, each in one line."""

import re
from typing import Any

from app.accounts.models import User
from app.extensions import db
from app.incidents.models import Incident
from app.narrative import operations, queries
from app.narrative.models import Fact, FactStatus, SharedMessage, SituationReport
from tests.factories import Visitor
from tests.room.forms import hidden
from tests.scene import Scene


def make_fact(
    scene: Scene, incident: Incident, text: str, status: str = "confirmed", *, may_publish: bool = True
) -> Fact:
    """By SSP, committed."""
    by = scene.reader(scene.cast.ssp).by
    fact = operations.add_fact(incident, text, FactStatus(status), "Politiet, telefon", may_publish=may_publish, by=by)
    db.session.commit()
    return fact


def make_message(scene: Scene, incident: Incident, user: User | None = None, **words: Any) -> SharedMessage:
    """The next version, by SSP unless somebody else is named, committed."""
    newest = queries.latest_message(incident)
    message = SharedMessage(**dict.fromkeys(SharedMessage.WORDS, "") | {"what_happened": "Der er rygter."} | words)
    by = scene.reader(user or scene.cast.ssp).by
    operations.save_message(incident, message, base=newest.number if newest else 0, by=by)
    db.session.commit()
    return message


def make_report(scene: Scene, incident: Incident, **words: Any) -> SituationReport:
    """The next version by SSP, committed."""
    newest = queries.latest_report(incident)
    report = SituationReport(**dict.fromkeys(SituationReport.WORDS, "") | {"situation": "Roligt."} | words)
    operations.save_report(incident, report, base=newest.number if newest else 0, by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    return report


def url(incident: Incident, path: str) -> str:
    """`url(incident, "message/new")`."""
    return f"/incidents/{incident.public_id}/{path}"


def form(page: str, **typed: Any) -> dict[str, Any]:
    """The page's own form as it stands, with what was typed."""
    body = re.search(r'<form method="post" novalidate data-keep id="form">.*?</form>', page, re.S)
    kept = {name: value for name, value in hidden(body[0]).items() if name in ("once", "digest")}
    return kept | {"minutes": "60"} | typed


def send(visitor: Visitor, address: str, **typed: Any) -> Any:
    """Opens the form and sends it."""
    return visitor.post(address, form(visitor.text(address), **typed))
