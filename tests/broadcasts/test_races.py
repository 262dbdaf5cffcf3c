"""Two at once: whoever comes second meets what the first one did, and nothing leaves twice or unread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import User
from app.broadcasts import operations
from app.broadcasts.models import Broadcast
from app.broadcasts.states import BroadcastState
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import LEFT, Delivery, DeliveryState
from tests.broadcasts.making import awaiting, deliveries, sent

TURNS = 3
Act = Callable[[Broadcast, Reader], object]


def at_once(app: Flask, scene, broadcast: Broadcast, acts: list[tuple[User, Act]]) -> list[bool]:
    """Everybody acts at the same moment; answers who was not refused."""
    broadcast_id, start = broadcast.id, Barrier(len(acts))
    prepared = [(user.id, act) for user, act in acts]
    db.session.commit()

    def person(one: tuple[int, Act]) -> bool:
        with app.app_context():
            start.wait(timeout=30)
            try:
                reader = scene.reader(db.session.get_one(User, one[0]))
                one[1](db.session.get_one(Broadcast, broadcast_id), reader)
                db.session.commit()
                return True
            except Refused:
                db.session.rollback()
                return False
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        done = list(pool.map(person, prepared))
    db.session.expire_all()
    return done


@pytest.mark.parametrize("turn", range(TURNS))
def test_release_and_edit_at_once_never_send_what_nobody_read(app, scene, incident, turn):
    made = awaiting(scene, incident, text="Den læste tekst.")
    edited = operations.Typed(made.phase, ("residents",), "Den nye tekst.")
    released, changed = at_once(app, scene, made, [
        (scene.cast.helhedsplan, lambda b, reader: operations.release(b, reader, version=1)),
        (scene.cast.ssp, lambda b, reader: operations.edit(b, reader, edited)),
    ])  # fmt: skip
    assert released != changed, "one of them came second and was told so"
    if released:
        assert {d.text for d in deliveries(made)} == {"Den læste tekst."} == {made.text}
    else:
        assert deliveries(made) == [] and made.state is BroadcastState.DRAFT


def test_two_releases_at_once_send_it_once(app, scene, incident):
    made = awaiting(scene, incident)
    done = at_once(app, scene, made, [
        (user, lambda b, reader: operations.release(b, reader, version=1))
        for user in (scene.cast.helhedsplan, scene.cast.youth_club, scene.cast.families)
    ])  # fmt: skip
    assert done.count(True) == 1 and len(deliveries(made)) == 2


@pytest.mark.parametrize("turn", range(TURNS))
def test_stop_and_send_at_once_account_for_every_address(app, scene, incident, turn):
    made = sent(scene, incident, "residents", "institutions")
    start = Barrier(2)
    db.session.commit()

    def send() -> None:
        with app.app_context():
            start.wait(timeout=30)
            Dispatcher(app).drain()
            db.session.remove()

    def stop_at_start(broadcast: Broadcast, reader: Reader) -> None:
        start.wait(timeout=30)
        operations.stop(broadcast, reader)

    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(send)
        assert at_once(app, scene, made, [(scene.cast.youth_club, stop_at_start)]) == [True]
        sending.result()
    states = [d.state for d in deliveries(made)]
    assert set(states) <= {DeliveryState.CANCELLED, *LEFT} and len(states) == 3
    begun = db.session.scalar(sa.select(sa.func.count()).where(Delivery.group == made.group, Delivery.attempts > 0))
    assert begun == sum(state in LEFT for state in states), "nothing that was called stopped had begun"


def test_break_glass_and_release_at_once_send_it_once(app, scene, incident):
    made = awaiting(scene, incident)
    done = at_once(app, scene, made, [
        (scene.cast.ssp, lambda b, reader: operations.break_glass(b, reader, "Det haster.")),
        (scene.cast.helhedsplan, lambda b, reader: operations.release(b, reader, version=1)),
    ])  # fmt: skip
    assert done.count(True) == 1 and len(deliveries(made)) == 2
