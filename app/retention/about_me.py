"""Everything that is kept about one signed-in person, as plain data: the page shows it, the file holds it."""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from app.accounts.models import AuditEntry, RegisteredPhone, User
from app.areas.models import Area, Membership
from app.areas.roles import LABELS
from app.contacts.confirming import own_contacts
from app.contacts.models import POINT_KINDS, Contact
from app.extensions import db
from app.incidents.access import Reader, known_anywhere, reachable
from app.incidents.models import Incident
from app.lib.i18n import N_, _
from app.logbook.models import LogEntry
from app.narrative.models import MessageAcknowledgement, SharedMessage
from app.plans.queries import plan_for
from app.retention.texts import Column
from app.roster.models import CalendarFeed, SingleShift, WeeklyShift
from app.tasks.models import Task

Row = dict[str, Any]
MOST = 200  # incidents, the newest first


@dataclass(frozen=True)
class AboutMe:
    """By kind. Of an incident that the person cannot reach now, nothing, its number neither."""

    account: Row
    roles: list[Row]
    phones: list[Row]
    contacts: list[Row]
    shifts: list[Row]
    incidents: list[Row] = field(default_factory=list)
    changes: int = 0
    has_calendar: bool = False


def about(user: User) -> AboutMe:
    """Of the person who is signed in: what they reach is judged by who they are now."""
    contacts = _contacts(user)
    return AboutMe(
        _account(user), _roles(user), _phones(user), [_contact(one) for one in contacts], _shifts(contacts),
        _incidents(user), _count(AuditEntry, AuditEntry.by_user_id == user.id),
        _count(CalendarFeed, CalendarFeed.user_id == user.id) > 0,
    )  # fmt: skip


def _account(user: User) -> Row:
    return {
        "name": user.name, "email": user.email, "phone": user.phone, "created_at": user.created_at,
        "declared_at": user.declaration_at, "is_administrator": user.is_administrator,
    }  # fmt: skip


def _roles(user: User) -> list[Row]:
    query = sa.select(Membership).where(Membership.user_id == user.id).order_by(Membership.id)
    return [
        {
            "role": _(LABELS[m.role]), "at": m.actor.name, "area": m.actor.area.name, "from": m.granted_at,
            "to": m.ended_at,
        }
        for m in db.session.scalars(query)
    ]  # fmt: skip


def _phones(user: User) -> list[Row]:
    query = sa.select(RegisteredPhone).where(RegisteredPhone.user_id == user.id).order_by(RegisteredPhone.id)
    return [{"label": p.label, "from": p.created_at, "to": p.expires_at} for p in db.session.scalars(query)]


def _contacts(user: User) -> list[Contact]:
    linked = db.session.scalars(sa.select(Contact).where(Contact.user_id == user.id).order_by(Contact.id))
    return list({one.id: one for one in (*linked, *own_contacts(user))}.values())


def _contact(one: Contact) -> Row:
    area = db.session.get_one(Area, one.area_id)
    known = {audience.key: audience.label for audience in plan_for(area).document.audiences}
    return {
        "name": one.name, "function": one.function, "at": one.actor.name if one.actor else "",
        "numbers": [f"{_(POINT_KINDS[p.kind])}: {p.address}" for p in one.points],
        "audiences": [known.get(a.audience_key, a.audience_key) for a in one.audiences],
        "confirmed_at": one.confirmed_at, "ended_at": one.ended_at,
    }  # fmt: skip


def _shifts(contacts: list[Contact]) -> list[Row]:
    ids = [one.id for one in contacts]
    weekly = db.session.scalars(sa.select(WeeklyShift).where(WeeklyShift.contact_id.in_(ids)).order_by(WeeklyShift.id))
    single = db.session.scalars(sa.select(SingleShift).where(SingleShift.contact_id.in_(ids)).order_by(SingleShift.id))
    return [
        *({"weekly": True, "weekday": s.weekday, "from": s.valid_from.isoformat(), "starts": f"{s.starts:%H.%M}",
           "ends": f"{s.ends:%H.%M}"} for s in weekly),
        *({"weekly": False, "from": s.starts_at, "to": s.ends_at} for s in single),
    ]  # fmt: skip


def _incidents(user: User) -> list[Row]:
    """Those that the person can reach now, as any of their actors, with how often they acted in each."""
    found: dict[int, Incident] = {}
    for known in known_anywhere():
        reader = Reader(known.user, known.actor, known.actor.area, known.role, known.who)
        for incident in db.session.scalars(reachable(reader).limit(MOST)):
            found[incident.id] = incident
    ids = sorted(found)
    chains = {incident.chain_id: incident.id for incident in found.values()}
    written = _by(LogEntry.chain_id, LogEntry.author_user_id == user.id, list(chains))
    counts: dict[str, dict[int, int]] = {
        N_("skrevet i loggen"): {chains[chain]: n for chain, n in written.items()},
        N_("opgaver afsluttet"): _by(Task.incident_id, Task.settled_by_id == user.id, ids),
        N_("budskaber kvitteret"): _acknowledged(user, ids),
    }
    rows = [
        {"what": one.what, "at": one.activated_at, "acts": {label: n[id_] for label, n in counts.items() if id_ in n},
         "id": one.public_id} for id_, one in found.items()
    ]  # fmt: skip
    return sorted((row for row in rows if row["acts"]), key=lambda row: row["at"], reverse=True)


def _acknowledged(user: User, ids: list[int]) -> dict[int, int]:
    query = (
        sa.select(SharedMessage.incident_id, sa.func.count())
        .join(MessageAcknowledgement, MessageAcknowledgement.message_id == SharedMessage.id)
        .where(SharedMessage.incident_id.in_(ids), MessageAcknowledgement.by_id == user.id)
        .group_by(SharedMessage.incident_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _by(column: Column, mine: sa.ColumnElement[bool], ids: list[int]) -> dict[int, int]:
    query = sa.select(column, sa.func.count()).where(column.in_(ids), mine).group_by(column)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _count(model: Any, which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(which)) or 0

