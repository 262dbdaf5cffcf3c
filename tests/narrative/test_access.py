"""Who reads, who writes, and for whom none of it exists."""

import pytest

from app.areas.models import Membership, OrganisationKind
from app.areas.roles import Role
from app.direction.models import HeardBy
from app.extensions import db
from app.lib import clock as time
from app.logbook.operations import LooksLikeCpr
from app.narrative.jobs import remind_first_report
from app.narrative.models import FactStatus
from app.narrative.operations import add_fact, change_fact
from app.narrative.queries import facts_of
from app.notices.models import Notice
from app.plans.vocabulary import CallLevel, Track
from app.transitions.activate import PoliceSaid
from app.transitions.stand_down import StandDown, stand_down
from app.transitions.take_part import add_actor
from tests.factories import make_actor, make_membership, make_user
from tests.narrative.making import form, make_fact, make_message, make_report, send, url

READ = ("facts", "situation", "situation/1", "message", "message/1", "message/1/poster")
ACT = ("facts/new", "facts/{fact}")
COORDINATE = ("situation/new", "message/new")
POSTS = ("message/1/acknowledgement", "message/preview")
OUTSIDE = ("police", "police_and_ssp", "board_and_police", "neighbour", "administrator", "board", "housing")
EXISTS_NOT = (403, 404)


@pytest.fixture
def told(scene, incident):
    """Everything that there is to read."""
    fact = make_fact(scene, incident, "Der er skudt")
    make_report(scene, incident)
    make_message(scene, incident)
    return fact


def addresses(incident, fact, *groups):
    return [url(incident, path.format(fact=fact.public_id)) for group in groups for path in group]


@pytest.mark.parametrize("name", OUTSIDE)
def test_for_those_outside_nothing_of_it_exists(scene, incident, told, at, name):
    visitor = at(getattr(scene.cast, name))
    for address in addresses(incident, told, READ, ACT, COORDINATE, POSTS):
        unknown = address.replace(incident.public_id, "A" * 22)
        for ask in (visitor.get, visitor.post):
            known, other = ask(address), ask(unknown)
            assert known.status_code == other.status_code, address
            assert known.status_code in (*EXISTS_NOT, 405), address
            assert "skudt" not in known.text and incident.public_id not in known.text
    if name.startswith("police"):
        assert {visitor.get(address).status_code for address in addresses(incident, told, READ, ACT)} == {404}


def test_an_observer_reads_a_responder_adds_facts_and_a_coordinator_writes(scene, incident, told, at):
    may = {"ssp_observer": (READ,), "ssp_responder": (READ, ACT), "ssp": (READ, ACT, COORDINATE)}
    for name, groups in may.items():
        visitor = at(getattr(scene.cast, name))
        allowed = addresses(incident, told, *groups)
        for address in addresses(incident, told, READ, ACT, COORDINATE):
            assert visitor.get(address).status_code == (200 if address in allowed else 403), (name, address)
    assert "kun en koordinator" in at(scene.cast.ssp_responder).text(url(incident, "message"))


def test_somebody_whose_part_ended_reads_none_of_it(scene, incident, told, at):
    club = next(p for p in incident.participations if p.actor.key == "youth_club")
    club.ended_at = time.now()
    db.session.commit()
    visitor = at(scene.cast.youth_club)
    assert {visitor.get(address).status_code for address in addresses(incident, told, READ)} == {404}
    assert visitor.get(url(incident, "panels/narrative")).status_code == 404


def test_in_a_politisag_the_police_read_write_and_acknowledge_like_any_party(scene, at):
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    incident = scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting")
    make_message(scene, incident)
    police = at(scene.cast.police)
    assert "Kvittér budskab v1" in police.text(url(incident, "message"))
    assert police.post(url(incident, "message/1/acknowledgement"), {"once": "a"}).status_code == 303
    assert send(police, url(incident, "situation/new"), situation="Vi afspærrer.").status_code == 303


