"""Commands: `flask --app wsgi …`."""

from flask import Flask

from app import maintenance
from app.accounts.commands import users
from app.demo.commands import demo
from app.doctor import doctor
from app.logbook.commands import log
from app.retention.commands import retention
from app.worker import worker


def init_app(app: Flask) -> None:
    """Attach the commands."""
    app.cli.add_command(maintenance.backup_command)
    app.cli.add_command(maintenance.restore_command)
    app.cli.add_command(maintenance.forget_command)
    app.cli.add_command(worker)
    app.cli.add_command(log)
    app.cli.add_command(retention)
    app.cli.add_command(users)
    app.cli.add_command(demo)
    app.cli.add_command(doctor)
