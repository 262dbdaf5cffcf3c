"""Rounds, calls and codes."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.areas.models import Actor
from app.callout.codes import token_hash
from app.callout.models import Call, Callout, CalloutState, CalloutStep
from app.contacts.queries import is_police, police_addresses
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.lib.types import UTCDateTime
from app.messaging.models import Delivery, DeliveryState
from app.plans.vocabulary import Track

LATE = timedelta(seconds=60)


def group_of(incident: Incident) -> str:
    """What the outbox calls all deliveries of an incident."""
    return f"incident:{incident.id}"


def about(callout: Callout) -> str:
    """What the outbox calls one round's deliveries."""
    return f"callout:{callout.id}"


def task_keys(callout: Callout) -> tuple[str, str]:
    """How the keys of the round's tasks begin: ring to a person, and nobody answered."""
    return f"call:{callout.id}:", f"chain:{callout.id}"


def callout(callout_id: int) -> Callout:
    """The round as it now is."""
    return db.session.get_one(Callout, callout_id, populate_existing=True)


def incident_of(callout_id: int) -> Incident:
    """Whose lock guards this round."""
    return db.session.scalars(sa.select(Incident).join(Callout).where(Callout.id == callout_id)).one()


def callouts_of(incident: Incident) -> list[Callout]:
    """Every round of every party."""
    return list(db.session.scalars(sa.select(Callout).where(Callout.incident_id == incident.id).order_by(Callout.id)))


def latest_of(incident: Incident) -> list[Callout]:
    """Each party's newest round, in the order the parties joined."""
    newest: dict[int, Callout] = {}
    for callout in callouts_of(incident):
        newest[callout.actor_id] = callout
    return list(newest.values())


def latest(incident: Incident, actor: Actor) -> Callout | None:
    """One party's newest round."""
    return db.session.scalar(
        sa.select(Callout)
        .where(Callout.incident_id == incident.id, Callout.actor_id == actor.id)
        .order_by(Callout.round.desc())
        .limit(1)
    )


def calls_of(callout: Callout) -> list[Call]:
    """Everybody asked in this round."""
    return list(db.session.scalars(sa.select(Call).where(Call.callout_id == callout.id).order_by(Call.id)))


def was_held_back(callout: Callout) -> bool:
    """Whether a stop kept any of the round's texts from leaving."""
    held = sa.exists().where(Delivery.about == about(callout), Delivery.state == DeliveryState.CANCELLED)
    return bool(db.session.scalar(sa.select(held)))


def taken_codes(address: str) -> set[str]:
    """Codes that this phone may not be given: in an open call, or resting after use."""
    query = (
        sa.select(Call.code)
        .join(Callout)
        .where(
            Call.address == address,
            Call.code.is_not(None),
            sa.or_(Call.code_rests_until.is_(None), Call.code_rests_until > clock.now()),
        )
    )
    return {code for code in db.session.scalars(query) if code}


def call_by_code(address: str, code: str) -> Call | None:
    """The call that this phone answers with this code; one that has ended too, until its code has rested.

    In a B never that of somebody who has become police since; the link neither.
    """
    query = sa.select(Call).where(
        Call.address == address,
        Call.code == code,
        sa.or_(Call.code_rests_until.is_(None), Call.code_rests_until > clock.now()),
    )
    return _unless_police(db.session.scalar(query.order_by(Call.id.desc()).limit(1)))


def only_open_call(address: str) -> Call | None:
    """What a bare yes or no from this phone is about; None when it was asked about more than one thing, or nothing."""
    query = (
        sa.select(Call)
        .join(Callout)
        .join(Incident)
        .where(
            Call.address == address,
            Call.code.is_not(None),
            Call.code_rests_until.is_(None),
            Callout.state.in_([CalloutState.CALLING, CalloutState.EXHAUSTED]),
            Incident.ended_at.is_(None),
        )
    )
    calls = list(db.session.scalars(query.order_by(Call.id)))
    asked = {call.callout_id for call in calls}
    return _unless_police(calls[-1]) if len(asked) == 1 else None


def call(call_id: int) -> Call | None:
    """One call, unless its person has become police in a B since."""
    return _unless_police(db.session.get(Call, call_id))


def call_by_token(token: str) -> Call | None:
    """The open call behind a link; None once somebody has answered, or a new round began."""
    return _unless_police(db.session.scalar(sa.select(Call).where(Call.token_hash == token_hash(token))))


def _unless_police(call: Call | None) -> Call | None:
    if call is None or call.callout.incident.track is Track.POLICE:
        return call
    police = police_addresses(call.callout.incident.area)
    return None if call.address in police or is_police(call.contact, police) else call


# What is here should have happened by `before`, which the question is given. A text counts from when it is due;
# one that was tried is due again later each time: then it counts from when it was queued.
_BEFORE = sa.bindparam("before", type_=UTCDateTime())
IS_HELD = sa.and_(
    Delivery.state == DeliveryState.QUEUED,
    sa.or_(Delivery.due_at < _BEFORE, sa.and_(Delivery.attempts > 0, Delivery.queued_at < _BEFORE)),
)
HAS_LATE_STEP = sa.exists().where(
    CalloutStep.callout_id == Callout.id, CalloutStep.taken_at.is_(None), CalloutStep.due_at < _BEFORE
)
_HAS_HELD = sa.exists().where(Delivery.about == sa.literal("callout:") + sa.cast(Callout.id, sa.String), IS_HELD)
_LATE = sa.select(Callout.id).where(Callout.state == CalloutState.CALLING, sa.or_(_HAS_HELD, HAS_LATE_STEP))


def late_before() -> datetime:
    """What should have left or been taken by now, and is given a minute."""
    return clock.now() - LATE


def late_rounds() -> set[int]:
    """Ids of calling rounds whose text or call should have left a minute ago, or whose step should have been taken."""
    return set(db.session.scalars(_LATE, {"before": late_before()}))


def due_callouts(limit: int = 100) -> list[int]:
    """Ids of calling rounds with a step that is due."""
    query = (
        sa.select(Callout.id)
        .join(CalloutStep)
        .where(
            Callout.state == CalloutState.CALLING,
            CalloutStep.taken_at.is_(None),
            CalloutStep.due_at <= clock.now(),
        )
        .distinct()
        .limit(limit)
    )
    return list(db.session.scalars(query))
