"""What boards read of a review, the area's open actions, and a year added up: to each what is theirs."""

import re

from app.extensions import db
from app.plans.vocabulary import Track
from app.reviews import queries
from app.transitions.stand_down import StandDown, stand_down
from tests.reviews.test_lock import lock
from tests.reviews.test_page import address, send

SUMMARY = "Der gik et rygte. Det passede ikke. Vi ringer hurtigere næste gang."


def write(visitor, over, text=SUMMARY, **more):
    return send(visitor, address(over, "/summary"), text=text, **more)


def test_boards_read_the_summary_when_who_leads_the_review_has_approved_it(scene, at, over):
    ssp, lead, board = at(scene.cast.ssp), at(scene.cast.helhedsplan), at(scene.cast.board)
    assert "Det ligner et telefonnummer." in write(ssp, over, "Ring 20 11 22 33").text
    assert write(ssp, over, "Ring til kommunen på 20 11 22 33", seen_findings="y").status_code == 303
    assert write(ssp, over).status_code == 303
    summary = queries.summary_of(queries.review_of(over))
    path = f"/summaries/{summary.public_id}"
    assert summary.number == 2 and board.get(path).status_code == 404 and "rygte" not in board.text("/")
    refused = send(ssp, address(over, "/summary/approval"))
    assert refused.status_code == 422 and "godkendes af en koordinator" in refused.text
    assert send(lead, address(over, "/summary/approval")).status_code == 303
    assert SUMMARY in board.text(path) and "Efter en hændelse" in board.text("/")
    for link in re.findall(r'href="([^"]+)"', board.text(path)):
        assert over.public_id not in link
    # Nobody of the police in a B, however else they are of a board; nobody without a board.
    for user in (scene.cast.board_and_police, scene.cast.police, scene.cast.neighbour, scene.cast.administrator):
        assert at(user).get(path).status_code in (403, 404)
    assert "rygte" not in at(scene.cast.board_and_police).text("/")

    write(ssp, over, "En ny og bedre tekst.")  # the approved one stands until the next is approved
    assert SUMMARY in board.text(path)
    lock(scene, at, over)
    assert send(at(scene.cast.helhedsplan), address(over, "/summary/approval")).status_code == 303
    assert board.get(path).status_code == 404 and "En ny og bedre tekst." in board.text("/")


def test_boards_hear_of_no_exercise(scene, at):
    exercise = scene.activate(scene.cast.ssp, is_exercise=True)
    stand_down(exercise, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    refused = write(at(scene.cast.ssp), exercise)
    assert refused.status_code == 422 and "intet fra en øvelse" in refused.text


def learn(scene, at, incident, text):
    owner = scene.cast.actors["ssp"].public_id
    change = {"plan_part": "chain", "plan_text": "Ring til vagten først"}
    sent = send(
        at(scene.cast.ssp), address(incident, "/learning/new"), text=text, owner=owner, due_on="2026-12-24", **change
    )
    assert sent.status_code == 303


def test_the_board_of_actions_and_the_year_hold_what_the_reader_may_see(scene, at, over):
    learn(scene, at, over, "Aftal vagter")
    case = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    stand_down(case, scene.reader(scene.cast.police), StandDown((), move_tasks=True))
    db.session.commit()
    police = at(scene.cast.police)
    before = police.text("/learning"), police.text("/learning/years")
    assert "Aftal vagter" not in before[0] and "Skyderi" in before[1] and "Rygter" not in before[1]
    page = at(scene.cast.ssp).text("/learning")
    assert "Aftal vagter" in page and "Planen: tilkald" in page and "Senest 24.12.2026." in page
    lock(scene, at, over)
    years = at(scene.cast.ssp).text("/learning/years")
    assert "Rygter" in years and "for få" in years and "1, heraf 1 åbne" in years
    exercise = scene.activate(scene.cast.ssp, is_exercise=True)
    stand_down(exercise, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    assert re.search(r"Øvelser</caption>", at(scene.cast.ssp).text("/learning/years"))
    for user in (scene.cast.police, scene.cast.police_and_ssp):
        shown = at(user).text("/learning") + at(user).text("/learning/years")
        assert "Aftal vagter" not in shown and "Rygter" not in shown and "Ikke politisag" not in shown
    assert at(scene.cast.board).get("/learning").status_code == 403


def test_a_change_to_the_plan_has_a_place_and_words(scene, at, over):
    owner, path = scene.cast.actors["ssp"].public_id, address(over, "/learning/new")
    typed = {"text": "Ring før", "owner": owner, "due_on": "2026-12-24"}
    assert "Skriv, hvad der skal stå i planen." in send(at(scene.cast.ssp), path, **typed, plan_part="cards").text
    assert "Vælg, hvor i planen" in send(at(scene.cast.ssp), path, **typed, plan_text="Nyt").text
    learn(scene, at, over, "Ring før")
    assert "Forslag til planen (tilkald): Ring til vagten først" in at(scene.cast.helhedsplan).text(address(over))
