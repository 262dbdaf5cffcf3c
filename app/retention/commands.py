"""`flask retention plan` and `flask retention run`: what would go tonight, and let it go now."""

import click
from flask.cli import AppGroup

from app.extensions import db
from app.lib.database import reading
from app.retention import jobs
from app.retention.planning import Plan, plan
from app.retention.rules import STANDING_LABELS

retention = AppGroup("retention", help="How long things are kept (sletning).")


@retention.command("plan")
def plan_command() -> None:
    """A dry run: what would go now, in numbers and dates. Nothing is changed, and no text is shown."""
    with reading():
        found = plan()
        db.session.rollback()
    _say(found)


@retention.command("run")
def run_command() -> None:
    """What the job does every night, now: delete what is due, and remind those who are waited for."""
    click.echo(f"Hændelser, hvis tekster er slettet: {jobs.keep_to_the_rules()}")


def _say(found: Plan) -> None:
    for line in found.incidents:
        due = f"{line.facts.due_at:%Y-%m-%d}" if line.facts.due_at else ""
        click.echo(f"{line.incident.public_id}  frist {due}  {STANDING_LABELS[line.standing]}")
    for label, count in (*found.of_incidents, *found.beside):
        click.echo(f"{count:>8}  {label}")
    click.echo(f"{found.never_closed:>8}  afblæst for over et år siden, men evalueringen er ikke låst")
