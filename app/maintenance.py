"""What an operator does by hand: `flask backup`, `flask restore`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import backup, schema
from app.broadcasts import jobs as broadcasts
from app.extensions import db
from app.messaging import jobs as messaging


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
        backup.restore(db.engine, file)
    click.echo(f"{file} is in place")
    if schema.at() != schema.newest():
        click.echo("The copy is from another version: run  flask --app wsgi db upgrade  before you start Beredskab.")


@click.command("forget")
@click.option("--count", "only_count", is_flag=True, help="Only say how much is old enough; change nothing.")
@with_appcontext
def forget_command(only_count: bool) -> None:
    """Blank names, addresses and texts of messages that are older than half a year, as happens every night."""
    click.echo(f"receivers of messages: {broadcasts.forget_recipients(only_count=only_count)}")
    click.echo(f"deliveries: {messaging.forget_deliveries(only_count=only_count)}")


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
