"""Everything that happens by the clock, in one table. Jobs only look for due rows; every worker may run all of them."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app.accounts import jobs as accounts
from app.broadcasts import jobs as broadcasts
from app.broadcasts.publishing import jobs as publishing
from app.callout import jobs as callout
from app.contacts import jobs as contacts
from app.contacts.importing import jobs as contact_lists
from app.direction import jobs as direction
from app.documents import jobs as documents
from app.exercises import jobs as exercises
from app.extensions import db
from app.indicators import jobs as indicators
from app.lib import clock
from app.lib.database import set_read_only
from app.measures import jobs as measures
from app.measures.clearing import jobs as clearing
from app.measures.walks import jobs as walks
from app.messaging import heartbeats, providers, watch
from app.messaging import jobs as messaging
from app.narrative import jobs as narrative
from app.planning import jobs as planning
from app.retention import jobs as retention
from app.reviews import jobs as reviews
from app.roster import jobs as roster
from app.signup import jobs as signup
from app.tasks import jobs as tasks

FIRST = 60  # seconds after the start at most, so that a daily job runs although the worker starts anew each day

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """`function` runs every `every` seconds in an application context, and commits what it does."""

    name: str
    function: Callable[[], object]
    every: int


JOBS: list[Job] = [
    Job("take_due_steps", callout.take_due_steps, 1),
    Job("make_documents", documents.make_documents, 1),
    Job("send_planned", broadcasts.send_planned, 5),
    Job("remind_overdue", tasks.remind_overdue, 15),
    Job("tell_of_silence", direction.tell_of_silence, 15),
    Job("remind_first_report", narrative.remind_first_report, 15),
    Job("remind_of_hand_over", roster.remind_of_hand_over, 60),
    Job("ask_to_confirm", contacts.ask_to_confirm, 3600),
    Job("remind_of_deadlines", measures.remind_of_deadlines, 3600),
    Job("remind_of_findings", walks.remind_of_findings, 3600),
    Job("remind_to_clear", clearing.remind_to_clear, 300),
    Job("say_that_it_is_time", exercises.say_that_it_is_time, 60),
    Job("remind_of_drills", exercises.remind_of_drills, 3600),
    Job("remind_of_debrief", reviews.remind_of_debrief, 900),
    Job("remind_of_learning", reviews.remind_of_learning, 3600),
    Job("remind_of_plan_review", planning.remind_of_review, 3600),
    Job("sweep_stuck", messaging.sweep_stuck, 5),
    Job("expire", messaging.expire, 5),
    Job("apply_receipts", messaging.apply_receipts, 5),
    Job("show_lateness", callout.show_lateness, 15),
    Job("ping", watch.ping, 60),
    Job("look_at_providers", providers.look, 60),
    Job("forget_documents", documents.forget_documents, 3600),
    Job("read_files", indicators.read_files, 2),
    Job("clear_away", indicators.clear_away, 60),
    Job("forget_codes", signup.forget_codes, 300),
    Job("read_lists", contact_lists.read_lists, 2),
    Job("clear_lists", contact_lists.clear_away, 60),
    Job("forget_old", accounts.forget_old, 24 * 3600),
    Job("forget_replies", messaging.forget_replies, 24 * 3600),
    Job("forget_publications", publishing.forget_publications, 24 * 3600),
    Job("forget_recipients", broadcasts.forget_recipients, 24 * 3600),
    Job("forget_deliveries", messaging.forget_deliveries, 24 * 3600),
    Job("keep_to_the_rules", retention.keep_to_the_rules, 24 * 3600),
]


def run(app: Flask, job: Job) -> None:
    """Run a job and stamp its heartbeat. An error is told by its type only, and does not end the worker."""
    set_read_only(False)
    with app.app_context():
        try:
            job.function()
            heartbeats.beat(job.name, every=job.every)
            db.session.commit()
        except Exception as error:
            db.session.rollback()
            log.error("job %s: %s", job.name, type(error).__name__)
            _tell_of(job, error)


def _tell_of(job: Job, error: Exception) -> None:
    try:
        heartbeats.failed(job.name, type(error).__name__, every=job.every)
        db.session.commit()
    except Exception:  # the database is away: the silence itself will tell
        db.session.rollback()


def start(app: Flask, jobs: Sequence[Job] | None = None) -> BackgroundScheduler:
    """Begin to run the jobs, each once at a time; a late one runs once, not once for each time it was missed."""
    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    for job in JOBS if jobs is None else jobs:
        first = clock.now() + timedelta(seconds=min(job.every, FIRST))
        scheduler.add_job(run, "interval", args=(app, job), seconds=job.every, id=job.name, next_run_time=first)
    scheduler.start()
    return scheduler
