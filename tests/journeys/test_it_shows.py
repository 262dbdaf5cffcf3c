"""No outage is silent: the room and every page say so within a minute, to those whom it concerns."""

from app.callout import jobs as callouts
from app.extensions import db
from app.live.models import TopicCounter
from app.messaging import providers
from app.messaging.heartbeats import DISPATCHER, beat
from app.plans.vocabulary import Track
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
    assert polled(night, "police") == "" and polled(night, "ssp") == "twilio_sms"
    look_twice(night)
    police = page(night, night.scene.cast.police, "/")
    assert police.count(AWAY) == 2 and LATE not in police, "found by asking the provider, it tells of nobody"
    assert AWAY in page(night, night.scene.cast.police, "/ready")
    night.twilio.mood = Manner.TAKES
    night.pass_time(minutes=2)
    providers.look()
    assert polled(night, "police") == polled(night, "ssp") == ""
    after = page(night, night.scene.cast.ssp, "/")
    assert AWAY not in after and LATE not in after
    for phone in night.club:
        phone.texts()
    for call in night.twilio.calls:
        call.was_read = True


def test_before_anything_is_sent_everybody_hears_of_it_on_whatever_page_they_have_open(night):
    night.twilio.mood = Manner.BUSY  # asking for a pause is an answer
    look_twice(night)
    assert polled(night, "police") == ""
    night.twilio.mood = Manner.DOWN
    look_twice(night)
    for name in ("police", "ssp", "board", "administrator"):
        user = getattr(night.scene.cast, name)
        assert polled(night, name) == "twilio_sms twilio_voice"
        assert page(night, user, "/banners").count(AWAY) == 2
        shown = page(night, user, "/me")
        assert shown.count(AWAY) == 2 and 'data-live="/banners/live" data-live-beside' in shown
    assert AWAY not in page(night, None, "/sign-in") and "data-live=" not in page(night, None, "/sign-in")
    assert Visitor(night.app).get("/banners").status_code == 302


def test_what_fails_of_the_polices_own_case_is_told_to_them_whatever_others_send(night):
    night.twilio.mood = Manner.DOWN
    night.scene.activate(night.scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    night.activate()
    night.pass_time(seconds=75)
    assert AWAY in page(night, night.scene.cast.police, "/")
    assert providers.troubled(is_police=True) == providers.troubled()


def look_twice(night):
    for _ in range(2):
        providers.look()
        night.clock.advance(minutes=1)


def polled(night, name):
    """The channels that the page's poll says are out."""
    beat(DISPATCHER)
    db.session.commit()
    answer = Visitor(night.app, getattr(night.scene.cast, name)).get("/banners/live").json["topics"]
    assert set(answer) == {"sending", "outages"} and answer["sending"] == 0
    return answer["outages"]


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
