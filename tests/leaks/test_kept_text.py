"""Every form of the app, found by itself: what was typed survives a refusal, a changed world and a dead session."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from app.plans.vocabulary import Track
from tests.factories import Visitor
from tests.leaks.addresses import of_a_course, without_ids
from tests.leaks.course import Course, make_course
from tests.leaks.filling import TYPED, Form, big_form
from tests.leaks.test_outsiders_change_nothing import everything
from tests.scene import Scene

LONG = "Noget helt særligt <æøå> " * 600
# A secret is never put on a page again; a file is chosen anew; the demo's phones are a toy.
NEEDS_NO_SESSION = ("/d/",)
NEVER_KEPT = ("/me/password", "/welcome/", "/sign-in", "/demo/", "/k/", "/colleague/")


@dataclass(frozen=True)
class Found:
    """A form as a person meets it."""

    path: str
    target: str
    form: Form
    page: str

    @property
    def texts(self) -> list[str]:
        """Its fields for free text."""
        return sorted(name for name in self.form.typed if self.form.data[name] == TYPED)

    def filled(self, **more: str) -> dict[str, str]:
        return {name: value for name, value in self.form.data.items() if name != "csrf_token"} | more


def forms(visitor: Visitor, paths: list[str]) -> Iterator[Found]:
    for path in paths:
        page = visitor.get(path)
        form = big_form(page.text) if page.status_code == 200 and "html" in page.content_type else None
        if form is not None:
            yield Found(path, html.unescape(form.action) or path, form, page.text)


def paths_of(app: Flask, course: Course) -> list[str]:
    course.ids = {"key": "residents", "line": "none"} | course.ids
    course.others = {"/requests": {"public_id": "none"}, "/inbox": {"public_id": "none"}} | course.others
    return [a.path for a in of_a_course(app, course) if "GET" in a.methods]


def in_b(app: Flask, scene: Scene) -> tuple[object, list[str]]:
    return scene.cast.ssp, paths_of(app, make_course(scene))


def in_b_when_over(app: Flask, scene: Scene) -> tuple[object, list[str]]:
    return scene.cast.ssp, paths_of(app, make_course(scene, is_over=True))


def in_a(app: Flask, scene: Scene) -> tuple[object, list[str]]:
    return scene.cast.ssp, paths_of(app, make_course(scene, Track.POLICE))


def of_the_area(app: Flask, scene: Scene) -> tuple[object, list[str]]:
    contact = scene.contacts["ssp"][0]
    party = scene.cast.actors["ssp"].public_id
    own = [f"/contacts/{contact.public_id}", f"/roster/{party}/weekly", f"/roster/{party}/single"]
    return scene.cast.ssp, [path for path in without_ids(app) if not path.startswith(("/static", "/sign-out"))] + own


def of_the_administrator(app: Flask, scene: Scene) -> tuple[object, list[str]]:
    cast = scene.cast
    area, person, actor = cast.lindevangen.public_id, cast.ssp.public_id, cast.actors["ssp"]
    own = [
        f"/administration/areas/{area}/edit", f"/administration/areas/{area}/actors/new",
        f"/administration/areas/{area}/places/new", f"/administration/actors/{actor.public_id}/edit",
        f"/administration/organisations/{actor.organisation.public_id}/edit",
        f"/administration/people/{person}/edit", f"/administration/places/{cast.lindevangen.places[0].public_id}/edit",
    ]  # fmt: skip
    return cast.administrator, [p for p in without_ids(app) if p.startswith("/administration")] + own


PLACES = (in_b, in_b_when_over, in_a, of_the_area, of_the_administrator)
FEWEST = {in_b: 20, in_b_when_over: 5, in_a: 12, of_the_area: 3, of_the_administrator: 6}


@pytest.fixture(params=PLACES, ids=lambda place: place.__name__)
def met(request, app, scene, at) -> tuple[Visitor, list[Found]]:
    """Somebody at their browser, and all the forms with text that they meet there."""
    user, paths = request.param(app, scene)
    visitor = at(user)
    found = [one for one in forms(visitor, paths) if one.texts and not one.target.startswith(NEVER_KEPT)]
    assert len(found) >= FEWEST[request.param], [one.path for one in found]
    return visitor, found


def test_a_text_that_is_too_long_is_said_at_its_field_and_stays(met) -> None:
    visitor, found = met
    before, wrong = everything(), []
    for one in found:
        sent = one.filled(**dict.fromkeys(one.texts, LONG))
        answer = visitor.post(one.target, sent)
        said = html.unescape(answer.text)
        errors = len(re.findall(r"for lang|[Hh]øjst \d", said))
        if answer.status_code != 422 or errors < len(one.texts) or said.count(LONG.strip()) < len(one.texts):
            wrong.append((one.path, answer.status_code, errors, one.texts, said.count(LONG.strip())))
        others = [name for name in one.form.typed if name not in one.texts and one.form.data[name] not in said]
        if others:
            wrong.append((one.path, "lost", others))
    assert wrong == []
    assert everything() == before


def test_a_form_from_an_older_world_is_shown_again_with_what_was_typed(met) -> None:
    visitor, found = met
    before, wrong = everything(), []
    for one in found:
        if "digest" not in one.form.data:
            continue
        answer = visitor.post(one.target, one.filled(digest="en anden verden"))
        said = html.unescape(answer.text)
        if answer.status_code != 409 or said.count(TYPED) < len(one.texts):
            wrong.append((one.path, answer.status_code, one.texts, said.count(TYPED)))
    assert wrong == []
    assert everything() == before


def test_a_session_that_died_meanwhile_keeps_it_on_the_page(app, met) -> None:
    found = [one for one in met[1] if not one.target.startswith(NEEDS_NO_SESSION)]
    before, wrong = everything(), []
    for one in found:
        answer = Visitor(app).post(one.target, one.filled(), headers={"Sec-Fetch-Site": "same-origin"})
        said = html.unescape(html.unescape(answer.text))
        if answer.status_code != 401 or said.count(TYPED) < 1:
            wrong.append((one.path, answer.status_code))
        if "data-keep" not in one.page:
            wrong.append((one.path, "no data-keep"))
    assert wrong == []
    assert everything() == before
