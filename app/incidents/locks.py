"""Operations on an incident take its row first, so that two of them happen one after the other."""

import sqlalchemy as sa

from app.extensions import db
from app.incidents.models import Incident


def locked(incident: Incident) -> Incident:
    """The incident, read anew and held until the transaction ends. (SQLite holds the whole database already.)"""
    query = sa.select(Incident).where(Incident.id == incident.id).with_for_update(of=Incident)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()
