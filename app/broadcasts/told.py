"""Who of an audience is there, was told by hand, or said yes to something: asked by every page of an incident."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import lazyload

from app.broadcasts.models import Engagement, Informed
from app.broadcasts.states import How
from app.contacts.changes import CONTACTS
from app.contacts.models import AudienceMember, Contact
from app.contacts.queries import without_police
from app.extensions import db
from app.incidents.log import topic_of
from app.incidents.models import Incident
from app.live.operations import raised_by
from app.live.remembered import remembered, unless_none
from app.plans.vocabulary import Track


def registered_in(incident: Incident) -> dict[str, int]:
    """How many contacts each audience has; in B without the police's."""
    key = f"registered:{incident.area.public_id}:{incident.track}"
    return remembered(key, CONTACTS, lambda: _registered_in(incident))


def _registered_in(incident: Incident) -> dict[str, int]:
    query = (
        sa.select(AudienceMember.audience_key, sa.func.count())
        .join(Contact, AudienceMember.contact_id == Contact.id)
        .where(Contact.area_id == incident.area_id, Contact.ended_at.is_(None), Contact.opted_out_at.is_(None))
        .group_by(AudienceMember.audience_key)
    )
    if incident.track is Track.NON_POLICE:
        query = query.where(without_police(incident.area))
    return {row[0]: row[1] for row in db.session.execute(query)}


def informed_of(incident: Incident) -> Sequence[Informed]:
    """What was recorded by hand, in its order."""

    def ask() -> Sequence[Informed]:
        query = sa.select(Informed).where(Informed.incident_id == incident.id).options(lazyload(Informed.by_actor))
        return db.session.scalars(query.order_by(Informed.id)).all()

    return unless_none(f"informed:{incident.public_id}", topic_of(incident.id, "informed"), ask)


def called_of(incident: Incident, audience_key: str) -> dict[int, Informed]:
    """The contacts of the audience that were rung, by their ids."""
    found = informed_of(incident)
    return {i.contact_id: i for i in found if i.how is How.CALL and i.audience_key == audience_key and i.contact_id}


def engagements_of(incident: Incident) -> Sequence[Engagement]:
    """Who has said yes to do what, and is still to."""

    def ask() -> Sequence[Engagement]:
        query = sa.select(Engagement).where(Engagement.incident_id == incident.id, Engagement.ended_at.is_(None))
        return db.session.scalars(query.order_by(Engagement.id)).all()

    return unless_none(f"engaged:{incident.public_id}", topic_of(incident.id, "informed"), ask)


for model in (Informed, Engagement):
    raised_by(model, lambda row: (topic_of(row.incident_id, "informed"),))
