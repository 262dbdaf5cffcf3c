"""`flask doctor`: is this installation well? A line for each thing looked at, and an exit code for a watchdog."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app import schema
from app.areas import queries as areas
from app.extensions import db
from app.lib import clock
from app.lib.database import reading
from app.logbook.verify import chain_ids, verify_chain
from app.messaging import queries as messaging
from app.retention import queries as retention
from app.retention.rules import Standing, is_late

# What keeps logs, approved plans and deliveries as they are. Migrations lay them; a batch migration on SQLite drops
# them without a word. Each engine has one more way past the others: REPLACE on SQLite, TRUNCATE on PostgreSQL.
GUARDED = {
    "log_entries": ("insert", "update", "delete"),
    "log_chains": ("insert", "update", "delete"),
    "plans": ("update", "delete"),
    "reviews": ("update", "delete"),
    "debrief_answers": ("insert", "update", "delete"),
    "review_comments": ("insert", "update", "delete"),
    "review_conclusions": ("insert", "update", "delete"),
    "review_sign_offs": ("insert", "update", "delete"),
    "review_figures": ("insert", "update", "delete"),
    "review_addenda": ("insert", "update", "delete"),
    "public_summaries": ("update", "delete"),
    "learning_points": ("insert", "update", "delete"),
    "deliveries": ("birth", "no_second_sending", "no_stop_afterwards"),
}
REVIEWED = {
    "reviews", "debrief_answers", "review_comments", "review_conclusions", "review_sign_offs", "review_figures",
    "review_addenda", "public_summaries", "learning_points",
}  # fmt: skip
BESIDES = {
    "sqlite": {"plans_insert", *(f"{table}_replace" for table in REVIEWED)},
    "postgresql": {
        "log_entries_truncate", "log_chains_truncate", "plans_truncate", *(f"{table}_truncate" for table in REVIEWED),
    },
}  # fmt: skip
ROOM_WANTED = 2**30  # bytes
BACKUP_WITHIN = timedelta(days=8)


class Finding(NamedTuple):
    """What was looked at, and what is wrong; nothing when all is well. `is_bad` False is only a warning."""

    what: str
    wrong: str = ""
    is_bad: bool = True


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look at configuration, database, guards, logs, worker and space. Exit code 1 when something is wrong."""
    with reading():
        found = [finding for look in LOOKS for finding in _looked(look)]
    for what, wrong, is_bad in found:
        click.echo(f"{('FEJL' if is_bad else 'OBS ') if wrong else 'OK  '}  {what}{f': {wrong}' if wrong else ''}")
    if any(finding.wrong and finding.is_bad for finding in found):
        raise click.exceptions.Exit(1)


def _looked(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """A database that does not answer is a finding, not a stack trace."""
    try:
        return list(look())
    except (SQLAlchemyError, OSError) as error:
        db.session.rollback()
        return [Finding(look.__doc__ or "", f"kunne ikke undersøges ({type(error).__name__})")]


def _configuration() -> Iterator[Finding]:
    """Indstillinger"""
    config = current_app.config["BEREDSKAB"]
    only_log = "kun log-kanalen er åben: intet forlader maskinen" if config.channels == ("log",) else ""
    yield Finding(f"Indstillinger ({config.mode}); kanaler: {', '.join(config.channels)}", only_log, is_bad=False)


def _database() -> Iterator[Finding]:
    """Database"""
    at, newest = schema.at(), schema.newest()
    wrong = "" if at == newest else f"er på {at}, programmet venter {newest}: kør `flask --app wsgi db upgrade`"
    yield Finding(f"Database ({db.engine.dialect.name}, {at})", wrong)


def _guards() -> Iterator[Finding]:
    """Databasens vagter"""
    missing = guards() - _triggers()
    wrong = f"mangler {', '.join(sorted(missing))}: gendan fra en sikkerhedskopi, eller spørg leverandøren"
    yield Finding("Databasens vagter", wrong if missing else "")


def guards() -> set[str]:
    """The names of all triggers that this engine must have."""
    common = {f"{table}_{what}" for table, guarded in GUARDED.items() for what in guarded}
    return common | BESIDES[db.engine.dialect.name]


def _triggers() -> set[str]:
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    return set(db.session.scalars(sa.text(asked[db.engine.dialect.name])))


def _logs() -> Iterator[Finding]:
    """Loggenes kæder"""
    chains = chain_ids()
    broken = [number for number in chains if not _is_whole(number)]
    said = f"{len(broken)} er brudt: kør `flask --app wsgi log verify`"
    yield Finding(f"Loggenes kæder ({len(chains)})", said if broken else "")


def _is_whole(chain_id: int) -> bool:
    try:
        return verify_chain(chain_id).is_whole
    except LookupError:
        return False


def _worker() -> Iterator[Finding]:
    """Afsender og job"""
    late = sorted(job for job, in_time in messaging.pulse().items() if not in_time)
    yield Finding("Afsender og job", f"for sent: {', '.join(late)}" if late else "")


def _space() -> Iterator[Finding]:
    """Plads"""
    folder = Path(current_app.config["BEREDSKAB"].data_folder)
    free = shutil.disk_usage(folder).free
    yield Finding(f"Plads i datamappen ({free // 2**20} MB ledig)", "under 1 GB ledig" if free < ROOM_WANTED else "")


def _backup() -> Iterator[Finding]:
    """Sikkerhedskopi"""
    folder = Path(current_app.config["BEREDSKAB"].data_folder) / "backups"
    newest = max((file.stat().st_mtime for file in folder.glob("*.backup")), default=None)
    age = None if newest is None else clock.now().timestamp() - newest
    wrong = "ingen i backups/" if age is None else f"den nyeste i backups/ er {int(age // 86400)} dage gammel"
    is_fresh = age is not None and age <= BACKUP_WITHIN.total_seconds()
    yield Finding("Sikkerhedskopi", "" if is_fresh else wrong, is_bad=False)


def _data_protection() -> Iterator[Finding]:
    """Databeskyttelse"""
    for area in areas.areas_without_data_protection():
        wrong = "siden er ikke skrevet: der kan ikke sendes beskeder til beboere"
        yield Finding(f"Databeskyttelse i {area.name}", wrong, is_bad=False)


def _retention() -> Iterator[Finding]:
    """Sletning"""
    up = retention.lines()
    late = [line for line in up if is_late(line.facts, clock.now())]
    wrong = f"{len(late)} hændelser skulle være slettet: kør `flask --app wsgi retention run`, og se, om jobbet kører"
    yield Finding("Sletning efter reglerne", wrong if late else "")
    waits = sum(line.standing is Standing.WAITS for line in up)
    said = f"{waits} hændelser har nået fristen, men er ikke eksporteret til journalen"
    yield Finding("Eksport til journalen", said if waits else "", is_bad=False)
    forgotten = retention.never_closed()
    said = f"{forgotten} hændelser er afblæst for over et år siden, men evalueringen er ikke låst"
    yield Finding("Hændelser, der er lukket", said if forgotten else "", is_bad=False)


LOOKS = (_configuration, _database, _guards, _logs, _worker, _space, _backup, _data_protection, _retention)
