"""The first situation report within the plan's minutes, and its leader reminded once."""

from app.extensions import db
from app.lib import clock as time
from app.messaging.models import Delivery
from app.narrative import queries
from app.narrative.jobs import remind_first_report
from app.narrative.operations import remind_of_first_report
from app.notices.models import Notice
from app.scheduler import JOBS
from app.transitions.annul import annul
from tests.narrative.making import make_message, make_report, url


def reminders():
    return db.session.query(Notice).filter(Notice.key.startswith("first-report:")).all()


def test_the_leader_is_reminded_once_when_the_first_report_is_late(scene, incident, clock):
    clock.advance(minutes=59)
    assert remind_first_report() == 0 and not reminders()
    clock.advance(minutes=2)
    assert remind_first_report() == 1
    assert remind_first_report() == 0
    assert remind_of_first_report(incident) is None
    (notice,) = reminders()
    assert notice.actor_id == incident.leader_actor_id and "første situationsbillede mangler" in notice.text
    sent = db.session.query(Delivery).filter_by(unique_key=f"notice:{notice.key}").one()
    assert sent.address == "+4520001100"


def test_a_report_in_time_needs_no_reminder(scene, incident, clock):
    make_report(scene, incident)
    clock.advance(minutes=90)
    assert remind_first_report() == 0 and not reminders()
    assert remind_of_first_report(incident) is None


def test_nobody_is_reminded_of_what_is_over_or_was_registered_afterwards(scene, incident, clock):
    other = scene.activate(scene.cast.ssp, what="Noget andet")
    other.is_afterwards = True
    annul(incident, scene.reader(scene.cast.ssp), "Fejl")
    db.session.commit()
    clock.advance(minutes=90)
    assert queries.without_first_report() == []
    assert remind_first_report() == 0


def test_the_room_counts_down_to_it_and_says_when_it_is_late(scene, incident, at, clock):
    room = url(incident, "").rstrip("/")
    assert "Frist for det første" in at(scene.cast.ssp).text(room)
    clock.advance(minutes=68)
    page = at(scene.cast.ssp).text(room)
    assert "8 min forsinket" in page
    assert time.now() == clock.now


def test_an_exercise_says_so_in_the_reminder_and_on_the_notice_to_hang_up(scene, at, clock):
    incident = scene.activate(scene.cast.ssp, is_exercise=True)
    clock.advance(minutes=61)
    remind_first_report()
    assert reminders()[0].text.startswith("ØVELSE")
    make_message(scene, incident)
    for path in ("message", "message/1/poster", "situation", "facts", "message/new"):
        assert "ØVELSE" in at(scene.cast.ssp).text(url(incident, path)), path


def test_the_scheduler_runs_it():
    assert "remind_first_report" in [job.name for job in JOBS]
