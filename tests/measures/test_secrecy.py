"""A measure keeps its incident's secrecy until a coordinator shows it to all, in words that lead nobody back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.areas.roles import Role
from app.extensions import db
from app.lib import clock as time
from app.logbook.verify import verify_chain
from app.measures import operations, queries
from app.measures.models import Measure, MeasureChange
from app.notices.models import Notice
from app.plans.vocabulary import Track
from app.reviews.operations import add_learning_point
from app.reviews.queries import review_of
from app.transitions.activate import PoliceSaid
from app.transitions.stand_down import StandDown, stand_down
from tests.factories import make_membership
from tests.measures.conftest import make, typed
from tests.measures.test_pages import address, send, the_one

OUTSIDE = ("police", "police_and_ssp", "board", "board_and_police", "housing", "neighbour", "administrator")
SECRET_WORDS = ("zqtitle", "zqwhat", "zqexpected")


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_outside_finds_a_measure_of_a_b(scene, at, secret, name):
    visitor = at(getattr(scene.cast, name))
    for rest in ("", "/edit", "/publication", "/closure", "/reopening"):
        assert visitor.get(address(secret, rest)).status_code in (403, 404)
        here, nowhere = visitor.get(address(secret, rest)), visitor.get(f"/measures/{'A' * 22}{rest}")
        assert here.status_code == nowhere.status_code
    for path in ("/", "/measures", "/measures?status=proposed", "/indicators"):
        assert not [word for word in SECRET_WORDS if word in visitor.get(path).text], path
    assert "zqwhat" in at(scene.cast.youth_club).text(address(secret))


def test_whoever_becomes_police_is_outside_at_once(scene, at, secret):
    club = at(scene.cast.youth_club)
    assert club.get(address(secret)).status_code == 200
    make_membership(scene.cast.youth_club, scene.cast.actors["police"], Role.OBSERVER)
    db.session.commit()
    assert club.get(address(secret)).status_code == 404 and "zqtitle" not in club.text("/measures")


def test_a_learning_point_becomes_a_measure_of_its_incident(scene, at, over):
    by, club = scene.reader(scene.cast.ssp).by, scene.cast.actors["youth_club"]
    point = add_learning_point(review_of(over), "Lav en skabelon zqpoint", club, time.now().date(), by=by)
    db.session.commit()
    review, path = f"/incidents/{over.public_id}/review", f"/measures/new/learning/{point.public_id}"
    ssp = at(scene.cast.ssp)
    assert path in ssp.text(review) and "zqpoint" in ssp.text(path)
    assert send(ssp, path, **typed(scene, owner=club.public_id)).status_code == 303
    assert the_one().origin_id == point.public_id and the_one().without_police
    page = ssp.text(review)
    assert "Tiltag: Opgangsmøde i opgang 3" in page and path not in page
    assert "Opgangsmøde i opgang 3" in ssp.text(f"/incidents/{over.public_id}")
    for user in (scene.cast.police, scene.cast.police_and_ssp, scene.cast.housing, scene.cast.board):
        assert at(user).get(path).status_code in (403, 404)
    told = list(db.session.scalars(sa.select(Notice).where(Notice.about.startswith("measure:"))))
    assert [n.user_id for n in told] == [scene.cast.youth_club.id] and told[0].without_police
    assert "skabelon" not in told[0].text and "Opgangsmøde" not in told[0].text


def test_what_is_published_leads_nobody_back(scene, at, over, secret):
    """The exact words are shown first; afterwards everybody reads those, and nothing that stood before."""
    ssp, path = at(scene.cast.ssp), address(secret, "/publication")
    assert all(word in ssp.text(path) for word in SECRET_WORDS)
    public = {"title": "Opgangsmøder", "what": "Møde i opgangene", "expected": "Naboer taler sammen"}
    assert "sæt kryds" in send(ssp, path, **public).text
    risky = send(ssp, path, **(public | {"what": "Ring på 20 30 40 50"}), no_reference="y")
    assert risky.status_code == 422 and "ligner et telefonnummer" in risky.text and "Ring på 20 30 40 50" in risky.text
    assert not the_one().is_published
    assert send(ssp, path, **public, no_reference="y").status_code == 303
    for name in ("police", "police_and_ssp", "board", "board_and_police", "housing", "youth_club"):
        visitor = at(getattr(scene.cast, name))
        page = visitor.text(address(secret))
        assert "Møde i opgangene" in page and "Opgangsmøder" in visitor.text("/measures")
        is_inside = name == "youth_club"
        for word in (*SECRET_WORDS, "Rygte om drab", "Kommer af", over.public_id):
            assert (word in page) is is_inside, (name, word)
    assert at(scene.cast.neighbour).get(address(secret)).status_code == 404
    assert "Tiltag gjort synligt for alle" in ssp.text(f"/incidents/{over.public_id}/log")
    assert verify_chain(over.chain_id).is_whole
    assert send(ssp, path, **public, no_reference="y").status_code == 422


def test_a_forgotten_incident_leaves_the_owner_its_measure_and_the_others_nothing(scene, at, over, secret):
    shown = make(scene, over, title="Andet")
    by = scene.reader(scene.cast.ssp).by
    operations.publish(shown, operations.Open("Andet", "Åbent", "Åbent"), by=by)
    operations.let_go_of(over)
    db.session.commit()
    assert secret.incident_id is None and shown.incident_id is None
    assert at(scene.cast.ssp_observer).get(address(secret)).status_code == 200
    for name in ("youth_club", "police", "police_and_ssp", "board"):
        assert at(getattr(scene.cast, name)).get(address(secret)).status_code == 404
    assert "zqtitle" not in at(scene.cast.police_and_ssp).text("/measures")
    left = db.session.scalars(sa.select(MeasureChange).where(MeasureChange.measure_id == shown.id)).all()
    assert left and all(change.is_public for change in left)
    assert "zqwhat" not in at(scene.cast.ssp).text(address(shown))


def test_in_a_politisag_the_police_take_part_and_others_do_not(scene, at, clock):
    said = PoliceSaid("Vagtchefen", "phone", clock.now)
    case = scene.activate(scene.cast.ssp, Track.POLICE, category="shooting", police_said=said)
    stand_down(case, scene.reader(scene.cast.police), StandDown((), move_tasks=True))
    measure = make(scene, case, owner="police", user=scene.cast.police)
    assert not measure.without_police
    assert at(scene.cast.police).get(address(measure)).status_code == 200
    for name in ("housing", "board", "neighbour"):
        assert at(getattr(scene.cast, name)).get(address(measure)).status_code == 404
    for participation in case.participations:
        participation.ended_at = time.now()
    db.session.commit()
    clock.advance(minutes=5)
    assert at(scene.cast.helhedsplan).get(address(measure)).status_code == 200
    operations.change(measure, operations.Words(**vars(operations.words_of(measure)) | {"what": "Siden"}),
                      by=scene.reader(scene.cast.police).by)  # fmt: skip
    db.session.commit()
    assert at(scene.cast.helhedsplan).get(address(measure)).status_code == 404  # changed after its part ended
    assert at(scene.cast.police).get(address(measure)).status_code == 200  # owns it


def test_an_owner_is_one_who_takes_part(scene, at, over, secret):
    police = scene.cast.actors["police"].public_id
    answer = send(at(scene.cast.ssp), address(secret, "/edit"), **typed(scene, owner=police))
    assert answer.status_code == 422 and secret.owner.key == "ssp"
    assert police not in at(scene.cast.ssp).text(address(secret, "/edit"))
    with pytest.raises(operations.Refused):
        make(scene, over, owner="police")


def test_the_list_is_paged_through_what_the_reader_may_see(scene, at, secret, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    for n in range(2):
        make(scene, title=f"Åbent {n}", due_on=secret.due_on + timedelta(days=n))
    police = at(scene.cast.police)
    first = db.session.scalars(sa.select(Measure).where(Measure.title == "Åbent 0")).one()
    assert "Vis flere" in police.text("/measures")
    assert "Åbent 1" in police.text(f"/measures?after={first.public_id}")
    assert police.get(f"/measures?after={secret.public_id}").status_code == 404
