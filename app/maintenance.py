"""What an operator does by hand: `flask backup`, `flask restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app import backup, schema
from app.accounts import jobs as accounts
from app.broadcasts import jobs as broadcasts
from app.extensions import db
from app.messaging import jobs as messaging
from app.retention import jobs as retention
from app.retention.register import Carried, bring_back, carried


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@with_appcontext
def backup_command(file: Path | None) -> None:
    """Write a copy of the database to FILE (default: backups/ in the data folder)."""
    file = file or backup.fresh_file(_data_folder(), "by-hand")
    with _told_plainly():
        backup.save(db.engine, file)
    click.echo(f"{file} written")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Yes, replace everything that is in the database now.")
@with_appcontext
def restore_command(file: Path, yes: bool) -> None:
    """Replace the whole database by the copy in FILE. Beredskab must be stopped."""
    if not yes:
        raise click.ClickException("this replaces everything in the database; say --yes if that is what you want")
    with _told_plainly(), backup.out_of_use(_data_folder()):
        _keep_what_is_there()
        known = _erased_since()
        backup.restore(db.engine, file)
        click.echo(f"{file} is in place")
        if schema.at() != schema.newest():
            schema.upgrade()
            click.echo(f"the copy was from another version and has been brought to {schema.newest()}")
        _lose_again(known)


@click.command("forget")
@click.option("--count", "only_count", is_flag=True, help="Only say how much is old enough; change nothing.")
@with_appcontext
def forget_command(only_count: bool) -> None:
    """Blank names, addresses and texts of messages that are older than half a year, as happens every night."""
    click.echo(f"receivers of messages: {broadcasts.forget_recipients(only_count=only_count)}")
    click.echo(f"deliveries: {messaging.forget_deliveries(only_count=only_count)}")


def _erased_since() -> Carried | None:
    """What the database that is about to go knows of erasures, holds and exports that the copy may not have."""
    try:
        return carried() if schema.at() == schema.newest() else None
    except SQLAlchemyError:
        return None
    finally:
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


def _lose_again(known: Carried | None) -> None:
    """Nothing that was erased comes back with a copy, and what has become due since is deleted at once."""
    if known is None:
        click.echo(
            "what was there before could not be asked what had been erased since the copy was made: "
            "erase those persons once more (Administration, Sletning)", err=True,
        )  # fmt: skip
    else:
        bring_back(known)
        db.session.commit()
    gone = retention.keep_to_the_rules()
    people = f"{broadcasts.forget_recipients()} receivers, {messaging.forget_deliveries()} deliveries"
    messaging.forget_replies()
    accounts.forget_old()
    click.echo(f"deleted again by the rules: the texts of {gone} incidents; {people}")
    db.session.remove()
    db.engine.dispose()


def _keep_what_is_there() -> None:
    before = backup.fresh_file(_data_folder(), "before-restore")
    try:
        backup.save(db.engine, before)
        click.echo(f"what was there before is kept in {before}")
    except backup.BackupFailed as error:  # a damaged database is what a restore is for
        click.echo(f"what was there before could not be kept: {error}", err=True)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Show a fault as one message instead of a stack trace."""
    try:
        yield
    except backup.BackupFailed as error:
        raise click.ClickException(str(error)) from None


def _data_folder() -> Path:
    return Path(current_app.config["BEREDSKAB"].data_folder)
