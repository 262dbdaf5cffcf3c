"""Earlier incidents, the inbox, and what is registered afterwards."""

import re

from app.extensions import db
from app.incidents.models import Incident
from app.messaging import inbox
from app.messaging.models import Delivery, InboundMessage
from app.plans.vocabulary import IncidentStatus, Track
from app.room import archive
from tests.room.forms import activation
from tests.scene import Scene


def test_an_empty_archive_teaches(scene: Scene, at) -> None:
    assert "Ingen hændelser her" in at(scene.cast.ssp).text("/incidents")


def test_the_archive_lists_newest_first_and_pages(scene: Scene, at, clock, monkeypatch) -> None:
    monkeypatch.setattr(archive, "PAGE", 2)
    for n in range(5):
        clock.advance(minutes=n % 2)  # two at the same moment
        scene.activate(scene.cast.ssp, what=f"Hændelse {n}")
    visitor, path, seen = at(scene.cast.helhedsplan), "/incidents", []
    while path:
        page = visitor.text(path)
        seen += re.findall(r"Hændelse \d", page)
        older = re.search(r'href="(/incidents\?[^"]*after=[^"]*)"', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"Hændelse {n}" for n in (4, 3, 2, 1, 0)]


def test_the_archive_is_filtered_by_track_and_exercise(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp, what="Uden politi")
    scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Med politi")
    scene.activate(scene.cast.ssp, what="Kun en prøve", is_exercise=True)
    visitor = at(scene.cast.youth_club)
    shown = {"": 3, "police": 1, "non_police": 1, "exercises": 1, "nonsense": 3}
    for kind, count in shown.items():
        page = visitor.text(f"/incidents?kind={kind}")
        assert sum(what in page for what in ("Uden politi", "Med politi", "Kun en prøve")) == count, kind
    police = at(scene.cast.police).text("/incidents")
    assert "Med politi" in police and "Uden politi" not in police and "kind=non_police" not in police


def test_an_activator_that_took_no_part_finds_nothing(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    assert "Rygte" not in at(scene.cast.housing).text("/incidents")
    assert at(scene.cast.housing).get(f"/incidents?after={incident.public_id}").status_code == 404


# ---- the inbox -------------------------------------------------------------------------------------------------------


def receive(scene: Scene, text: str, key: str = "in-1") -> InboundMessage:
    scene.activate(scene.cast.ssp)
    message = inbox.receive("log", key, scene.contacts["youth_club"][0].points[0].address, "", text)
    db.session.commit()
    return message


def test_a_reply_that_fits_nothing_waits_in_the_inbox_until_handled(scene: Scene, at) -> None:
    message = receive(scene, "Er på vej hjem")
    visitor = at(scene.cast.helhedsplan)
    assert "1 svar venter" in visitor.text("/")
    page = visitor.text("/inbox")
    assert "Er på vej hjem" in page and "youth_club A" in page
    for _ in range(2):
        assert visitor.post(f"/inbox/{message.public_id}/handled").status_code == 303
    assert "Ingen svar venter" in visitor.text("/inbox")


def test_the_inbox_is_for_coordinators_of_parties(scene: Scene, at) -> None:
    message = receive(scene, "Er på vej hjem")
    for name in ("housing", "police", "police_and_ssp", "neighbour", "ssp_responder", "board", "administrator"):
        visitor = at(getattr(scene.cast, name))
        shown = visitor.get("/inbox")
        assert "Er på vej hjem" not in shown.text, name
        assert visitor.post(f"/inbox/{message.public_id}/handled").status_code in (303, 403, 404), name
    db.session.rollback()
    assert db.session.get_one(InboundMessage, message.id).handled_at is None


def test_a_reply_with_the_code_is_no_mail_for_the_inbox(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp)
    text = db.session.query(Delivery).filter(Delivery.name == "youth_club A").one()
    code = re.search(r"Svar (\d{4})", text.text)[1]
    inbox.receive("log", "in-2", text.address, "", code)
    db.session.commit()
    assert "Ingen svar venter" in at(scene.cast.helhedsplan).text("/inbox")
    assert "er tilkaldt" not in at(scene.cast.youth_club).text("/")


# ---- afterwards ------------------------------------------------------------------------------------------------------


def test_what_is_over_is_registered_with_its_danish_times_and_calls_nobody(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    times = {"started_at": "2026-11-21T20:00", "ended_at": "2026-11-21T22:30"}
    form = activation(visitor.text("/activate/afterwards"), way="non_police", **times)
    answer = visitor.post("/activate/afterwards", form)
    incident = db.session.query(Incident).one()
    assert answer.location == f"/incidents/{incident.public_id}" == visitor.post("/activate/afterwards", form).location
    assert incident.activated_at.isoformat() == "2026-11-21T19:00:00+00:00"
    assert incident.ended_at is not None and incident.ended_at.isoformat() == "2026-11-21T21:30:00+00:00"
    assert incident.status is IncidentStatus.STOOD_DOWN
    assert db.session.query(Delivery).count() == 0


def test_impossible_times_stand_by_their_field(scene: Scene, at) -> None:
    visitor = at(scene.cast.ssp)
    page = visitor.text("/activate/afterwards")
    wrong = [
        ("2026-11-21T20:00", "2026-11-21T19:00", "Det skal være efter, at det begyndte."),
        ("2026-11-23T20:00", "2026-11-23T21:00", "Tidspunktet ligger i fremtiden."),
        ("lørdag", "2026-11-21T19:00", "Skriv dato og klokkeslæt"),
        ("", "", "Skriv, hvornår det begyndte."),
    ]
    for start, end, sentence in wrong:
        form = activation(page, way="non_police", started_at=start, ended_at=end, what="Uro fredag")
        answer = visitor.post("/activate/afterwards", form)
        assert answer.status_code == 422
        assert sentence in answer.text and "Uro fredag" in answer.text
    assert db.session.query(Incident).count() == 0


def test_who_may_not_activate_may_not_register_it_as_done_either(scene: Scene, at) -> None:
    visitor = at(scene.cast.youth_club)
    page = visitor.text("/activate/afterwards")
    form = activation(page, way="non_police", started_at="2026-11-21T20:00", ended_at="2026-11-21T22:30")
    answer = visitor.post("/activate/afterwards", form)
    assert answer.status_code == 422
    assert "kan ikke aktivere" in answer.text and "Bed om aktivering" not in answer.text
