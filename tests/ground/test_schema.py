"""Migrating: what is there is kept first, and two starts wait for each other."""

import threading

import flask_migrate

from app import schema
from app.extensions import db


def test_a_copy_is_made_before_the_shape_changes_and_none_of_an_empty_database(app, clock):
    folder = app.config["BEREDSKAB"].data_folder / "backups"
    before = set(folder.glob("*before-migration*"))
    flask_migrate.downgrade(directory=str(schema.MIGRATIONS), revision="base")
    (copy,) = set(folder.glob("*before-migration*")) - before
    assert f"before-migration-from-{schema.newest()}" in copy.name
    flask_migrate.upgrade(directory=str(schema.MIGRATIONS))
    assert set(folder.glob("*before-migration*")) - before == {copy}
    copy.unlink()


def test_the_newest_shape_needs_no_migration(app):
    assert schema.upgrade() is False


def test_a_second_start_waits_for_the_first(app):
    order = []

    def second():
        with app.app_context(), schema.one_at_a_time(db.engine):
            order.append("second")

    with schema.one_at_a_time(db.engine):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
