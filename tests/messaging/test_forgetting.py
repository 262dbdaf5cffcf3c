"""Replies are kept as long as the inbox says, no longer."""

from app.extensions import db
from app.messaging import inbox, jobs
from app.messaging.models import InboundMessage


def test_a_reply_is_gone_after_thirty_days_and_there_the_day_before(app, clock):
    inbox.receive("log", "one", "+4520000091", "beredskab", "Hvem er I?")
    db.session.commit()
    clock.advance(days=29)
    jobs.forget_replies()
    assert db.session.query(InboundMessage).count() == 1
    clock.advance(days=2)
    jobs.forget_replies()
    assert db.session.query(InboundMessage).count() == 0
