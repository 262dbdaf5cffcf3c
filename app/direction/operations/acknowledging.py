"""The police acknowledged the shared message by word: recorded for them, and taken back when they deny it."""

from app.areas.models import Actor
from app.direction.models import PoliceAct, PoliceActKind
from app.direction.police_word import PoliceSaid, record
from app.direction.queries import full_facts
from app.errors import Refused
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.lib.i18n import N_, Reason
from app.narrative import operations as narrative
from app.narrative.models import SharedMessage
from app.plans.tracks import may_acknowledge_message, may_record_for_police


def acknowledge_for_police(message: SharedMessage, reader: Reader, said: PoliceSaid) -> None:
    """Raises Refused when a newer version has come, or when they have said so already."""
    incident = locked(message.incident)
    document, facts = document_of(incident), full_facts(incident)
    demand(may_acknowledge_message(document, reader.who, facts), incident.area)
    demand(may_record_for_police(document, reader.who, facts), incident.area)
    act = record(incident, PoliceActKind.ACKNOWLEDGEMENT, said, by=reader.by)
    if not narrative.acknowledge_message(
        message, by=reader.by, actor=_police_of(incident), at=act.recorded_at, on_behalf_of=said.in_the_log
    ):
        raise Refused(Reason(N_("Politiet har allerede kvitteret for budskabet.")))


def undo_acknowledgement(act: PoliceAct) -> None:
    """They have not: it counts no longer."""
    narrative.take_back_acknowledgement(act.incident, _police_of(act.incident), act.recorded_at)


def _police_of(incident: Incident) -> Actor:
    found = [p.actor for p in incident.participations if p.actor.is_police]
    if not found:
        raise Refused(Reason(N_("Politiet er ikke med i hændelsen.")))
    return found[0]
