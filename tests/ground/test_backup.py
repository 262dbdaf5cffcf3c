"""A copy brings everything back; a restore keeps its hands off what is in use or unsound."""

import pytest
import sqlalchemy as sa

from app import backup
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.lib.clock import now
from app.logbook import erasure
from app.logbook.kinds import Kind
from app.messaging import heartbeats
from app.plans.vocabulary import Track
from app.retention import jobs, operations, people
from tests.retention.words import MARK, closed_course, places_of
from tests.scene import Scene


@pytest.fixture
def run(app, backend, backends):
    """Run a command: `run("backup")` answers exit code and what was said."""
    backends.get(backend)[1].step_aside()

    def run(*words):
        db.session.remove()
        result = app.test_cli_runner().invoke(app.cli, [str(word) for word in words])
        return result.exit_code, result.output

    return run


@pytest.fixture
def note(app):
    """A table outside the models, which says what the database holds."""
    with db.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE note (said TEXT)"))
        connection.execute(sa.text("INSERT INTO note VALUES ('before')"))

    def note(new=None):
        with db.engine.begin() as connection:
            if new:
                connection.execute(sa.text("UPDATE note SET said = :said"), {"said": new})
            return connection.scalar(sa.text("SELECT said FROM note"))

    return note


def test_a_restore_brings_back_what_the_backup_held(run, note, tmp_path):
    assert run("backup", tmp_path / "copy")[0] == 0
    note("after")
    assert run("restore", tmp_path / "copy", "--yes")[0] == 0
    assert note() == "before"


def test_what_a_restore_replaced_can_itself_be_restored(app, run, note, tmp_path, clock):
    run("backup", tmp_path / "copy")
    note("after")
    run("restore", tmp_path / "copy", "--yes")
    clock.advance(minutes=1)
    (kept,) = app.config["BEREDSKAB"].data_folder.glob("backups/2026-11-22T22-40-00Z-before-restore.backup")
    assert run("restore", kept, "--yes")[0] == 0
    assert note() == "after"


def test_the_log_is_still_guarded_after_a_restore(run, note, tmp_path):
    run("backup", tmp_path / "copy")
    run("restore", tmp_path / "copy", "--yes")
    assert run("db", "current")[0] == 0
    with db.engine.connect() as connection:
        guards = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "postgresql":
            guards = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
        assert connection.scalar(sa.text(guards)) > 0


def test_a_restore_asks_for_yes(run, note, tmp_path):
    run("backup", tmp_path / "copy")
    note("after")
    code, said = run("restore", tmp_path / "copy")
    assert (code, note()) == (1, "after")
    assert "--yes" in said


def test_a_restore_is_refused_while_web_and_worker_run(app, run, note, tmp_path):
    run("backup", tmp_path / "copy")
    with backup.in_use(app.config["BEREDSKAB"].data_folder):
        code, said = run("restore", tmp_path / "copy", "--yes")
    assert code == 1
    assert "running" in said


def test_a_restore_is_refused_while_another_program_has_the_database_open(app, run, note, tmp_path):
    run("backup", tmp_path / "copy")
    elsewhere = sa.create_engine(db.engine.url)
    with elsewhere.connect() as connection:
        connection.execute(sa.text("SELECT said FROM note"))
        code, said = run("restore", tmp_path / "copy", "--yes")
    elsewhere.dispose()
    assert code == 1
    assert "open in another program" in said


def test_an_unsound_file_is_refused_and_changes_nothing(run, note, tmp_path):
    (tmp_path / "copy").write_text("this is no database" * 100)
    assert run("restore", tmp_path / "copy", "--yes")[0] == 1
    assert run("restore", tmp_path / "missing", "--yes")[0] == 1
    assert note() == "before"


def test_a_backup_overwrites_nothing_and_is_readable_by_its_owner_only(run, note, tmp_path):
    run("backup", tmp_path / "copy")
    code, said = run("backup", tmp_path / "copy")
    assert code == 1
    assert "is there already" in said
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0


def test_without_a_name_the_copy_lies_in_the_data_folder_under_its_time(app, run, clock):
    run("backup")
    assert backup.fresh_file(app.config["BEREDSKAB"].data_folder, "by-hand").is_file()
    assert now().isoformat()[:10] == "2026-11-22"


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_damaged_database_can_be_replaced(run, note, tmp_path):
    run("backup", tmp_path / "copy")
    db.engine.dispose()
    with open(db.engine.url.database, "wb") as file:
        file.write(b"gone" * 4096)
    code, said = run("restore", tmp_path / "copy", "--yes")
    assert code == 0, said
    assert note() == "before"


@pytest.mark.parametrize("backend", ["postgresql"])
def test_without_pg_dump_the_message_says_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    code, said = run("backup", tmp_path / "copy")
    assert code == 1
    assert "postgresql-client" in said


def test_a_drill_what_was_erased_after_the_copy_stays_erased_and_what_is_held_stays(
    app, run, tmp_path, clock, backend, backends
):
    """Copy, erase by the rules, by request and by two people; put the copy back; nothing of it has come back."""
    scene = Scene()
    gone, held = (closed_course(scene, clock, track).incident for track in (Track.POLICE, Track.NON_POLICE))
    for incident in (gone, held):
        operations.note_export(incident, by=scene.reader(scene.cast.helhedsplan).by)
    running = scene.activate(scene.cast.ssp, what="Nyt rygte")
    entry = log.write(running, Kind.NOTE, "Et navn, der skal væk", by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    clock.advance(days=364)
    backup.save(db.engine, tmp_path / "copy")
    operations.hold(held, "Klagesag", by=scene.reader(scene.cast.helhedsplan).by)
    by = [log.author(scene.reader(user).by) for user in (scene.cast.ssp, scene.cast.helhedsplan)]
    erasure.request_erasure(entry, by[0], "Et navn")
    erasure.erase(entry, by[1])
    somebody = scene.contacts["family_centre"][1]
    name, number = somebody.name, somebody.points[0].address
    people.erase(people.find(number), [somebody], with_login=False, by=scene.cast.administrator)
    db.session.commit()
    clock.advance(days=20)
    assert jobs.keep_to_the_rules() == 1
    gone_id, held_id = gone.id, held.id
    backends.get(backend)[1].step_aside()
    code, said = run("restore", tmp_path / "copy", "--yes")
    assert code == 0, said
    assert "the texts of 1 incidents" in said
    assert db.session.get_one(Incident, gone_id).texts_gone_at is not None
    assert db.session.get_one(Incident, held_id).texts_gone_at is None
    assert db.session.get_one(Incident, held_id).what == MARK
    db.session.rollback()
    assert not places_of(name, number, "Et navn, der skal væk")
    heartbeats.beat(heartbeats.DISPATCHER)
    db.session.commit()
    for command in (("log", "verify"), ("doctor",)):
        code, said = run(*command)
        assert code == 0, said
