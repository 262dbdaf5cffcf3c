"""Every test finds a database that no test before it has touched."""

import pytest
import sqlalchemy as sa

from app.accounts.models import User
from app.extensions import db
from tests.factories import make_user
from tests.scene import Scene


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request, backends):
    """`with fresh():` is the application on the database as the next test would find it."""
    app, database = backends.get(request.param)

    def begin():
        db.session.remove()
        db.engine.dispose()
        database.refresh()

    with app.app_context():
        yield begin
        begin()


TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def guards():
    return {tuple(row) for row in db.session.execute(sa.text(TRIGGERS[db.engine.dialect.name]))}


def test_rows_numbers_and_guards_are_back(fresh):
    fresh()
    before = guards()
    first = make_user().id
    table, name = min(before)
    on = f" ON {table}" if db.engine.dialect.name == "postgresql" else ""
    db.session.execute(sa.text(f"DROP TRIGGER {name}{on}"))
    db.session.commit()
    assert guards() != before
    fresh()
    assert guards() == before
    assert User.query.count() == 0 and make_user().id == first


@pytest.mark.parametrize("fresh", ["postgresql"], indirect=True)
def test_who_still_reads_on_the_server_is_sent_away(fresh):
    fresh()
    left = db.engine.raw_connection()
    left.cursor().execute("SELECT count(*) FROM users")
    make_user()
    db.session.commit()
    fresh()
    assert User.query.count() == 0
    left.invalidate()


def test_the_scene_put_back_is_the_scene_that_was_built(app, clock):
    was = Scene()
    names = {key: [c.name for c in contacts] for key, contacts in was.contacts.items()}
    put_back = {user.email for user in was.cast.everybody().values()}
    assert User.query.count() == len(put_back)
    assert names["ssp"] == ["ssp A", "ssp B", "ssp C"]
    assert was.cast.ssp in db.session and was.cast.actors["ssp"].area is was.cast.lindevangen
