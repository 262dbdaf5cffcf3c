"""How far a text has come is seen by itself; what failed is tried by another channel, and nobody gets it twice."""

import pytest

from app.broadcasts import operations
from app.broadcasts.queries import progress_of
from app.broadcasts.unreached import other_ways
from app.contacts.models import Contact, ContactPoint, PointKind
from app.errors import Refused
from app.extensions import db
from app.live.operations import raise_topics
from app.messaging.dispatcher import Dispatcher
from app.messaging.models import Delivery
from tests.broadcasts.making import sent
from tests.fakes.twilio import Manner
from tests.messaging.conftest import twilio as twilio
from tests.room.incident_forms import done, submit

ANNA, BENT = "+4530000001", "+4530000002"
ANNAS_MAIL = "anna@lindevangen.example"


@pytest.fixture
def made(app, scene, incident, twilio):
    """To Anna's landline, which fails, and to Bent, who gets it. Anna has a mail address too."""
    anna = db.session.query(Contact).filter_by(name="Anna").one()
    anna.points.append(ContactPoint(kind=PointKind.EMAIL, address=ANNAS_MAIL))
    db.session.commit()
    made = sent(scene, incident)
    twilio.ignore(*(point.address for line in scene.contacts.values() for one in line for point in one.points))
    twilio.manners[ANNA] = [Manner.LANDLINE]
    work(app)
    assert twilio.phone(BENT).texts() == ["Alt er roligt."]
    return made


def work(app):
    Dispatcher(app).drain()
    db.session.expire_all()


def heard_by(address):
    return [d.text for d in db.session.query(Delivery).filter_by(address=address)]


def test_the_failed_get_the_same_words_by_another_channel_and_the_others_nothing_more(app, scene, made, twilio):
    assert [way.point.address for way in other_ways(made)] == [ANNAS_MAIL]
    assert operations.try_another_way(made, scene.reader(scene.cast.ssp)) == 1
    db.session.commit()
    work(app)
    assert heard_by(ANNAS_MAIL) == ["Alt er roligt."]
    assert progress_of([made])[made.id].is_whole
    assert twilio.phone(BENT).is_silent() and twilio.phone(ANNA).is_silent()
    with pytest.raises(Refused):
        operations.try_another_way(made, scene.reader(scene.cast.ssp))


def test_one_that_may_have_arrived_is_not_tried_again(app, scene, incident, made, twilio):
    bent = db.session.query(Contact).filter_by(name="Bent").one()
    bent.points.append(ContactPoint(kind=PointKind.EMAIL, address="bent@lindevangen.example"))
    db.session.commit()
    other = sent(scene, incident, text="Ny besked.")
    twilio.manners[BENT] = [Manner.DIES_BEFORE]
    work(app)
    assert progress_of([other])[other.id].unknown == 1
    # Anna's dead number is not written to any more: her mail is used at once.
    assert "Ny besked." in heard_by(ANNAS_MAIL)
    assert other_ways(other) == []


def test_an_address_that_has_become_the_polices_is_no_way(app, scene, made):
    scene.cast.police.email = ANNAS_MAIL
    db.session.commit()
    assert other_ways(made) == []


def test_what_was_stopped_or_withdrawn_is_not_tried(app, scene, made):
    operations.stop(made, scene.reader(scene.cast.ssp))
    made.stopped_at = made.queued_at
    db.session.flush()
    with pytest.raises(Refused):
        operations.try_another_way(made, scene.reader(scene.cast.ssp))


def test_the_page_shows_it_with_a_bar_names_and_the_button(scene, incident, made, at):
    visitor = at(scene.cast.ssp)
    path = f"/incidents/{incident.public_id}/broadcasts/{made.public_id}"
    page = visitor.text(path)
    assert '<progress id="progress-bar" max="2" value="1"' in page
    assert "1 af 2 sendt, 1 fejlet" in page and "Anna: fejlet" in page
    assert "Prøv de fejlede på en anden kanal (1)" in page
    assert "De samme ord går til de samme mennesker" in visitor.text(f"{path}/another-channel")
    done(submit(visitor, f"{path}/another-channel"))
    assert "1 venter" in visitor.text(f"{path}/progress")


def test_the_page_hears_of_news_by_itself(app, scene, incident, made, at):
    visitor = at(scene.cast.ssp)
    path = f"/incidents/{incident.public_id}/broadcasts/{made.public_id}/live"
    before = visitor.get(path).json
    raise_topics(f"incident:{incident.id}:informed")
    db.session.commit()
    assert visitor.get(path).json != before


def test_an_outsider_finds_nothing(scene, incident, made, at):
    path = f"/incidents/{incident.public_id}/broadcasts/{made.public_id}"
    for more in ("/live", "/progress", "/another-channel"):
        assert at(scene.cast.police).get(path + more).status_code == 404
