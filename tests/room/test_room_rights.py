"""Every address of an incident, found in the map by itself, against the whole cast: who gets in, who learns nothing."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.areas.grants import role_grants
from app.direction.models import HeardBy
from app.direction.queries import acts_of
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.lib import clock as time
from app.lib.types import new_public_id
from app.logbook.kinds import Kind
from app.plans.vocabulary import Track
from app.tasks import queries as tasks
from app.transitions.activate import PoliceSaid
from tests.factories import Visitor
from tests.room.incident_forms import at as address
from tests.scene import Scene

OUTSIDERS_OF_B = (
    "police", "police_and_ssp", "board", "board_and_police", "neighbour", "administrator", "housing", "municipality",
)  # fmt: skip
INSIDERS = ("ssp", "ssp_responder", "ssp_observer", "youth_club", "families", "helhedsplan")
# Pages of something that this incident has not: a police act, a case to release, another incident beside it.
NOT_HERE = (
    "police_act", "deny_police_act", "same", "summary_for_police", "release_case", "course", "close_glimpse",
    "open_glimpse",
)  # fmt: skip


def rules(app: Flask) -> list[Rule]:
    """Every address that takes an incident's public id."""
    prefixes = ("/incidents/<public_id>", "/exercises/<public_id>", "/reviews/<public_id>")
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(prefixes)]


def filled(rule: Rule, values: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values.get(found[1], "1"), rule.rule)


def answers(visitor: Visitor, app: Flask, values: dict[str, str]) -> Iterator[tuple[str, int, str]]:
    """(what was asked, status, page) of every address and method."""
    for rule in rules(app):
        for method in sorted(rule.methods & {"GET", "POST"}):
            path = filled(rule, values)
            answer = visitor.get(path) if method == "GET" else visitor.post(path, {"once": new_public_id()})
            yield f"{method} {rule.rule}", answer.status_code, answer.text


def values_of(incident: Incident, scene: Scene) -> dict[str, str]:
    acts = acts_of(incident)
    return {
        "public_id": incident.public_id,
        "task": tasks.of_incident(incident)[0].public_id,
        "actor": scene.cast.actors["youth_club"].public_id,
        "act": acts[0].public_id if acts else "none",
        "name": "log",
        "seq": "1",
    }


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """Not a politisag."""
    return scene.activate(scene.cast.ssp)


@pytest.mark.parametrize("name", OUTSIDERS_OF_B)
def test_whoever_is_outside_b_meets_the_same_as_where_nothing_is(app, scene, incident, name):
    visitor = Visitor(app, getattr(scene.cast, name))
    here, nowhere = values_of(incident, scene), values_of(incident, scene) | {"public_id": new_public_id()}
    asked = 0
    for (what, status, page), (_, status_of_nothing, page_of_nothing) in zip(
        list(answers(visitor, app, here)), list(answers(visitor, app, nowhere)), strict=True
    ):
        asked += 1
        assert status in (403, 404), what
        assert (status, without_tokens(page)) == (status_of_nothing, without_tokens(page_of_nothing)), what
    assert asked > 40


def without_tokens(page: str) -> str:
    return re.sub(r'(content|value|href|next)="[^"]*"', "", page)


@pytest.mark.parametrize("name", ["police", "police_and_ssp"])
def test_the_police_on_b_meet_404_wherever_their_role_would_be_enough(app, scene, incident, name):
    user = getattr(scene.cast, name)
    found = {what: status for what, status, _ in answers(Visitor(app, user), app, values_of(incident, scene))}
    assert set(found.values()) == {404}, {what: status for what, status in found.items() if status != 404}


@pytest.mark.parametrize("name", INSIDERS)
def test_insiders_get_what_their_role_grants_and_403_for_the_rest(app, scene, incident, name):
    user = getattr(scene.cast, name)
    role = scene.reader(user).role
    for rule in rules(app):
        guard = app.view_functions[rule.endpoint]._guard
        if "GET" not in rule.methods or rule.rule.startswith("/reviews") or not rule.endpoint.startswith("incident."):
            continue
        status = Visitor(app, user).get(filled(rule, values_of(incident, scene))).status_code
        if not role_grants(role, guard):
            assert status == 403, rule
        elif rule.endpoint.removeprefix("incident.") in NOT_HERE:
            assert status == 404, rule
        else:
            assert status == 200, rule


@pytest.mark.parametrize("name", ["ssp_observer"])
def test_an_observer_changes_nothing_anywhere(app, scene, incident, name):
    visitor = Visitor(app, getattr(scene.cast, name))
    posts = {what: status for what, status, _ in answers(visitor, app, values_of(incident, scene)) if "POST" in what}
    posts = {what: status for what, status in posts.items() if not what.endswith(("/pdf", "/csv"))}  # reading
    assert posts
    assert set(posts.values()) == {403}, posts


def test_outsiders_of_a_politisag_meet_404(app, scene):
    told = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    incident = scene.activate(scene.cast.ssp, Track.POLICE, police_said=told, category="shooting", what="Skyderi")
    for name in ("board", "neighbour", "administrator", "housing", "municipality"):
        visitor = Visitor(app, getattr(scene.cast, name))
        for what, status, _ in answers(visitor, app, values_of(incident, scene)):
            assert status in (403, 404), (name, what)
    for name in ("police", "police_and_ssp", "board_and_police"):
        assert Visitor(app, getattr(scene.cast, name)).get(address(incident)).status_code == 200, name


def test_without_a_session_every_address_asks_to_sign_in(app, scene, incident):
    for what, status, page in answers(Visitor(app), app, values_of(incident, scene)):
        assert status in (302, 303, 401), what
        assert "Rygte" not in page, what


def test_the_polices_front_page_and_its_poll_know_nothing_of_b(app, scene, incident):
    police = Visitor(app, scene.cast.police)
    before, heard = police.get("/front/live"), police.text("/")
    log.write(incident, Kind.NOTE, "Nyt", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    after = police.get("/front/live", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 304
    assert incident.public_id not in heard and "Rygte" not in heard
