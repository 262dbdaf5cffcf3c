"""Of an incident that is no politisag nothing reaches the police, a neighbour or an administrator by these screens."""

import re
from datetime import date

import pytest

from app.extensions import db
from app.incidents.models import ActivationRequest
from app.messaging import inbox
from app.notices.operations import notify
from app.plans.vocabulary import Track
from app.reviews.models import LearningPoint
from app.reviews.operations import open_review
from app.transitions import requests
from app.transitions.activate import Alarm
from tests.scene import Scene

OUTSIDE = ("police", "police_and_ssp", "board_and_police", "neighbour", "administrator", "board")
PAGES = ("/", "/front/now", "/front/live", "/activate", "/incidents", "/incidents?kind=non_police", "/inbox")
SECRETS = ("drab", "Uro i klubben", "hemmelig", "Sanne Spang")
CHANGING = re.compile(r"[\w.-]{32,}|20\d\d-\d\d-\d\dT[\d:.+]+|\d\d:\d\d:\d\d")


def look(visitor) -> dict[str, tuple[int, str]]:
    """Everything the person can fetch, without tokens and times."""
    answers = {path: visitor.get(path) for path in PAGES}
    return {path: (answer.status_code, CHANGING.sub("", answer.text)) for path, answer in answers.items()}


def make_a_b(scene: Scene):
    """An open incident with everything that hangs on it: request, notices, replies, tasks."""
    cast = scene.cast
    incident = scene.activate(cast.ssp)
    request = requests.request_activation(
        cast.lindevangen, Alarm(Track.NON_POLICE, "rumours", "Uro i klubben"), scene.reader(cast.youth_club), "ask"
    )
    about = f"incident:{incident.public_id}"
    notify(cast.actors["ssp"], "hemmelig besked om drab", about=about, key="n", without_police=True)
    point = LearningPoint(
        review=open_review(incident), text="hemmelig læring", owner_actor_id=cast.actors["ssp"].id,
        due_on=date(2026, 12, 1), created_at=incident.activated_at,
    )  # fmt: skip
    db.session.add(point)
    phone = scene.contacts["youth_club"][0].points[0].address
    inbox.receive("log", "in-1", phone, "", "hemmelig tekst om drab")
    db.session.commit()
    return incident, request


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_that_can_be_fetched_changes(scene: Scene, at, clock, name: str) -> None:
    visitor = at(getattr(scene.cast, name))
    before = look(visitor)
    incident, request = make_a_b(scene)
    after = look(visitor)
    assert after == before
    for path, (_, text) in after.items():
        assert not [secret for secret in SECRETS if secret in text], path
    for path in (
        f"/requests/{request.public_id}", f"/requests/{request.public_id}/live", f"/requests/{request.public_id}/state",
        f"/activate/receipt/{incident.public_id}", f"/incidents?after={incident.public_id}",
    ):  # fmt: skip
        known, unknown = visitor.get(path), visitor.get(re.sub(r"[\w-]{22}", "A" * 22, path))
        assert known.status_code == unknown.status_code, path
        assert known.status_code in (403, 404), path
    for path in (f"/requests/{request.public_id}/acceptance", f"/requests/{request.public_id}/withdrawal",
                 f"/activate/join/{incident.public_id}"):  # fmt: skip
        assert visitor.post(path).status_code == 404, path


def test_the_same_things_do_show_to_those_inside(scene: Scene, at) -> None:
    """Else the test above would prove nothing."""
    visitor = at(scene.cast.ssp)
    before = look(visitor)
    make_a_b(scene)
    after = look(visitor)
    assert all(after[path] != before[path] for path in PAGES)
    assert "Uro i klubben" in after["/"][1]


def test_whoever_becomes_police_loses_the_request_they_made(scene: Scene, at) -> None:
    from app.areas.roles import Role
    from tests.factories import make_membership

    _, request = make_a_b(scene)
    visitor = at(scene.cast.youth_club)
    assert visitor.get(f"/requests/{request.public_id}").status_code == 200
    make_membership(scene.cast.youth_club, scene.cast.actors["police"], Role.OBSERVER)
    db.session.commit()
    assert visitor.get(f"/requests/{request.public_id}").status_code == 404
    page = visitor.text("/")
    assert "Uro i klubben" not in page and "Du har bedt om aktivering" not in page


def test_a_politisag_hidden_from_activators_that_are_no_party_leaves_no_trace(scene: Scene, at) -> None:
    from app.plans.operations import approve, create_from_template

    by = scene.reader(scene.cast.helhedsplan).by
    plan = create_from_template(scene.cast.lindevangen, by)
    plan.document = plan.document | {"hides_glimpse": True}
    approve(plan, by)
    db.session.commit()
    visitor = at(scene.cast.housing)
    before = look(visitor)
    scene.activate(scene.cast.police, Track.POLICE, category="shooting")
    assert look(visitor) == before
    assert db.session.query(ActivationRequest).count() == 0
