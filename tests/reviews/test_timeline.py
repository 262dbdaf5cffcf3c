"""The course as a list: nothing skipped, nothing twice, nothing found by what it hides, no B for the police."""

import re
from datetime import timedelta

from app.extensions import db
from app.incidents import log
from app.lib import clock as time
from app.logbook.kinds import Kind
from app.messaging.dispatcher import Dispatcher
from app.plans.vocabulary import SharingLevel, Track
from app.reviews.moments import Key
from app.transitions.release_case import Release, release_case
from app.transitions.stand_down import StandDown, stand_down
from tests.fakes.provider import Provider
from tests.reviews.test_lock import lock
from tests.reviews.test_page import address

LINE = re.compile(r'<li class="entry[^"]*" id="([^"]+)"')


def pages(visitor, path: str) -> list[list[str]]:
    """The ids of every page's lines, going on as the page says."""
    found = []
    while path:
        page = visitor.text(path)
        found.append(LINE.findall(page))
        later = re.search(r'href="([^"]*after=[^"]*)"[^>]*>(?:<[^>]*>)*\s*Vis de næste', page)
        path = later[1].replace("&amp;", "&") if later else ""
    return found


def test_every_line_once_in_order_however_many_fall_on_one_moment(app, scene, at):
    incident = scene.activate(scene.cast.ssp)
    Dispatcher(app, {"log": Provider()}).drain()
    by, now = scene.reader(scene.cast.ssp).by, time.now()
    for number in range(230):
        log.write(incident, Kind.NOTE, f"Notat {number}", by=by, at=now - timedelta(seconds=number % 3))
    db.session.commit()
    found = pages(at(scene.cast.ssp), address(incident, "/timeline"))
    assert [len(page) for page in found[:2]] == [100, 100] and len(found) == 3
    every = [line for page in found for line in page]
    db.session.refresh(incident.chain)
    assert len(every) == len(set(every))
    entries = {line for line in every if line.startswith("e")}
    assert len(entries) == incident.chain.seq and len(every) > len(entries)  # and what was sent
    assert pages(at(scene.cast.ssp), address(incident, "/timeline?paper=1")) == [every]
    for broken in ("0-e-0-99999999999999999999", "x", "1-s-0-nobody", "-99999999999999999-e-9-1", "1-a-0-0"):
        assert at(scene.cast.ssp).get(address(incident, f"/timeline?after={broken}")).status_code == 200
        key = Key.from_token(broken, lambda _public: None)
        assert key is None or key.token == broken


def test_a_withheld_line_is_found_by_neither_its_kind_nor_its_party(scene, at):
    incident = scene.activate(scene.cast.ssp)
    by = scene.reader(scene.cast.ssp).by
    log.write(incident, Kind.PRESS, "Internt hos kommunen", by=by, sharing=SharingLevel.OWN_ORGANISATION)
    db.session.commit()
    lead, path = at(scene.cast.helhedsplan), address(incident, "/timeline")
    assert "entry--withheld" in lead.text(path) and "Internt" not in lead.text(path)
    for narrowed in ("?party=ssp", "?sort=messages"):
        assert "entry--withheld" not in lead.text(path + narrowed)
        assert "Internt hos kommunen" in at(scene.cast.ssp).text(path + narrowed)
    assert "Aktivering" in lead.text(path + "?sort=decisions&party=ssp")
    assert LINE.findall(lead.text(path + "?sort=tasks")) == []


def test_the_review_covers_the_course_that_the_reader_may_see(scene, at):
    case = scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi")
    log.write(case, Kind.NOTE, "Afspærret ved gavlen", by=scene.reader(scene.cast.ssp).by)
    opened = release_case(case, scene.reader(scene.cast.police), Release(scene.cast.actors["ssp"]))
    log.write(opened, Kind.NOTE, "Nu kun os", by=scene.reader(scene.cast.ssp).by)
    stand_down(opened, scene.reader(scene.cast.ssp), StandDown((), move_tasks=True))
    db.session.commit()
    lead = at(scene.cast.helhedsplan)
    page, whole = lead.text(address(opened, "/timeline")), lead.text(address(opened))
    assert "Afspærret ved gavlen" in page and "Nu kun os" in page
    assert "Politisag: Skyderi" in whole and "Ikke politisag: " in whole
    police = at(scene.cast.police)
    assert "Afspærret ved gavlen" in police.text(address(case, "/timeline"))
    for path in (address(case), address(case, "/timeline")):
        assert "Nu kun os" not in police.text(path) and opened.public_id not in police.text(path)
    assert police.get(address(opened)).status_code == police.get(address(opened, "/timeline")).status_code == 404
    lock(scene, at, opened)
    assert "Politisag: Skyderi" in lead.text(address(opened))  # kept for both
    assert "log nr." not in police.text(address(case))
