"""Recording and claiming share a transaction; trouble with the one must not hold up the other."""

import threading

import sqlalchemy as sa

from app.extensions import db
from app.messaging import hooks
from app.messaging.dispatcher import Dispatcher
from tests.factories.areas import make_area
from tests.fakes.provider import Provider
from tests.messaging.making import queued, resident, running, soon, states


def test_what_was_sent_is_written_down_while_nothing_can_be_claimed(app, monkeypatch):
    provider = Provider(gate=threading.Event())
    area = make_area()
    (sent,) = queued(resident())

    def broken(_area: int) -> frozenset[str]:
        return frozenset(db.session.scalars(sa.text("SELECT address FROM of_no_table")))

    with running(Dispatcher(app, {"log": provider}, in_flight=8)):
        soon(lambda: len(provider.began) == 1)
        with monkeypatch.context() as during:
            during.setattr(hooks, "police_addresses", [broken])
            (waiting,) = queued(resident(area_id=area.id, without_police=True))
            provider.gate.set()
            soon(lambda: states(sent) == ["sent"])
            assert states(waiting) == ["queued"]
        soon(lambda: states(waiting) == ["sent"])
    assert [one.address for one in provider.began] == [sent.address, waiting.address]
