"""Writing in the log on screen: entries, corrections, erasure by two people, older pages, fifty at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from app.areas.models import Membership
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.logbook.verify import verify_chain
from app.plans.vocabulary import IncidentStatus, SharingLevel
from app.transitions import lead
from tests.factories import Visitor
from tests.room.forms import hidden
from tests.room.incident_forms import at as address
from tests.room.incident_forms import done, entries, opened, plain, post, said, submit
from tests.scene import Scene

CLIENTS = 50


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """Not a politisag; SSP is tovholder."""
    return scene.activate(scene.cast.ssp)


def entry(text: str = "Der er ro på torvet.", **more: str) -> dict[str, str]:
    return {"kind": "note", "text": text, "sharing": "parties", "at": ""} | more


def test_a_decision_not_to_act_is_written_with_its_level_and_seen_in_the_room(scene, incident, at):
    visitor = at(scene.cast.youth_club)
    answer = done(submit(visitor, address(incident, "/log/new"), **entry("Vi åbner ikke i aften.", kind="omission")))
    assert answer.location == f"{address(incident)}#log"
    page = plain(visitor.text(address(incident)))
    assert "Beslutning om ikke at handle" in page and "Vi åbner ikke i aften." in page
    [written] = [e for e in entries(incident) if e.text == "Vi åbner ikke i aften."]
    assert (written.kind, written.sharing) == (Kind.OMISSION, SharingLevel.PARTIES)
    assert written.author_label == "Klaus Klubbe, Ungdomsklubben"


def test_what_happened_earlier_is_marked_as_written_later(scene, incident, at, clock):
    clock.advance(hours=1)
    done(submit(at(scene.cast.ssp), address(incident, "/log/new"), **entry(at="2026-11-22T23:50")))
    last = entries(incident)[-1]
    assert last.is_late and time.local(last.at).strftime("%H.%M") == "23.50"
    assert "skrevet senere" in at(scene.cast.ssp).text(address(incident))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"text": ""}, "Skriv, hvad der er sket eller besluttet."),
        ({"text": "   "}, "Skriv, hvad der er sket eller besluttet."),
        ({"text": "x" * 2001}, "Teksten er for lang: højst 2000 tegn."),
        ({"text": "Han hedder 221126-2330"}, "Det ligner et CPR-nummer."),
        ({"at": "i går"}, "Skriv dato og klokkeslæt, fx 22.11.2026 23.40."),
        ({"at": "2026-11-23T12:00"}, "Tidspunktet ligger i fremtiden."),
        ({"kind": "erasure"}, "Vælg, hvad det er."),
        ({"kind": "instruction"}, "Vælg, hvad det er."),
        ({"sharing": "secret"}, "Vælg, hvem der må læse det."),
    ],
)
def test_what_cannot_be_saved_says_why_in_danish_and_keeps_the_text(scene, incident, at, typed, says):
    before = len(entries(incident))
    answer = submit(at(scene.cast.ssp), address(incident, "/log/new"), **entry(**typed))
    assert answer.status_code == 422
    assert says in plain(answer.text)
    assert not typed.get("text", "x").strip() or typed.get("text", "Der er ro på torvet.") in answer.text
    assert len(entries(incident)) == before


def test_a_number_that_only_looks_like_cpr_is_saved_after_a_tick_and_marked(scene, incident, at):
    visitor = at(scene.cast.ssp)
    refused = submit(visitor, address(incident, "/log/new"), **entry("Sag 221126-2330 hos forsikringen"))
    assert "Det er ikke et CPR-nummer" in refused.text
    done(submit(visitor, address(incident, "/log/new"), not_cpr="y", **entry("Sag 221126-2330 hos forsikringen")))
    assert "Sag 221126-2330" in said(incident)
    assert "ikke et CPR-nummer" in visitor.text(address(incident, "/panels/log"))


def test_the_same_form_twice_is_one_entry(scene, incident, at):
    visitor = at(scene.cast.ssp)
    form = opened(visitor, address(incident, "/log/new")) | entry("Kun én gang")
    first = done(visitor.post(address(incident, "/log/new"), form))
    again = done(visitor.post(address(incident, "/log/new"), form))
    assert first.location == again.location
    assert said(incident).count("Kun én gang") == 1


def test_a_changed_world_answers_409_with_what_changed_and_keeps_the_text(scene, incident, at):
    visitor = at(scene.cast.youth_club)
    form = opened(visitor, address(incident, "/log/new")) | entry("Skrevet imens")
    lead.take_over_lead(incident, scene.reader(scene.cast.helhedsplan), "SSP svarer ikke")
    db.session.commit()
    answer = visitor.post(address(incident, "/log/new"), form)
    assert answer.status_code == 409
    assert "Helle Plan" in plain(answer.text) and "Skrevet imens" in answer.text
    assert "Skrevet imens" not in said(incident)
    again = opened_in(answer.text) | entry("Skrevet imens")
    done(visitor.post(address(incident, "/log/new"), again))
    assert "Skrevet imens" in said(incident)


def opened_in(page: str) -> dict[str, str]:
    return {name: value for name, value in hidden(page).items() if name in ("once", "digest")}


def test_a_correction_is_a_new_entry_that_points_at_the_old_one(scene, incident, at):
    visitor = at(scene.cast.ssp)
    wrong = log.write(incident, Kind.FACT, "Torvet er spærret", by=scene.reader(scene.cast.youth_club).by)
    db.session.commit()
    path = address(incident, f"/log/{wrong.seq}/correction")
    assert "Torvet er spærret" in visitor.text(path)
    done(submit(visitor, path, text="Torvet er åbent", sharing="parties"))
    new = entries(incident)[-1]
    assert (new.kind, new.corrects_seq) == (Kind.CORRECTION, wrong.seq)
    page = plain(visitor.text(address(incident)))
    assert f"retter nr. {wrong.seq}" in page and f"rettet i nr. {new.seq}" in page
    assert "Torvet er spærret" in page


def test_a_correction_of_the_own_organisations_entry_stays_there(scene, incident, at):
    secret = log.write(
        incident, Kind.NOTE, "Internt", by=scene.reader(scene.cast.ssp).by, sharing=SharingLevel.OWN_ORGANISATION
    )
    db.session.commit()
    path = address(incident, f"/log/{secret.seq}/correction")
    page = at(scene.cast.ssp).text(path)
    assert '<option selected value="own_organisation">' in page
    assert at(scene.cast.helhedsplan).get(path).status_code == 403
    assert at(scene.cast.helhedsplan).get(address(incident, f"/log/{secret.seq}")).status_code == 403


def test_two_coordinators_together_erase_a_text_and_the_chain_stays_whole(scene, incident, at):
    bad = log.write(incident, Kind.NOTE, "Et navn, der ikke skal stå her", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    path = address(incident, f"/log/{bad.seq}/erasure")
    first, second = at(scene.cast.ssp), at(scene.cast.youth_club)
    done(submit(first, path, reason="Der står et navn"))
    assert f"teksten i nr. {bad.seq} slettes" in plain(second.text(address(incident)))
    assert "En anden koordinator skal sige ja" in plain(first.text(path))
    assert "Der står et navn" in plain(second.text(path))
    assert at(scene.cast.ssp_responder).get(path).status_code == 403
    form = opened(second, path)
    done(second.post(path, form))
    done(second.post(path, form))
    assert "Et navn, der ikke skal stå her" not in second.text(address(incident))
    assert verify_chain(incident.chain_id).is_whole


def test_one_person_cannot_erase_alone(scene, incident, at):
    bad = log.write(incident, Kind.NOTE, "Et navn", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    path, visitor = address(incident, f"/log/{bad.seq}/erasure"), at(scene.cast.ssp)
    done(submit(visitor, path, reason="Der står et navn"))
    submit(visitor, path, reason="Igen")
    assert "Et navn" in said(incident)


def test_who_asked_must_still_be_a_coordinator_when_the_second_says_yes(scene, incident, at):
    bad = log.write(incident, Kind.NOTE, "Et navn", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    path = address(incident, f"/log/{bad.seq}/erasure")
    done(submit(at(scene.cast.helhedsplan), path, reason="Der står et navn"))
    held = db.session.query(Membership).filter_by(user_id=scene.cast.helhedsplan.id).one()
    held.ended_at = time.now()
    db.session.commit()
    answer = submit(at(scene.cast.ssp), path)
    assert answer.status_code == 422
    assert "Et navn" in said(incident)


def test_older_entries_come_by_number_and_none_twice(scene, incident, at):
    by = scene.reader(scene.cast.ssp).by
    for number in range(60):
        log.write(incident, Kind.NOTE, f"Notat {number:03}.", by=by)
    db.session.commit()
    visitor = at(scene.cast.ssp)
    room, total = visitor.text(address(incident)), len(entries(incident))
    assert "Notat 059." in room and "Notat 005." not in room
    oldest_shown = total - 49
    assert f"/log?before={oldest_shown}" in room
    older = visitor.text(address(incident, f"/log?before={oldest_shown}"))
    assert "Notat 005." in older and f'id="entry-{oldest_shown}"' not in older
    assert "Tilbage til de nyeste" in older
    assert "ikke ældre" in visitor.text(address(incident, "/log?before=1"))


def test_after_stand_down_the_log_takes_late_entries_until_it_is_closed(scene, incident, at, clock):
    incident.status, incident.ended_at = IncidentStatus.STOOD_DOWN, time.now()
    db.session.commit()
    clock.advance(minutes=1)
    visitor = at(scene.cast.ssp)
    assert "Hændelsen er slut" in plain(visitor.text(address(incident, "/log/new")))
    done(submit(visitor, address(incident, "/log/new"), **entry("Glemte at skrive")))
    assert "efter afslutningen" in visitor.text(address(incident))
    form = opened(visitor, address(incident, "/log/new"))
    incident.status = IncidentStatus.CLOSED
    db.session.commit()
    assert visitor.post(address(incident, "/log/new"), form | entry("For sent")).status_code == 409
    refused = submit(visitor, address(incident, "/log/new"), **entry("For sent"))
    assert refused.status_code == 422 and "Loggen er lukket." in plain(refused.text)
    assert "For sent" not in said(incident)


def test_fifty_people_write_at_once_and_nothing_is_lost(app, scene, incident):
    user_ids = [scene.cast.ssp.id, scene.cast.youth_club.id, scene.cast.helhedsplan.id, scene.cast.ssp_responder.id]
    path, chain_id, before = address(incident, "/log/new"), incident.chain_id, len(entries(incident))
    users = [db.session.get_one(type(scene.cast.ssp), user_id) for user_id in user_ids]
    visitors = [Visitor(app, users[n % len(users)]) for n in range(CLIENTS)]
    forms = [opened(visitor, path) | entry(f"Fra nr. {n}.") for n, visitor in enumerate(visitors)]
    db.session.commit()
    db.session.remove()
    start = Barrier(CLIENTS)

    def client(n: int) -> int:
        start.wait(timeout=60)
        return visitors[n].post(path, forms[n]).status_code

    with ThreadPoolExecutor(CLIENTS) as pool:
        codes = list(pool.map(client, range(CLIENTS)))
    assert codes == [303] * CLIENTS
    verdict = verify_chain(chain_id)
    assert verdict.is_whole and verdict.entries == before + CLIENTS
    incident = db.session.query(Incident).one()
    assert {t for t in said(incident).split("\n") if t.startswith("Fra nr.")} == {
        f"Fra nr. {n}." for n in range(CLIENTS)
    }


def test_a_post_without_a_key_is_not_taken(scene, incident, at):
    before = len(entries(incident))
    answer = post(at(scene.cast.ssp), address(incident, "/log/new"), **(entry() | {"once": ""}))
    assert answer.status_code == 422 and len(entries(incident)) == before


def test_somebody_elses_key_leads_nobody_anywhere(scene, incident, at):
    form = opened(at(scene.cast.ssp), address(incident, "/log/new")) | entry("Første")
    done(at(scene.cast.ssp).post(address(incident, "/log/new"), form))
    done(at(scene.cast.youth_club).post(address(incident, "/log/new"), form | entry("Anden")))
    assert "Anden" in said(incident)


def test_a_late_entry_cannot_lie_before_the_clock_drift(scene, incident, at, clock):
    clock.advance(minutes=30)
    when = time.local(time.now() - timedelta(minutes=20)).strftime("%d.%m.%Y %H.%M")
    done(submit(at(scene.cast.ssp), address(incident, "/log/new"), **entry("Med punktum i tiden", at=when)))
    assert entries(incident)[-1].is_late
