"""Bed om aktivering: what was typed goes at once to every activator in turn; the first yes activates with it."""

from datetime import timedelta

import sqlalchemy as sa

from app.areas.by import By
from app.areas.models import Actor, Area
from app.contacts.queries import is_police, police_addresses
from app.contacts.reaching import texting_address
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.models import ActivationRequest, Incident, RequestState
from app.incidents.names import in_words
from app.incidents.queries import actors_by_key
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.lib.text import plain
from app.live.operations import raise_topics
from app.messaging import outbox
from app.messaging.models import Priority, ReceiverKind
from app.notices.operations import forget, notify
from app.plans.document import CallOutChain
from app.plans.queries import plan_for
from app.plans.tracks import may_request_activation
from app.plans.vocabulary import TRACK_LABELS, Track
from app.roster.queries import first_first
from app.transitions.activate import Activation, Alarm, activate
from app.transitions.ruling import demand

VALID_FOR = timedelta(hours=2)


def request_activation(area: Area, alarm: Alarm, reader: Reader, once_key: str) -> ActivationRequest:
    """Ask every actor that may activate. The same form again is the same request. Raises Refused."""
    db.session.execute(sa.select(Area.id).where(Area.id == area.id).with_for_update())
    existing = db.session.scalar(sa.select(ActivationRequest).where(ActivationRequest.once_key == once_key))
    if existing is not None:
        return existing
    _, document, _ = plan_for(area)
    demand(may_request_activation(document, reader.who, alarm.track), area)
    request = ActivationRequest(
        area_id=area.id, by_user=reader.user, by_actor=reader.actor, track=alarm.track, category_key=alarm.category_key,
        what=alarm.what, place=alarm.place, where_note=alarm.where_note, created_at=clock.now(), once_key=once_key,
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    actors = actors_by_key(area)
    for key in document.activators(alarm.track):
        if key in actors:
            _ask(request, actors[key], area, document.chain)
    raise_topics(*log.front_topics(area.id, alarm.track))
    return request


def _ask(request: ActivationRequest, actor: Actor, area: Area, chain: CallOutChain) -> None:
    text = _text(request, area)
    without_police = request.track is Track.NON_POLICE
    notify(
        actor, text, about=f"request:{request.public_id}", key=f"request:{request.id}:{actor.id}",
        without_police=without_police,
    )  # fmt: skip
    police = police_addresses(area) if without_police else frozenset()
    line = [c for c in first_first(actor) if not c.humans_only and not is_police(c, police)]
    delays = (chain.on_duty_after_minutes, chain.deputy_after_minutes, chain.all_after_minutes)
    outbox.queue(
        outbox.NewDelivery(
            name=contact.name, address=reached[1], channel=reached[0], text=text, receiver_kind=ReceiverKind.PARTY,
            priority=Priority.CALLOUT, about=f"request:{request.id}", group=f"request:{request.id}",
            unique_key=f"request:{request.id}:{actor.id}:{reached[0]}:{reached[1]}",
            valid_until=clock.now() + VALID_FOR, area_id=area.id, without_police=without_police,
            due_at=clock.now() + timedelta(minutes=delays[min(place, 2)]), subject=f"Beredskab {area.name}",
        )
        for place, contact in enumerate(line)
        if (reached := texting_address(contact))
    )  # fmt: skip


def _text(request: ActivationRequest, area: Area) -> str:
    asker = in_words(By(request.by_user, request.by_actor))
    return plain(
        f"Beredskab {area.name}: {asker} beder om aktivering ({TRACK_LABELS[request.track]}): {request.what[:80]}. "
        "Åbn Beredskab, og svar ja."
    )


def locked_request(request: ActivationRequest) -> ActivationRequest:
    """The request, read anew and held."""
    query = sa.select(ActivationRequest).where(ActivationRequest.id == request.id).with_for_update(of=ActivationRequest)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def accept(request: ActivationRequest, area: Area, reader: Reader, *, not_cpr: bool = False) -> Incident:
    """The first yes activates with what was typed; a later yes answers the incident that came of it. Raises Refused."""
    db.session.execute(sa.select(Area.id).where(Area.id == area.id).with_for_update())
    request = locked_request(request)
    if request.state is RequestState.ACCEPTED and request.incident is not None:
        return request.incident
    if request.state is not RequestState.OPEN:
        raise Refused(Reason(N_("Den, der bad om aktivering, har trukket det tilbage.")))
    alarm = Alarm(request.track, request.category_key, request.what, request.place, request.where_note, not_cpr=not_cpr)
    incident = activate(Activation(area, alarm, reader, once_key=f"request:{request.id}"))
    request.state, request.incident = RequestState.ACCEPTED, incident
    _end(request)
    return incident


def withdraw(request: ActivationRequest, reader: Reader) -> None:
    """The asker changes their mind. Raises Refused when somebody has said yes, or it is not theirs."""
    request = locked_request(request)
    if request.by_user_id != reader.user.id:
        raise Refused(Reason(N_("Kun den, der bad om aktivering, kan trække det tilbage.")))
    if request.state is RequestState.ACCEPTED:
        raise Refused(Reason(N_("Beredskabet er allerede aktiveret.")))
    request.state = RequestState.WITHDRAWN
    _end(request)


def _end(request: ActivationRequest) -> None:
    outbox.cancel(group=f"request:{request.id}", reason="answered")
    forget(f"request:{request.public_id}")
    db.session.flush()
    raise_topics(*log.front_topics(request.area_id, request.track))
