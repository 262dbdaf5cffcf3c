"""A colleague's way in: the code from the text, once, with growing delays for wrong ones."""

import re

from app.extensions import db
from app.incidents.models import ColleaguePass
from app.messaging.models import Delivery
from app.transitions import colleague
from tests.scene import Scene


def let_in(scene: Scene) -> tuple[ColleaguePass, str]:
    incident = scene.activate(scene.cast.ssp)
    reader = scene.reader(scene.cast.ssp)
    held = colleague.let_in(incident, reader, "Vibe Vikar", "+4520999999", "http://127.0.0.1:5000/colleague/{pass}")
    db.session.commit()
    text = db.session.query(Delivery).filter(Delivery.name == "Vibe Vikar").one().text
    return held, re.search(r"Kode: (\d{6})", text)[1]


def test_the_code_leads_into_the_incident_and_works_once(scene: Scene, at) -> None:
    held, code = let_in(scene)
    path = f"/colleague/{held.public_id}"
    guest = at()
    assert "Skriv koden fra sms" in guest.text(path)
    answer = guest.post(path, {"code": f" {code} "})
    assert answer.status_code == 303
    assert answer.location == f"/incidents/{held.incident.public_id}"
    assert guest.get("/").location == answer.location  # the front page is not for guests
    assert guest.get("/activate").status_code == 403
    for closed in ("/incidents", "/inbox", "/front/live"):
        assert guest.get(closed).status_code in (302, 403, 404), closed
    assert at().post(path, {"code": code}).status_code == 422


def test_wrong_codes_wait_longer_and_the_right_one_still_works(scene: Scene, at, clock) -> None:
    held, code = let_in(scene)
    path, wrong = f"/colleague/{held.public_id}", f"{(int(code) + 1) % 10**6:06d}"
    for _ in range(colleague.FREE_TRIES):
        assert at().post(path, {"code": wrong}).status_code == 422
    waiting = at().post(path, {"code": code})
    assert waiting.status_code == 429
    assert "Vent" in waiting.text
    clock.advance(minutes=2)
    assert at().post(path, {"code": code}).status_code == 303


def test_a_pass_that_never_was_reads_like_any_other(scene: Scene, at) -> None:
    held, _ = let_in(scene)
    strip = re.compile(r"[\w.-]{20,}|20\d\d-\d\d-\d\dT[\d:.+]+")
    paths = f"/colleague/{held.public_id}", "/colleague/" + "A" * 22
    assert strip.sub("", at().text(paths[0])) == strip.sub("", at().text(paths[1]))
    answers = [at().post(path, {"code": "x"}) for path in paths]
    assert [a.status_code for a in answers] == [422, 422]
    assert strip.sub("", answers[0].text) == strip.sub("", answers[1].text)


def test_an_ended_pass_lets_nobody_in(scene: Scene, at) -> None:
    held, code = let_in(scene)
    colleague.end_pass(held, scene.reader(scene.cast.ssp))
    db.session.commit()
    assert at().post(f"/colleague/{held.public_id}", {"code": code}).status_code == 422
