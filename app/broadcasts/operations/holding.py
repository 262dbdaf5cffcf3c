"""Before anything changes: the incident held, the broadcast read anew, its state and the rule asked."""

from collections.abc import Callable, Collection
from typing import Any

from app.areas.by import By
from app.broadcasts.models import Broadcast
from app.broadcasts.states import STATE_LABELS, BroadcastState
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.plans.document import PlanDocument
from app.plans.tracks import Ruling


def hold(incident: Incident, reader: Reader, rule: Callable[..., Ruling], *more: Any, **facts: Any) -> Incident:
    """The incident, locked until the transaction ends. Raises Refused when the rule says no."""
    incident = locked(incident)
    demand(rule(document_of(incident), reader.who, facts_of(incident), *more, **facts), incident.area)
    return incident


def take(broadcast: Broadcast, states: Collection[BroadcastState], version: int | None = None) -> Incident:
    """Its incident, locked. Raises Refused when the text is no longer in such a state, or no longer that version."""
    incident = locked(broadcast.incident)
    db.session.refresh(broadcast)
    if broadcast.state not in states:
        text = N_("Beskeden er nu: %(state)s. Se på den igen.")
        raise Refused(Reason(text, {"state": STATE_LABELS[broadcast.state]}))
    if version not in (None, broadcast.version):
        raise Refused(Reason(N_("Teksten er rettet, siden du læste den. Læs den igen.")))
    return incident


def called(plan: PlanDocument, keys: Collection[str]) -> str:
    """`beboere, institutioner` in the plan's order; an audience that the plan has dropped keeps its key."""
    known = [a for a in plan.audiences if a.key in keys]
    labels = [a.label[:1].lower() + a.label[1:] for a in known]
    return ", ".join(labels + sorted(set(keys) - {a.key for a in known}))


def note(broadcast: Broadcast, text: str, by: By | None, *, on_behalf_of: str | None = None, **data: Any) -> None:
    """In the log, as `Besked 2 …`; the room's panel shows it."""
    db.session.flush()
    log.write(
        broadcast.incident, Kind.MESSAGE, f"Besked {broadcast.number} {text}", by=by, on_behalf_of=on_behalf_of,
        not_cpr=broadcast.not_cpr, data={"broadcast": broadcast.public_id, "state": broadcast.state.value, **data},
    )  # fmt: skip
    log.changed(broadcast.incident, "informed")
