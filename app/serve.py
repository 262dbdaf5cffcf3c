"""`python -m app.serve`: makes the database ready, then keeps web and worker running together."""

import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import sqlalchemy as sa
from flask import Flask
from flask.cli import ScriptInfo

import config as configuration
from app import backup, create_app, schema
from app.extensions import db
from app.household import Household

WEB_PROCESSES, THREADS_EACH = 2, 3


class CannotStart(Exception):
    """Something outside the program is wrong; the text says what, and what to do."""


def main() -> int:
    """Run until Ctrl-C or SIGTERM. Answers the exit code."""
    try:
        settings = configuration.load()
        with backup.in_use(settings.data_folder):
            _check_port(settings)
            app = _ready_database(settings)
            return Household(_programs(settings)).run(lambda: _greet(app, settings))
    except (CannotStart, configuration.ConfigurationError, backup.BackupFailed) as fault:
        print(fault, file=sys.stderr)
        return 2


def _check_port(settings: configuration.Config) -> None:
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.bind, settings.port))
        except OSError as error:
            raise CannotStart(
                f"Port {settings.port} on {settings.bind} cannot be used ({error.strerror}): "
                f"stop what uses it or choose another, for instance PORT={settings.port % 65535 + 1}"
            ) from None


def _ready_database(settings: configuration.Config) -> Flask:
    app = create_app(settings)
    with app.app_context():
        _check_database()
        schema.upgrade()
        if settings.is_demo:
            _command(app, "demo", "load")
        db.session.remove()
        db.engine.dispose()
    return app


def _check_database() -> None:
    try:
        with db.engine.begin() as connection:  # begins as a writer, so that a read-only file shows itself too
            connection.execute(sa.select(1))
    except sa.exc.DBAPIError as error:
        where = db.engine.url.render_as_string(hide_password=True)
        raise CannotStart(f"The database {where} cannot be used: {str(error.orig).strip()}") from None


def _command(app: Flask, *words: str) -> None:
    app.cli.main(list(words), obj=ScriptInfo(create_app=lambda: app), standalone_mode=False)


def _programs(settings: configuration.Config) -> dict[str, Sequence[str]]:
    python = sys.executable
    web = [
        python, "-m", "granian", "--interface", "wsgi", "wsgi:app",
        "--host", settings.bind, "--port", str(settings.port),
        "--workers", str(WEB_PROCESSES), "--blocking-threads", str(THREADS_EACH),
        "--respawn-failed-workers", "--respawn-interval", "1", "--workers-kill-timeout", "5", "--log-level", "warning",
    ]  # fmt: skip
    return {"web": web, "worker": [python, "-m", "flask", "--app", "wsgi", "worker"]}


def _until_it_answers(settings: configuration.Config) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection((settings.bind, settings.port), timeout=1):
            return
        time.sleep(0.1)


def _greet(app: Flask, settings: configuration.Config) -> None:
    _until_it_answers(settings)
    if settings.is_demo:
        _command(app, "demo", "cast")
    print(f"\nBeredskab is running on {settings.public_url}  (Ctrl-C ends it)", flush=True)



if __name__ == "__main__":
    sys.exit(main())
