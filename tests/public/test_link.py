"""The link in a call: opening it changes nothing, its button answers for the party."""

import re

from flask import Flask

from app.callout import operations
from app.callout import queries as callouts
from app.callout.models import Answered, CalloutState
from app.extensions import db
from app.incidents import locks
from app.messaging.models import Delivery
from app.plans.vocabulary import Track
from app.public import link
from app.transitions.annul import annul
from tests.scene import Scene


def link_to(name: str) -> str:
    """The address in the text that went to this contact."""
    text = db.session.query(Delivery).filter(Delivery.name == name).order_by(Delivery.id.desc()).first().text
    return re.search(r"/k/[\w-]+", text)[0]


def state_of(incident, key: str):
    db.session.rollback()
    return next(c for c in callouts.latest_of(incident) if c.actor.key == key)


def test_opening_the_link_changes_nothing(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    path = link_to("youth_club A")
    for _ in range(2):
        page = at().text(path)
    assert at().client.head(path).status_code == 200
    assert "Ungdomsklubben er tilkaldt" in page and "Sanne Spang" in page and "tel:+4520000001" in page
    assert "Rygte om drab" not in page and "politisag" not in page.lower()
    assert state_of(incident, "youth_club").state is CalloutState.CALLING


def test_the_button_answers_for_the_party(scene: Scene, at, clock) -> None:
    incident = scene.activate(scene.cast.ssp)
    path = link_to("youth_club A")
    answer = at().client.post(path)  # no cookie, no token: the link is the secret
    assert answer.status_code == 200
    assert "Tak. Ungdomsklubben har svaret." in answer.text
    round_ = state_of(incident, "youth_club")
    assert (round_.state, round_.answered_how, round_.answered_label) == (
        CalloutState.ACKNOWLEDGED, Answered.LINK, "youth_club A",
    )  # fmt: skip
    again = at().client.post(path)
    assert again.status_code == 404
    assert "Linket gælder ikke mere" in again.text


def test_a_colleague_who_was_faster_leaves_nothing_to_answer(scene: Scene, at, monkeypatch) -> None:
    incident = scene.activate(scene.cast.ssp)
    path = link_to("youth_club A")

    def locked_too_late(held):
        operations.acknowledge(state_of(held, "youth_club"), Answered.APP, "Klaus Klubbe", by=None)
        return locks.locked(held)

    monkeypatch.setattr(link, "locked", locked_too_late)
    assert at().client.post(path).status_code == 404
    assert state_of(incident, "youth_club").state is CalloutState.CALLING  # what was not committed did not happen


def test_the_button_works_with_csrf_protection_on(app: Flask, scene: Scene, at, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    scene.activate(scene.cast.ssp)
    assert app.test_client().post(link_to("youth_club A")).status_code == 200


def test_an_ended_link_and_one_that_never_was_read_the_same(scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    path = link_to("youth_club A")
    annul(incident, scene.reader(scene.cast.ssp), "Forkert knap")
    db.session.commit()
    strip = re.compile(r"[\w.-]{32,}|20\d\d-\d\d-\d\dT[\d:.+]+")
    ended, unknown = at().get(path), at().get("/k/findes-ikke")
    assert ended.status_code == unknown.status_code == 404
    assert strip.sub("", ended.text) == strip.sub("", unknown.text)
    assert "Rygte" not in ended.text and "Lindevangen" not in ended.text


def test_an_exercise_says_so(scene: Scene, at) -> None:
    scene.activate(scene.cast.ssp, is_exercise=True)
    assert "ØVELSE" in at().text(link_to("youth_club A"))


def test_a_politisag_reads_as_neutral(scene: Scene, at) -> None:
    scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skud ved torvet")
    page = at().text(link_to("ssp A"))
    assert "POLITISAG" not in page and "Skud" not in page
