"""The review over HTTP: answers by party, learning points, who closes it, and what is withheld."""

import re

from app.extensions import db
from app.incidents import log
from app.logbook.kinds import Kind
from app.logbook.verify import verify_chain
from app.plans.vocabulary import IncidentStatus, SharingLevel, Track
from app.reviews import queries
from app.reviews.operations import add_learning_point
from app.transitions.stand_down import StandDown, stand_down
from tests.room.forms import hidden


def address(incident, rest=""):
    return f"/incidents/{incident.public_id}/review{rest}"


def send(visitor, path, **typed):
    """Open the form and send it, as a browser would."""
    kept = {k: v for k, v in hidden(visitor.text(path)).items() if k in ("once", "digest")}
    return visitor.post(path, kept | typed)


def test_each_party_answers_for_itself_and_everybody_reads_it(scene, at, over):
    answered = send(at(scene.cast.ssp), address(over, "/answers"), q0="Samme ord fra alle.", q3="Ring tidligere.")
    assert answered.status_code == 303, answered.text
    page = at(scene.cast.helhedsplan).text(address(over))
    assert "Samme ord fra alle." in page and "Sanne Spang" in page
    assert re.search("Mangler svar: .*Ungdomsklubben", page) and "Mangler svar: SSP" not in page
    db.session.refresh(over)
    assert over.status is IncidentStatus.IN_REVIEW
    assert verify_chain(over.chain_id).is_whole


def test_a_second_answer_takes_the_first_ones_place_and_both_are_in_the_log(scene, at, over):
    send(at(scene.cast.ssp), address(over, "/answers"), q0="Det gik godt.")
    send(at(scene.cast.ssp), address(over, "/answers"), q0="Det gik næsten godt.", q1="")
    answers = queries.answers_of(queries.review_of(over))
    assert [a.text for a in answers] == ["Det gik næsten godt."]
    texts = [line.text for line in queries.entries_after(over, 0, 100)]
    assert sum("Debrief" in (text or "") for text in texts) == 2


def test_two_colleagues_at_once_do_not_overwrite_each_other(scene, at, over):
    path = address(over, "/answers")
    one, other = at(scene.cast.ssp), at(scene.cast.ssp_responder)
    opened = hidden(other.text(path))
    send(one, path, q0="Først.")
    late = other.post(path, {"once": opened["once"], "digest": opened["digest"], "q0": "Siden."})
    assert late.status_code == 409
    assert "Siden." in late.text and "En kollega har svaret imens" in late.text


def test_an_empty_debrief_and_a_cpr_number_are_refused_with_the_text_kept(scene, at, over):
    empty = send(at(scene.cast.ssp), address(over, "/answers"), q0=" ")
    assert empty.status_code == 422 and "mindst ét spørgsmål" in empty.text
    cpr = send(at(scene.cast.ssp), address(over, "/answers"), q0="Det var 010203-1234")
    assert cpr.status_code == 422 and "CPR" in cpr.text and "010203-1234" in cpr.text
    assert queries.answers_of(queries.review_of(over)) == []


def test_an_observer_reads_and_does_not_answer(scene, at, over):
    visitor = at(scene.cast.ssp_observer)
    assert "Forløbet" in visitor.text(address(over))
    assert visitor.get(address(over, "/answers")).status_code == 403


def test_a_learning_point_has_an_owner_who_took_part_and_a_deadline(scene, at, over):
    path = address(over, "/learning/new")
    ssp = at(scene.cast.ssp)
    owner = re.search(r'value="([^"]+)">Ungdomsklubben', ssp.text(path))[1]
    assert "Politi" not in re.findall(r"<select.*?</select>", ssp.text(path), re.S)[0]
    past = send(ssp, path, text="Aftal vagter", owner=owner, due_on="2026-11-01")
    assert past.status_code == 422 and "i dag eller senere" in past.text
    wrong = send(ssp, path, text="Aftal vagter", owner=owner, due_on="snart")
    assert wrong.status_code == 422 and "fx 24.12.2026" in wrong.text
    police = send(ssp, path, text="Aftal vagter", owner=scene.cast.actors["police"].public_id, due_on="2026-12-24")
    assert police.status_code == 422
    assert send(ssp, path, text="Aftal vagter", owner=owner, due_on="2026-12-24").status_code == 303
    page = ssp.text(address(over))
    assert "Ansvarlig: Ungdomsklubben. Senest 24.12.2026." in page


def test_a_learning_point_is_closed_by_its_owner_with_a_note(scene, at, over, clock):
    review, club = queries.review_of(over), scene.cast.actors["youth_club"]
    point = add_learning_point(review, "Aftal vagter", club, clock.now.date(), by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    path = address(over, f"/learning/{point.public_id}")
    refused = send(at(scene.cast.families), path, note="Gjort")
    assert refused.status_code == 422 and "Det kan en koordinator hos ungdomsklubben" in refused.text
    assert send(at(scene.cast.youth_club), path, note="Vagtplan lavet").status_code == 303
    assert "Vagtplan lavet" in at(scene.cast.ssp).text(address(over))


def test_only_whom_the_plan_names_closes_the_review(scene, at, over):
    refused = send(at(scene.cast.ssp), address(over, "/closure"))
    assert refused.status_code == 422 and "Evalueringen afsluttes af" in refused.text and "20 00 00 06" in refused.text


def test_an_own_organisations_entry_is_its_hash_to_the_others(scene, at, over):
    entry = log.write(
        over,
        Kind.NOTE,
        "Internt hos kommunen",
        by=scene.reader(scene.cast.ssp).by,
        sharing=SharingLevel.OWN_ORGANISATION,
    )
    db.session.commit()
    page = at(scene.cast.helhedsplan).text(address(over))
    assert "Internt hos kommunen" not in page and entry.entry_hash in page
    assert "Internt hos kommunen" in at(scene.cast.youth_club).text(address(over))


def test_nothing_of_it_reaches_the_police_or_a_neighbour(scene, at, over):
    for user in (scene.cast.police, scene.cast.police_and_ssp, scene.cast.neighbour, scene.cast.board_and_police):
        for rest in ("", "/answers", "/learning/new", "/closure"):
            assert at(user).get(address(over, rest)).status_code in (403, 404)
    assert at(scene.cast.police).get(address(over)).status_code == 404


def test_while_it_runs_the_page_says_when_the_review_opens(scene, at):
    incident = scene.activate(scene.cast.ssp)
    assert "Evalueringen åbner af sig selv" in at(scene.cast.ssp).text(address(incident))
    assert at(scene.cast.ssp).get(address(incident, "/answers")).status_code == 404


def test_the_review_of_an_exercise_says_that_it_is_one(scene, at):
    incident = scene.activate(scene.cast.ssp, Track.NON_POLICE, is_exercise=True)
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    for rest in ("", "/answers"):
        page = at(scene.cast.ssp).text(address(incident, rest))
        assert "ØVELSE · intet af dette er virkeligt" in page and "is-exercise" in page
