"""A copy brings everything back; a restore keeps its hands off what is in use or unsound."""

import pytest
import sqlalchemy as sa

from app import backup
from app.extensions import db
from app.lib.clock import now


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
