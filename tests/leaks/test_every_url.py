"""Every address of the app, found in the map by itself: what is not a politisag does not exist for the police."""

import re
from urllib.parse import quote

import pytest

from app.lib.types import new_public_id
from app.plans.vocabulary import Track
from tests.leaks.addresses import CHANGING, Address, of_a_course, without_ids
from tests.leaks.course import SECRET, Course, make_course

POLICE = ("police", "police_and_ssp", "board_and_police")
OUTSIDE = (*POLICE, "neighbour", "administrator", "board")
# What needs no login is known by its secret alone; the demo's phones are for the demo.
BY_SECRET = ("/k/", "/colleague/", "/d/")
ANY_ID = re.compile(r"[\w-]{22,}")


def read(visitor, path: str) -> tuple[int, str, str]:
    """Status, where it leads and what it says, without tokens and times."""
    answer = visitor.get(path)
    return answer.status_code, answer.headers.get("Location", ""), said(answer, path)


def said(answer, path: str) -> str:
    text = answer.text
    for written in (path, quote(path, safe="")):  # a page may say where it is
        text = text.replace(written, "PATH")
    return CHANGING.sub("", re.sub(r'name="(once|csrf_token|digest)"[^>]*>|(value|content)="[^"]{30,}"', "", text))


def asked(visitor, method: str, path: str) -> tuple[int, str, str]:
    answer = visitor.get(path) if method == "GET" else visitor.post(path, {"once": new_public_id()})
    return answer.status_code, answer.headers.get("Location", "").replace(path, "PATH"), said(answer, path)


CASES = [*((name, True) for name in OUTSIDE), *((name, False) for name in POLICE[:2])]


@pytest.mark.parametrize(("name", "is_over"), CASES, ids=lambda value: {True: "over", False: "running"}.get(value))
def test_an_id_of_b_is_as_good_as_none(app, scene, at, name, is_over) -> None:
    scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    # A board member reads what was sent to the boards; who is of the police too does not.
    told = name != "board"
    course, visitor = make_course(scene, is_over=is_over, board_is_told=told), at(getattr(scene.cast, name))
    found = 0
    for address in of_a_course(app, course):
        if address.rule.rule.startswith(BY_SECRET):
            continue
        for method in address.methods:
            found += 1
            what = f"{method} {address.rule.rule}"
            here = asked(visitor, method, address.path)
            assert here == asked(visitor, method, address.nowhere), what
            if len(address.ids) > 1:
                assert here == asked(visitor, method, address.nothing_in_it), what
            assert here[0] in (302, 303, 403, 404), what
            assert SECRET not in here[2], what
    assert found > 60


def test_those_inside_do_reach_most_of_them(app, scene, at) -> None:
    """Else the test above would prove nothing."""
    course, visitor = make_course(scene, is_over=True), at(scene.cast.ssp)
    got = [
        a.rule.rule for a in of_a_course(app, course) if "GET" in a.methods and visitor.get(a.path).status_code == 200
    ]
    assert len(got) > 25
    assert SECRET in visitor.text(f"/incidents/{course.incident.public_id}")


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_that_can_be_read_changes_when_a_b_comes_and_goes(app, scene, at, name) -> None:
    """The front page, the archive, their own politisag with its live signals: byte for byte as before."""
    running, over = make_course(scene, Track.POLICE), make_course(scene, Track.POLICE, is_over=True)
    visitor = at(getattr(scene.cast, name))
    paths = readable(app, running, over)
    before = {path: read(visitor, path) for path in paths}
    tags = {path: visitor.get(path).headers.get("ETag") for path in paths if path.endswith("/live")}
    make_course(scene, board_is_told=name != "board")
    make_course(scene, is_over=True)
    after = {path: read(visitor, path) for path in paths}
    changed = [path for path in paths if after[path] != before[path]]
    assert not changed, [(path, difference(before[path][2], after[path][2])) for path in changed]
    assert tags == {path: visitor.get(path).headers.get("ETag") for path in tags}
    assert sum(status == 200 for status, *_ in before.values()) > 3


def readable(app, *courses: Course) -> list[str]:
    own = [a.path for course in courses for a in of_politisag(app, course) if "GET" in a.methods]
    public = ("/static", "/sign-out", "/demo")
    return [path for path in [*without_ids(app), *own] if not path.startswith(public)]


def of_politisag(app, course: Course) -> list[Address]:
    course.others = {"/requests": {"public_id": "none"}, "/inbox": {"public_id": "none"}} | course.others
    course.ids = {"key": "none", "line": "none"} | course.ids
    return [a for a in of_a_course(app, course) if not a.rule.rule.startswith(BY_SECRET)]


def difference(before: str, after: str) -> list[str]:
    return [line.strip() for line in after.splitlines() if line not in before.splitlines()][:5]


@pytest.mark.parametrize("name", ["police", "police_and_ssp"])
def test_no_number_on_the_screen_counts_what_a_b_took(app, scene, at, name) -> None:
    """Two politisager alike but for the B's between them: their pages say the same."""
    first = make_course(scene, Track.POLICE, is_over=True)
    make_course(scene)
    make_course(scene, is_over=True)
    second = make_course(scene, Track.POLICE, is_over=True)
    visitor = at(getattr(scene.cast, name))
    for one, other in zip(of_politisag(app, first), of_politisag(app, second), strict=True):
        if "GET" in one.methods and one.rule.rule.startswith("/incidents/"):
            a, b = read(visitor, one.path), read(visitor, other.path)
            assert ANY_ID.sub("ID", a[2]) == ANY_ID.sub("ID", b[2]), one.rule.rule
