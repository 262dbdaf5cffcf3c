"""What was erased before its time, so that a restored copy can lose it again. It holds keys, never names."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.logbook.models import ErasureRequest, LogChain
from app.retention.models import Erased, ErasedKind, IncidentExport, LegalHold


@dataclass(frozen=True)
class Carried:
    """What a restored copy must learn of the time since it was made: erasures by kind, holds and exports."""

    erased: list[tuple[ErasedKind, str, datetime]] = field(default_factory=list)
    holds: list[dict[str, Any]] = field(default_factory=list)
    exports: list[dict[str, Any]] = field(default_factory=list)


def note(kind: ErasedKind, key: str, at: datetime | None = None) -> None:
    """Once; a later time takes the place of an earlier one."""
    at = at or clock.now()
    there = db.session.scalar(sa.select(Erased).where(Erased.kind == kind, Erased.key == key))
    if there is None:
        db.session.add(Erased(kind=kind, key=key, at=at))
    else:
        there.at = max(there.at, at)
    db.session.flush()


def hashed(address: str) -> str:
    """A number or mail address as the register knows it: without this installation's key nobody can try them all."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, b"erased:" + address.encode(), hashlib.sha256).hexdigest()


def keys(kind: ErasedKind) -> set[str]:
    """Everything of this kind in the register."""
    return set(db.session.scalars(sa.select(Erased.key).where(Erased.kind == kind)))


def carried() -> Carried:
    """Read from the database that is about to be replaced. Raises SQLAlchemyError when it cannot be read."""
    found = Carried([(row.kind, row.key, row.at) for row in db.session.scalars(sa.select(Erased))])
    found.erased.extend(_erased_entries())
    for held in db.session.scalars(sa.select(LegalHold)):
        found.holds.append(_row(held, "reason", "set_at", "lifted_at", "lifted_why"))
    for export in db.session.scalars(sa.select(IncidentExport)):
        found.exports.append(_row(export, "at"))
    db.session.rollback()
    return found


def _row(row: LegalHold | IncidentExport, *columns: str) -> dict[str, Any]:
    incident = db.session.get_one(Incident, row.incident_id)
    return {column: getattr(row, column) for column in columns} | {"incident": incident.public_id}


def bring_back(brought: Carried) -> None:
    """Into the restored copy: nothing that was held may go, and everything that was erased goes once more."""
    for kind, key, at in brought.erased:
        note(kind, key, at)
    for row in brought.holds:
        if (incident := _incident(row)) is not None:
            _hold(incident, row)
    for row in brought.exports:
        there = sa.select(IncidentExport.id).join(Incident, IncidentExport.incident_id == Incident.id)
        known = there.where(Incident.public_id == row["incident"], IncidentExport.at == row["at"])
        if (incident := _incident(row)) is not None and db.session.scalar(known) is None:
            db.session.add(IncidentExport(incident_id=incident.id, at=row["at"], by_id=incident.activated_by_id))
    db.session.flush()


def _hold(incident: Incident, row: dict[str, Any]) -> None:
    """Whoever set it may not be in the copy: it stands as set by those who led the incident."""
    begun = sa.select(LegalHold).where(LegalHold.incident_id == incident.id, LegalHold.set_at == row["set_at"])
    held = db.session.scalar(begun) or LegalHold(
        incident_id=incident.id, reason=row["reason"], set_at=row["set_at"], set_by_id=incident.activated_by_id,
        set_as_id=incident.leader_actor_id,
    )  # fmt: skip
    if row["lifted_at"] is not None and held.lifted_at is None:
        held.lifted_at, held.lifted_why = row["lifted_at"], row["lifted_why"]
        held.lifted_by_id = incident.activated_by_id
    db.session.add(held)


def _incident(row: dict[str, Any]) -> Incident | None:
    """None when the copy is older than the incident."""
    return db.session.scalar(sa.select(Incident).where(Incident.public_id == row["incident"]))


def _erased_entries() -> list[tuple[ErasedKind, str, datetime]]:
    """Texts that two people erased in a log that still has its others."""
    query = sa.select(LogChain.public_id, ErasureRequest.seq, ErasureRequest.done_at)
    done = query.join(LogChain, LogChain.id == ErasureRequest.chain_id).where(ErasureRequest.done_at.is_not(None))
    return [(ErasedKind.ENTRY, f"{chain}:{seq}", at) for chain, seq, at in db.session.execute(done) if at]
