"""The room as each of the cast meets it: what it always shows, and what is kept from whom."""

import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import DECLARATION_VERSION
from app.direction.models import HeardBy
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.lib import clock as time
from app.lib.database import reading, set_read_only
from app.logbook.kinds import Kind
from app.messaging.heartbeats import DISPATCHER, beat
from app.plans.vocabulary import SharingLevel, Track
from app.tasks import queries as tasks
from app.transitions import colleague
from app.transitions.activate import Activation, Afterwards, Alarm, PoliceSaid
from app.transitions.afterwards import register
from tests.room.incident_forms import at as address
from tests.room.incident_forms import nobody_answers, plain
from tests.scene import Scene

PANELS = ("band", "todo", "report", "parties", "tasks", "log", "bar")


@pytest.fixture
def incident(scene: Scene) -> Incident:
    """Not a politisag; SSP is tovholder."""
    return scene.activate(scene.cast.ssp)


def politisag(scene: Scene) -> Incident:
    said = PoliceSaid("Vagtchefen", HeardBy.PHONE, time.now())
    return scene.activate(scene.cast.helhedsplan, Track.POLICE, police_said=said, category="shooting", what="Skyderi")


def test_the_band_says_track_leader_number_clock_countdown_and_who_answered(scene, incident, at, clock):
    clock.advance(minutes=14, seconds=32)
    page = plain(at(scene.cast.youth_club).text(address(incident)))
    assert "IKKE POLITISAG · tovholder: SSP og opsøgende team" in page
    assert "Sanne Spang" in page and "20 00 00 01" in page
    assert "00:14:32" in page
    assert "Næste opdatering om 45 min" in page
    assert "1 af 3 parter har svaret" in page
    assert "Politiet er ikke part." in page


def test_a_politisag_says_that_the_police_lead_and_that_they_have_not_confirmed(scene, at):
    incident = politisag(scene)
    page = at(scene.cast.ssp).text(address(incident))
    assert "POLITISAG · politiet leder" in plain(page)
    assert "Politiets aktivering er ikke bekræftet. Den gælder alligevel." in plain(page)
    assert "/police-acts/" in page
    assert "Politiet er ikke part" not in page


def test_an_exercise_is_violet_all_over_and_says_so(scene, at):
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    for path in ("", "/log/new", "/log", "/stand-down"):
        page = at(scene.cast.ssp).text(address(incident, path))
        assert 'class="is-exercise"' in page, path
        assert "ØVELSE · intet af dette er virkeligt" in page, path


def test_du_skal_nu_holds_the_own_partys_tasks_and_no_other(scene, incident, at):
    page = at(scene.cast.youth_club).text(address(incident, "/panels/todo"))
    mine = {task.public_id for task in tasks.open_of(incident, scene.cast.actors["youth_club"])}
    assert mine
    assert set(re.findall(r'<li class="task" id="todo-([^"]+)"', page)) == mine


def test_an_observer_reads_everything_and_finds_no_button(scene, incident, at):
    page = at(scene.cast.ssp_observer).text(address(incident))
    assert "Rygte om drab" in page
    main = page.split("<main")[1]
    assert "<form" not in main and "Skriv i log" not in page and "room-menu" not in page
    assert "/tasks/" not in main


def test_a_responder_writes_and_ticks_but_has_no_coordinators_menu(scene, incident, at):
    page = at(scene.cast.ssp_responder).text(address(incident))
    assert "Skriv i log" in page and "/done" in page
    assert "/stand-down" not in page and "/colleagues" not in page and "/tasks/new" not in page


def test_the_tovholder_finds_every_act_in_the_menu(scene, incident, at):
    page = at(scene.cast.ssp).text(address(incident, "/panels/bar"))
    for path in ("next-update", "tasks/new", "parties/new", "colleagues", "stand-down", "annulment"):
        assert f"{address(incident)}/{path}" in page, path
    assert "/lead" not in page and "/reopening" not in page


def test_another_coordinator_may_take_over_but_not_end(scene, incident, at):
    page = at(scene.cast.youth_club).text(address(incident, "/panels/bar"))
    assert "/lead" in page
    assert "/stand-down" not in page and "/annulment" not in page and "/parties/new" not in page


def test_in_a_politisag_a_party_may_record_the_ends_for_the_police(scene, at):
    page = at(scene.cast.ssp).text(address(politisag(scene), "/panels/bar"))
    assert "/stand-down" in page and "/parties/new" in page
    assert "/lead" not in page


def test_each_panel_answers_alone_and_just_as_on_the_page(scene, incident, at, clock):
    visitor = at(scene.cast.ssp)
    page = visitor.text(address(incident))
    for name in PANELS:
        panel = visitor.text(address(incident, f"/panels/{name}"))
        assert "<html" not in panel and f'id="{name}"' in panel
        assert without_keys(panel).strip() in without_keys(page), name


def without_keys(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)


def test_no_panel_by_another_name(scene, incident, at):
    assert at(scene.cast.ssp).get(address(incident, "/panels/everything")).status_code == 404


