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
    for model, into in ((LegalHold, found.holds), (IncidentExport, found.exports)):
        for row, public_id in db.session.execute(
            sa.select(model, Incident.public_id).join(Incident, model.incident_id == Incident.id)
        ):
            columns = {c.key for c in sa.inspect(model).columns} - {"id", "incident_id"}
            into.append({name: getattr(row, name) for name in columns} | {"incident": public_id})
    db.session.rollback()
    return found


def bring_back(brought: Carried) -> None:
    """Into the restored copy: nothing that was held may go, and everything that was erased goes once more."""
    for kind, key, at in brought.erased:
        note(kind, key, at)
    for model, rows in ((LegalHold, brought.holds), (IncidentExport, brought.exports)):
        for row in rows:
            _add(model, dict(row))
    db.session.flush()


def _add(model: type[LegalHold] | type[IncidentExport], row: dict[str, Any]) -> None:
    """Unless the copy has it already, or knows no such incident."""
    incident = db.session.scalar(sa.select(Incident).where(Incident.public_id == row.pop("incident")))
    if incident is None:
        return
    if model is LegalHold:
        begun = sa.select(LegalHold).where(LegalHold.incident_id == incident.id, LegalHold.set_at == row["set_at"])
        if (there := db.session.scalar(begun)) is not None:
            for name in ("lifted_at", "lifted_by_id", "lifted_why"):
                setattr(there, name, row[name])
            return
    elif db.session.scalar(sa.select(IncidentExport.id).filter_by(incident_id=incident.id, at=row["at"])) is not None:
        return
    db.session.add(model(incident_id=incident.id, **row))


def _erased_entries() -> list[tuple[ErasedKind, str, datetime]]:
    """Texts that two people erased in a log that still has its others."""
    query = sa.select(LogChain.public_id, ErasureRequest.seq, ErasureRequest.done_at)
    done = query.join(LogChain, LogChain.id == ErasureRequest.chain_id).where(ErasureRequest.done_at.is_not(None))
    return [(ErasedKind.ENTRY, f"{chain}:{seq}", at) for chain, seq, at in db.session.execute(done) if at]
