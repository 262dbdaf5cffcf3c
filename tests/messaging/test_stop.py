"""Freeze, stop and acknowledgement: once they commit, no further call begins."""

import threading
import time

import sqlalchemy as sa

from app import scheduler
from app.areas.models import Area
from app.extensions import db
from app.messaging import hooks, jobs, outbox
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import DeliveryState
from tests.factories.areas import make_area
from tests.fakes.provider import Provider
from tests.messaging.making import callout, new, queued, resident, running, soon, states


def test_a_stop_in_the_middle_accounts_for_every_single_row(app):
    provider = Provider(delay=0.02)
    rows = queued(*(resident(group="broadcast:1") for _ in range(400)))
    with running(Dispatcher(app, {"log": provider}, in_flight=16)):
        soon(lambda: len(provider.accepted) > 50)
        stopped = outbox.cancel(group="broadcast:1", reason="stopped")
        left = {row.address for row in stopped.already_left}
        db.session.commit()
        soon(lambda: provider.now_in == 0)
    assert stopped.cancelled + len(left) == 400
    assert 0 < stopped.cancelled < 350
    assert {sent.address for sent in provider.began} == left
    assert set(states(*rows)) == {"cancelled", "sent"}


def test_the_first_acknowledgement_ends_the_round(app):
    provider = Provider(gate=threading.Event())
    queued(callout(unique_key="first"))
    with running(Dispatcher(app, {"log": provider}, in_flight=4)):
        soon(lambda: len(provider.began) == 1)
        queued(*(callout() for _ in range(5)))
        stopped = outbox.cancel(about="callout:1", reason="acknowledged")
        db.session.commit()
        begun = len(provider.began)
        provider.gate.set()
        soon(lambda: provider.now_in == 0)
        queued(new(name="marker"))
        soon(lambda: any(one.name == "marker" for one in provider.began))
    assert stopped.cancelled + len(stopped.already_left) == 6
    assert len([one for one in provider.began if one.name != "marker"]) == len(stopped.already_left) >= begun


def test_what_is_on_its_way_is_named_as_having_left(app):
    provider = Provider(gate=threading.Event())
    (row,) = queued(callout())
    with running(Dispatcher(app, {"log": provider})):
        soon(lambda: len(provider.began) == 1)
        stopped = outbox.cancel(about="callout:1", reason="acknowledged")
        assert stopped.cancelled == 0
        assert [one.state for one in stopped.already_left] == [DeliveryState.SENDING]
        db.session.commit()
        provider.gate.set()
    assert states(row) == ["sent"]


def test_a_person_who_stops_what_is_just_growing_too_old_never_has_to_give_way(app, clock, monkeypatch):
    """The expiring job holds the row and wants the area; the person holds the area and wants the row, since longer."""
    area = make_area()
    (row,) = queued(new(valid_until=clock.now))
    held = sa.select(Area).where(Area.id == area.id).with_for_update()

    def wants_the_area(rows: object) -> None:
        time.sleep(0.6)
        db.session.scalars(held).all()

    monkeypatch.setattr(hooks, "on_outcome", [wants_the_area])
    db.session.scalars(held).all()
    expiring = threading.Thread(target=scheduler.run, args=(app, scheduler.Job("expire", jobs.expire, 5)))
    expiring.start()
    time.sleep(0.3)
    assert outbox.cancel(about="test:1", reason="stop").cancelled == 1
    db.session.commit()
    expiring.join(20)
    assert states(row) == ["cancelled"]
