"""No outage is silent: the room and every page say so within a minute, to those whom it concerns."""

from app.callout import jobs as callouts
from app.extensions import db
from app.live.models import TopicCounter
from app.messaging.heartbeats import DISPATCHER, beat
from tests.factories import Visitor
from tests.fakes.twilio import Manner

LATE = "Et tilkald er forsinket"
AWAY = "kommer ikke af sted lige nu"


def page(night, user, path):
    beat(DISPATCHER)
    db.session.commit()
    return Visitor(night.app, user).get(path).text


def test_a_provider_that_is_away_is_told_on_every_page_and_in_the_room(night):
    assert AWAY not in page(night, night.scene.cast.ssp, "/")
    night.twilio.mood = Manner.DOWN
    incident = night.activate()
    room = f"/incidents/{incident.public_id}"
    night.pass_time(seconds=75)
    assert AWAY in page(night, night.scene.cast.ssp, "/") and LATE in page(night, night.scene.cast.ssp, "/")
    shown = page(night, night.scene.cast.ssp, room)
    assert "men det er forsinket. Ring selv." in shown
    police = page(night, night.scene.cast.police, "/")
    assert AWAY not in police and LATE not in police, "it would tell of an incident that is none of theirs"
    night.twilio.mood = Manner.TAKES
    night.pass_time(minutes=2)
    after = page(night, night.scene.cast.ssp, "/")
    assert AWAY not in after and LATE not in after
    for phone in night.club:
        phone.texts()
    for call in night.twilio.calls:
        call.was_read = True


def test_open_rooms_hear_of_it_by_themselves(night):
    night.twilio.mood = Manner.DOWN
    night.activate()
    night.pass_time(seconds=90)
    before = versions()
    callouts.show_lateness()
    assert versions() != before


def versions():
    db.session.expire_all()
    return {row.topic: row.version for row in db.session.query(TopicCounter)}
