"""`flask doctor` is silent about what is well, names what is not, and never ends in a stack trace."""

import pytest
import sqlalchemy as sa

from app import doctor as module
from app.extensions import db
from app.messaging import heartbeats
from tests.logbook.forging import forge
from tests.scene import Scene


@pytest.fixture
def doctor(app):
    def run():
        db.session.commit()
        return app.test_cli_runner().invoke(args=["doctor"])

    return run


@pytest.fixture
def well(clock, app):
    heartbeats.beat(heartbeats.DISPATCHER)
    db.session.commit()


def test_an_installation_that_is_well(well, doctor):
    result = doctor()
    assert result.exit_code == 0, result.output
    assert "FEJL" not in result.output
    assert "OBS   Indstillinger (test); kanaler: log: kun log-kanalen er åben" in result.output


def test_every_guard_that_the_migrations_lay_is_looked_for(app):
    assert module.guards() == module._triggers()


def test_a_missing_guard_is_named(well, doctor):
    table = " ON log_entries" if db.engine.dialect.name == "postgresql" else ""
    db.session.execute(sa.text(f"DROP TRIGGER log_entries_delete{table}"))
    result = doctor()
    assert result.exit_code == 1
    assert "FEJL  Databasens vagter: mangler log_entries_delete" in result.output


def test_a_broken_log_is_named(well, doctor):
    scene = Scene()
    scene.activate(scene.cast.ssp)
    forge("UPDATE log_entries SET content_hash = previous_hash WHERE seq = 1")
    assert "FEJL  Loggenes kæder (1): 1 er brudt" in doctor().output


def test_a_silent_worker_is_named(well, doctor, clock):
    clock.advance(minutes=10)
    result = doctor()
    assert result.exit_code == 1
    assert "FEJL  Afsender og job: for sent: dispatcher" in result.output


def test_a_database_from_another_version_is_named(well, doctor):
    db.session.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    assert "er på 0001, programmet venter" in doctor().output


def test_a_database_without_tables_is_told_plainly(well, doctor):
    db.session.execute(sa.text("DROP TABLE heartbeats"))
    result = doctor()
    assert result.exit_code == 1
    assert "FEJL  Afsender og job: kunne ikke undersøges" in result.output