def test_the_room_says_within_a_minute_that_nothing_is_being_sent_and_when_it_is_again(scene, incident, at, clock):
    visitor = at(scene.cast.ssp)
    assert "Afsenderen kører ikke" in visitor.text(address(incident, "/panels/band"))
    silent = visitor.get(address(incident, "/live")).json["topics"]
    beat(DISPATCHER)
    db.session.commit()
    assert "Afsenderen" not in visitor.text(address(incident))
    running = visitor.get(address(incident, "/live")).json["topics"]
    assert (silent["sending"], running["sending"]) == (1, 0)
    clock.advance(seconds=61)
    assert visitor.get(address(incident, "/live")).json["topics"]["sending"] == 1


def test_the_page_carries_the_versions_that_the_poll_answers_and_a_new_entry_raises_one(scene, incident, at):
    visitor = at(scene.cast.youth_club)
    page = visitor.text(address(incident))
    carried = re.search(r"data-live-versions='([^']*)'", page)
    answer = visitor.get(address(incident, "/live"))
    standing = re.search(r"data-standing='([^']*)'", page)
    assert carried and standing
    assert answer.json["topics"] == {**json.loads(standing[1]), **json.loads(carried[1])}
    tag = answer.headers["ETag"]
    assert visitor.get(address(incident, "/live"), headers={"If-None-Match": tag}).status_code == 304
    log.write(incident, Kind.NOTE, "Nyt", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    news = visitor.get(address(incident, "/live"), headers={"If-None-Match": tag}).json["topics"]
    assert {name for name in news if news[name] != answer.json["topics"][name]} == {"log"}


def test_parties_are_said_in_words_with_how_and_when(scene, incident, at, clock):
    page = plain(at(scene.cast.ssp).text(address(incident, "/panels/parties")))
    assert "Aktiverede kl. 23.40" in page
    assert "Tilkaldt kl. 23.40, har ikke svaret" in page
    assert "Tekster: 1 venter" in page
    assert "skal ikke svare" in page
    nobody_answers(clock)
    page = plain(at(scene.cast.ssp).text(address(incident, "/panels/parties")))
    assert "Ingen har svaret. Ring selv." in page


def test_a_withheld_entry_shows_its_number_and_control_code_alone(scene, incident, at):
    secret = log.write(
        incident, Kind.NOTE, "Kun for SSP", by=scene.reader(scene.cast.ssp).by, sharing=SharingLevel.OWN_ORGANISATION
    )
    db.session.commit()
    page = at(scene.cast.helhedsplan).text(address(incident))
    assert "Kun for SSP" not in page
    assert f"Nr. {secret.seq}" in page
    assert secret.entry_hash[:12] in page
    assert "Kun for SSP" in at(scene.cast.ssp).text(address(incident))
    # An observer reads at "beredskabets parter".
    assert "Kun for SSP" not in at(scene.cast.ssp_observer).text(address(incident))


def test_what_people_typed_is_escaped(scene, at):
    incident = scene.activate(scene.cast.ssp, what="<script>alert(1)</script>")
    log.write(incident, Kind.NOTE, "<b>fed</b>", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    page = at(scene.cast.ssp).text(address(incident))
    assert "<script>alert" not in page and "<b>fed</b>" not in page
    assert "&lt;b&gt;fed" in page


def test_an_incident_registered_afterwards_has_no_countdown_and_called_nobody(scene, at, clock):
    over = Afterwards(time.now() - timedelta(hours=3), time.now() - timedelta(hours=1))
    reader = scene.reader(scene.cast.ssp)
    alarm = Alarm(Track.NON_POLICE, "rumours", "Rygte om drab")
    incident = register(Activation(scene.cast.lindevangen, alarm, reader, once_key="after", afterwards=over))
    db.session.commit()
    page = plain(at(scene.cast.ssp).text(address(incident)))
    assert "Registreret bagefter: ingen blev tilkaldt." in page
    assert "Næste opdatering" not in page and "har svaret" not in page


def test_a_guest_acts_as_a_responder_of_the_actor_that_let_them_in(scene, incident, at):
    held = colleague.let_in(incident, scene.reader(scene.cast.ssp), "Gry Gæst", "+4520991122", "http://x/{pass}")
    held.used_at, held.user.declaration_version = time.now(), DECLARATION_VERSION
    db.session.commit()
    page = at(held.user).text(address(incident))
    assert "Skriv i log" in page and "/done" in page and "/stand-down" not in page
    other = scene.activate(scene.cast.helhedsplan, what="Noget andet")
    assert at(held.user).get(address(other)).status_code == 404
    assert at(held.user).get(address(incident, "/stand-down")).status_code == 403


def test_a_page_is_read_at_one_moment_so_that_it_fits_the_versions_it_carries(app, scene, incident):
    with reading():
        db.session.rollback()
        before = db.session.scalar(sa.select(Incident.what))
        with app.app_context():
            set_read_only(False)
            db.session.execute(sa.update(Incident).values(what="Noget andet"))
            db.session.commit()
            set_read_only(True)
        assert db.session.scalar(sa.select(Incident.what)) == before
        db.session.rollback()
        assert db.session.scalar(sa.select(Incident.what)) == "Noget andet"
        db.session.rollback()
