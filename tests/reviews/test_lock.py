"""A review from the first comment to what is added after the lock, and what nobody can change then, in any way."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.extensions import db
from app.narrative.operations import acknowledge_message
from app.plans.vocabulary import IncidentStatus
from app.reviews import queries
from app.reviews.models import ReviewFigures
from app.transitions.reopen import reopen
from app.transitions.stand_down import StandDown, stand_down
from tests.narrative.making import make_fact, make_message, make_report
from tests.reviews.test_page import address, send

PARTIES = ("ssp", "youth_club", "family_centre")


def said(visitor, over, word="signed", **more):
    return send(visitor, address(over, "/sign-off"), word=word, **more)


def test_from_comments_to_a_locked_review_with_an_addendum(scene, at, over, clock):
    ssp, lead, club = at(scene.cast.ssp), at(scene.cast.helhedsplan), at(scene.cast.youth_club)
    criterion = address(over, "/criteria/roles")
    assert send(ssp, criterion, text="Det var klart, hvem der ledede.").status_code == 303
    assert send(club, criterion, text="Vi vidste det ikke.", disagrees="y").status_code == 303
    page = lead.text(address(over))
    assert "Det var klart, hvem der ledede." in page and "Vi vidste det ikke." in page and "Uenig" in page

    assert "Skriv konklusionen først." in send(lead, address(over, "/closure")).text
    refused = send(ssp, address(over, "/conclusion"), text="Alt gik godt")
    assert refused.status_code == 422 and "afsluttes af" in refused.text
    assert send(lead, address(over, "/conclusion"), text="Det gik godt nok.").status_code == 303
    assert said(ssp, over).status_code == 303
    silent = said(club, over, "refused")
    assert silent.status_code == 422 and "Skriv, hvorfor I ikke vil godkende." in silent.text
    assert said(club, over, "refused", reason="Vi blev ringet op for sent.").status_code == 303
    early = send(lead, address(over, "/closure"))
    assert early.status_code == 422 and "Center for Børn og Familier" in early.text and "06.12. kl. 23.40" in early.text

    clock.advance(days=14)  # everybody signs in anew
    ssp, lead, club = at(scene.cast.ssp), at(scene.cast.helhedsplan), at(scene.cast.youth_club)
    assert send(lead, address(over, "/closure")).status_code == 303
    db.session.refresh(over)
    assert over.status is IncidentStatus.CLOSED
    page = ssp.text(address(over))
    assert "Evalueringen er låst af" in page and "Vi blev ringet op for sent." in page
    assert re.search(r"Center for Børn og Familier</span>\s*<span[^>]*>.*?Har ikke svaret", page)
    too_late = {"/criteria/roles": {"text": "Mere"}, "/sign-off": {"word": "signed"}, "/answers": {"q0": "Nu"}}
    for rest, typed in too_late.items():
        late = send(ssp, address(over, rest), **typed)
        assert late.status_code == 422 and "Evalueringen er afsluttet." in late.text

    assert send(club, address(over, "/addenda/new"), text="Vi fandt opkaldslisten.").status_code == 303
    assert "Vi fandt opkaldslisten." in lead.text(address(over))
    assert at(scene.cast.ssp_responder).get(address(over, "/addenda/new")).status_code == 403


def test_a_new_version_of_the_conclusion_asks_everybody_anew_and_keeps_the_refusal(scene, at, over):
    lead, club = at(scene.cast.helhedsplan), at(scene.cast.youth_club)
    send(lead, address(over, "/conclusion"), text="Alt gik godt.")
    said(club, over, "refused", reason="Det gjorde det ikke.")
    send(lead, address(over, "/conclusion"), text="Klubben blev ringet op for sent.")
    said(club, over)
    review = queries.review_of(over)
    assert [(one.actor.key, one.word) for one in queries.words_of(review)] == [
        ("helhedsplan", "signed"), ("youth_club", "signed"),
    ]  # fmt: skip
    page = at(scene.cast.ssp).text(address(over))
    assert "Det gjorde det ikke." in page and "Alt gik godt." in page and "Klubben blev ringet op for sent." in page


def lock(scene, at, over):
    send(at(scene.cast.helhedsplan), address(over, "/conclusion"), text="Færdig.")
    for key in PARTIES:
        said(at(getattr(scene.cast, {"family_centre": "families"}.get(key, key))), over)
    assert send(at(scene.cast.helhedsplan), address(over, "/closure")).status_code == 303
    return queries.review_of(over)


def test_every_figure_leads_to_its_line_and_stands_still_from_the_lock_on(scene, at, clock):
    incident = scene.activate(scene.cast.ssp)
    clock.advance(minutes=20)
    make_report(scene, incident, situation="Rygtet spreder sig")
    make_fact(scene, incident, "En bil brændte")
    message = make_message(scene, incident, what_happened="Der går et rygte")
    acknowledge_message(message, by=scene.reader(scene.cast.helhedsplan).by)
    clock.advance(minutes=60)
    stand_down(incident, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    ssp, path = at(scene.cast.ssp), address(incident)
    page = ssp.text(path)
    assert re.search(r"Første situationsbillede</span>.*?20 min efter aktiveringen", page, re.S)
    assert "2 af 4 parter kvitterede" in page
    places = re.findall(r'href="([^"]*/places/[^"]*)"', page)
    assert len(places) > 5
    for place in places:
        there = ssp.get(place)
        assert there.status_code == 303
        name = there.headers["Location"].partition("#")[2]
        assert f'id="{name}"' in ssp.text(there.headers["Location"])
    for outsider in (scene.cast.police, scene.cast.neighbour, scene.cast.police_and_ssp):
        assert at(outsider).get(places[0]).status_code in (403, 404)

    review = lock(scene, at, incident)
    before = criteria(ssp.text(path))
    acknowledge_message(message, by=scene.reader(scene.cast.youth_club).by)  # however it came about
    db.session.commit()
    assert criteria(ssp.text(path)) == before
    assert db.session.query(ReviewFigures).filter_by(review_id=review.id).count() == 1


def criteria(page: str) -> str:
    return page.partition('id="criterion-timeliness"')[2].partition('id="debrief"')[0]


CHANGES = [
    "UPDATE reviews SET opened_at = debrief_due_at",
    "UPDATE reviews SET locked_at = NULL, locked_by_id = NULL",
    "DELETE FROM reviews",
    "UPDATE debrief_answers SET text = 'Noget andet'",
    "DELETE FROM debrief_answers",
    "UPDATE review_comments SET disagrees = true",
    "UPDATE review_comments SET text = 'Vi er enige'",
    "DELETE FROM review_comments",
    "UPDATE review_conclusions SET text = 'Noget andet'",
    "DELETE FROM review_conclusions",
    "UPDATE review_sign_offs SET word = 'refused'",
    "DELETE FROM review_sign_offs",
    "UPDATE review_figures SET figures = '[{}]'",
    "DELETE FROM review_figures",
    "UPDATE learning_points SET text = 'Noget andet'",
    "UPDATE learning_points SET plan_text = 'Noget andet', plan_part = 'other'",
    "DELETE FROM learning_points",
    "UPDATE review_addenda SET text = 'Noget andet'",
    "DELETE FROM review_addenda",
    "UPDATE public_summaries SET text = 'Noget andet'",
    "DELETE FROM public_summaries",
    "INSERT INTO review_comments (review_id, criterion, actor_id, by_id, text, disagrees, at) "
    "SELECT review_id, criterion, actor_id, by_id, 'Sent', disagrees, at FROM review_comments",
    "INSERT INTO review_sign_offs (review_id, conclusion_id, actor_id, word, reason, at, by_id) "
    "SELECT review_id, conclusion_id, actor_id, word, reason, at, by_id FROM review_sign_offs",
]
TABLES = ("reviews", "debrief_answers", "review_comments", "review_conclusions", "review_sign_offs", "review_figures",
          "review_addenda", "public_summaries", "learning_points")  # fmt: skip


def test_the_database_refuses_to_change_what_is_locked_and_lets_retention_empty_it(scene, at, over, backend):
    ssp, lead = at(scene.cast.ssp), at(scene.cast.helhedsplan)
    send(ssp, address(over, "/answers"), q0="Godt")
    send(ssp, address(over, "/criteria/roles"), text="Uklart")
    owner = scene.cast.actors["ssp"].public_id
    change = {"plan_part": "cards", "plan_text": "Skriv nummeret på kortet"}
    send(ssp, address(over, "/learning/new"), text="Ring før", owner=owner, due_on="2026-12-24", **change)
    send(ssp, address(over, "/summary"), text="Der gik et rygte.")
    send(lead, address(over, "/summary/approval"))
    lock(scene, at, over)
    send(lead, address(over, "/addenda/new"), text="Siden")
    replaces = [f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in TABLES]
    also = replaces if backend == "sqlite" else [f"TRUNCATE {table} CASCADE" for table in TABLES]
    assert {db.session.scalar(sa.text(f"SELECT count(*) > 0 FROM {table}")) for table in TABLES} == {True}
    for change_ in (*CHANGES, *also):
        with pytest.raises(DBAPIError, match=r"never|kept|stays|takes no more"):
            db.session.execute(sa.text(change_))
        db.session.rollback()
    for table, text in (("debrief_answers", "text"), ("review_comments", "text"), ("review_addenda", "text"),
                        ("public_summaries", "text"), ("learning_points", "text")):  # fmt: skip
        db.session.execute(sa.text(f"UPDATE {table} SET {text} = ''"))
    send(lead, address(over, f"/learning/{queries.learning_points_of(queries.review_of(over))[0].public_id}"), note="x")


def test_what_is_reopened_after_the_lock_gets_a_further_review(scene, at, over):
    first = lock(scene, at, over)
    reopen(over, scene.reader(scene.cast.ssp), "Det begyndte igen")
    stand_down(over, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    second = queries.review_of(over)
    assert (second.number, second.is_locked, first.is_locked) == (2, False, True)
    assert send(at(scene.cast.ssp), address(over, "/answers"), q0="Anden gang gik bedre").status_code == 303
    page = at(scene.cast.ssp).text(address(over))
    assert "Anden gang gik bedre" in page and "number=1" in page and "Evaluering nr. 1" in page
    old = at(scene.cast.ssp).text(address(over, "?number=1"))
    debrief = old.partition('id="debrief"')[2].partition('id="course"')[0]
    assert "Færdig." in debrief and "Anden gang gik bedre" not in debrief
