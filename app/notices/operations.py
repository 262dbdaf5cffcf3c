"""Tell a party or a person something, once: on the front page at once, by text to the first contact when it hurries."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.areas.models import Actor
from app.contacts.queries import is_police, police_addresses
from app.contacts.reaching import texting_address
from app.extensions import db
from app.lib import clock
from app.live.operations import raise_topics
from app.messaging import outbox
from app.messaging.models import Priority, ReceiverKind
from app.notices.models import Notice
from app.roster.queries import first_first

VALID_FOR = timedelta(hours=12)


def notify(
    actor: Actor,
    text: str,
    *,
    about: str,
    key: str,
    without_police: bool,
    send: bool = False,
    is_exercise: bool = False,
    group: str = "",
) -> Notice | None:
    """Tell an actor. `key` is natural (kind × subject × due time): the same key twice tells once and answers None.

    `without_police` hides it from every member and address of the police (all that comes of a B incident).
    With `send` the text also goes to the actor's first contact who may be texted.
    """
    notice = _write(
        Notice(actor_id=actor.id, key=key, about=about, text=text, at=clock.now(), without_police=without_police)
    )
    if notice is not None:
        raise_topics(topic(actor))
        if send:
            _send(notice, actor, is_exercise=is_exercise, group=group or about)
    return notice


def notify_user(user_id: int, text: str, *, about: str, key: str, without_police: bool = False) -> Notice | None:
    """Tell one person, on the front page. `without_police`: no longer, should they become the police's."""
    return _write(
        Notice(user_id=user_id, key=key, about=about, text=text, at=clock.now(), without_police=without_police)
    )


def topic(actor: Actor) -> str:
    """The live topic that rises when this actor is told something."""
    return f"notices:{actor.id}"


def forget(about: str) -> None:
    """What was told about this is no longer true or no longer matters."""
    db.session.execute(
        sa.update(Notice).where(Notice.about == about, Notice.seen_at.is_(None)).values(seen_at=clock.now())
    )


def forget_one(key: str) -> None:
    """The same of one notice alone."""
    db.session.execute(sa.update(Notice).where(Notice.key == key, Notice.seen_at.is_(None)).values(seen_at=clock.now()))


def mark_seen(notice: Notice) -> None:
    """Somebody of the party has read it."""
    notice.seen_at = clock.now()
    if notice.actor_id is not None:
        raise_topics(f"notices:{notice.actor_id}")


def _write(notice: Notice) -> Notice | None:
    try:
        with db.session.begin_nested():
            db.session.add(notice)
    except IntegrityError:
        return None
    return notice


def _send(notice: Notice, actor: Actor, *, is_exercise: bool, group: str) -> None:
    police = police_addresses(actor.area) if notice.without_police else frozenset()
    contact = next((c for c in first_first(actor) if not c.humans_only and not is_police(c, police)), None)
    if contact is None or (reached := texting_address(contact)) is None:
        return
    channel, address = reached
    outbox.queue(
        [
            outbox.NewDelivery(
                name=contact.name,
                address=address,
                channel=channel,
                text=notice.text,
                receiver_kind=ReceiverKind.PARTY,
                priority=Priority.NOTICE,
                about=notice.about,
                group=group,
                unique_key=f"notice:{notice.key}",
                valid_until=clock.now() + VALID_FOR,
                without_police=notice.without_police,
                is_exercise=is_exercise,
                area_id=actor.area_id,
            )
        ]
    )
