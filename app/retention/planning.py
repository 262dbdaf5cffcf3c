"""The dry run: what the job would delete now, counted by kind. It holds dates and numbers, never a word."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from app.accounts.jobs import AUDIT_KEPT
from app.accounts.models import AuditEntry
from app.broadcasts.jobs import forget_recipients
from app.contacts.models import Contact
from app.contacts.queries import arrived
from app.extensions import Model, db
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_
from app.logbook.models import LogEntry
from app.messaging.jobs import REPLIES_KEPT, forget_deliveries
from app.messaging.models import InboundMessage
from app.retention import queries
from app.retention.queries import Line
from app.retention.rules import Standing
from app.retention.texts import NAME_GONE, TEXTS

Counted = tuple[str, int]


@dataclass(frozen=True)
class Plan:
    """What would go: of incidents that are due, by kind; and what hangs on no incident."""

    incidents: list[Line]
    of_incidents: list[Counted]
    beside: list[Counted]
    never_closed: int

    def standing(self, which: Standing) -> list[Line]:
        """Those that stand so."""
        return [line for line in self.incidents if line.standing is which]


def plan() -> Plan:
    """As of now. Reads only."""
    lines = queries.lines()
    due = [line.incident for line in lines if line.standing is Standing.DUE]
    return Plan(lines, list(_of(due)), list(_beside()), queries.never_closed())


def _of(due: list[Incident]) -> Iterator[Counted]:
    chains = [incident.chain_id for incident in due]
    written = LogEntry.chain_id.in_(chains) & LogEntry.content.is_not(None)
    yield N_("indførsler i loggen"), _count(LogEntry, written)
    for texts in TEXTS:
        yield texts.label, sum(texts.count(incident.id) for incident in due)


def _beside() -> Iterator[Counted]:
    now = clock.now()
    yield N_("sendte beskeder: navn, nummer og tekst"), forget_deliveries(only_count=True)
    yield N_("modtagere af beskeder"), forget_recipients(only_count=True)
    old_reply = InboundMessage.received_at < now - REPLIES_KEPT
    yield N_("svar, der ikke passede til noget"), _count(InboundMessage, old_reply)
    over = Contact.ended_at.is_not(None) & arrived() & (Contact.name != NAME_GONE)
    yield N_("kontakter, hvis rolle er slut"), _count(Contact, over)
    yield N_("linjer i Ændringer"), _count(AuditEntry, AuditEntry.at < now - AUDIT_KEPT)


def _count(model: type[Model], which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(which)) or 0
