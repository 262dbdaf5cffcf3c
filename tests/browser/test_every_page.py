"""Every page there is, by day and by night: axe finds nothing, and nothing runs off a phone's screen."""

from flask import Flask
from playwright.sync_api import Page

from app.plans.vocabulary import Track
from tests.browser.conftest import PHONE
from tests.browser.test_looks import violations
from tests.browser.town import Town
from tests.leaks.addresses import of_a_course, without_ids
from tests.leaks.course import Course, make_course

# Leaves the session, or is no page to look at.
NOT_LOOKED_AT = ("/sign-out", "/static", "/assets", "/demo")
AT_LEAST = 60


def test_axe_finds_nothing_on_any_page(app, live, new_context):
    town = Town(new_context)
    running, over = make_course(town.scene, board_is_told=True), make_course(town.scene, Track.POLICE, is_over=True)
    exercise = make_course(town.scene, is_exercise=True)
    own = without_ids(app)
    of_courses = [path for course in (running, over, exercise) for path in paths_of(app, course)]
    boards = [path for path in of_courses if path.startswith("/briefings")]
    seen: set[str] = set()
    wrong: list[str] = []
    of_each = {"ssp": own + of_courses, "administrator": own, "board": ["/", *boards], "police": ["/"]}
    for person, paths in of_each.items():
        page = town.enter(person)
        for path in paths:
            if not path.startswith(NOT_LOOKED_AT) and is_page(page, path):
                wrong += [f"{person} at {path}: {one}" for one in violations(page)]
                if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
                    wrong.append(f"{person} at {path}: {width} wide")
                seen.add(path)
    assert "\n".join(wrong) == ""
    assert len(seen) >= AT_LEAST


def paths_of(app: Flask, course: Course) -> list[str]:
    """What can be read of it; a politisag has no request, reply or agreed plan of its own."""
    course.others = {"/requests": {"public_id": "none"}, "/inbox": {"public_id": "none"}} | course.others
    course.ids = {"key": "none", "line": "none"} | course.ids
    return [address.path for address in of_a_course(app, course) if "GET" in address.methods]


def is_page(page: Page, path: str) -> bool:
    """Whether this person gets a whole page there: no fragment, file or refusal."""
    answer = page.request.get(path, max_redirects=0)
    if answer.status != 200 or "text/html" not in answer.headers["content-type"] or "<main" not in answer.text():
        return False
    page.goto(path)
    return True