def test_when_it_is_over_it_is_read_and_not_written(scene, incident, told, at):
    coordinator = at(scene.cast.ssp)
    typed = form(coordinator.text(url(incident, "message/new")), what_happened="Sent.")
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    answer = coordinator.post(url(incident, "message/new"), typed)
    assert answer.status_code == 422 and "ikke længere aktiv" in answer.text and "Sent." in answer.text
    assert "Skriv v2" not in coordinator.text(url(incident, "message"))


def test_a_volunteer_is_not_told_another_volunteers_name(scene, incident, at):
    actors = scene.cast.actors
    board, net = scene.cast.board, actors["board"]
    assert net.organisation.kind is OrganisationKind.CIVIL
    add_actor(incident, net, CallLevel.WHEN_NEEDED, reader=scene.reader(scene.cast.ssp))
    other = make_actor(scene.cast.lindevangen, "walkers", "Natteravnene", kind=OrganisationKind.CIVIL)
    add_actor(incident, other, CallLevel.WHEN_NEEDED, reader=scene.reader(scene.cast.ssp))
    walker = make_user("Vera Vandrer")
    make_membership(walker, other, Role.RESPONDER)
    db.session.query(Membership).filter_by(user_id=board.id).update({"role": Role.RESPONDER})
    db.session.commit()
    by = scene.reader(walker).by
    add_fact(incident, "Der er roligt", FactStatus.CONFIRMED, "Selv set", may_publish=True, by=by)
    db.session.commit()
    assert "Vera Vandrer" in at(scene.cast.ssp).text(url(incident, "facts"))
    shown = at(board).text(url(incident, "facts"))
    assert "Natteravnene" in shown and "Vera Vandrer" not in shown


def test_what_looks_like_a_cpr_number_is_refused_in_every_field_until_the_writer_says_otherwise(scene, incident, at):
    coordinator, number = at(scene.cast.ssp), "010190-1234"
    fields = {
        "facts/new": {"text": "Uro", "status": "confirmed", "source": "Klubben"},
        "situation/new": dict.fromkeys(("situation", "development", "measures", "not_to_publish"), "Uro"),
        "message/new": dict.fromkeys(("what_happened", "do_not_know", "we_do", "you_can_do", "contact"), "Uro"),
    }
    for path, whole in fields.items():
        for name in set(whole) - {"status"}:
            answer = send(coordinator, url(incident, path), **whole | {name: f"Uro {number}"})
            assert answer.status_code == 422 and "Det er ikke et CPR-nummer" in answer.text, (path, name)
    answer = send(coordinator, url(incident, "situation/new"), situation="Roligt", measures=number, not_cpr="y")
    assert answer.status_code == 303


def test_no_notice_of_a_b_reaches_the_police(scene, incident, clock):
    clock.advance(minutes=61)
    remind_first_report()
    told = db.session.query(Notice).filter_by(key=f"first-report:{incident.id}").one()
    assert told.without_police and told.actor_id == scene.cast.actors["ssp"].id


def test_a_number_that_is_no_cpr_number_stands_in_no_ones_way_later(scene, incident, at):
    coordinator, typed = at(scene.cast.ssp), {"text": "Sag 010190-1234 er lukket", "source": "Klubben"}
    answer = send(coordinator, url(incident, "facts/new"), status="confirmed", not_cpr="y", **typed)
    assert answer.status_code == 303
    (fact,) = facts_of(incident)
    address = url(incident, f"facts/{fact.public_id}")
    assert send(coordinator, address, status="refuted", source="Vagtchefen").status_code == 303
    assert send(coordinator, address, status="refuted", source="010190-1234").status_code == 422
    with pytest.raises(LooksLikeCpr):
        change_fact(fact, fact.status, "010190-1234", may_publish=False, by=scene.reader(scene.cast.ssp).by, version=2)
