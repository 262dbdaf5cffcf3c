"""The fixtures themselves: fresh databases, requests that stand alone, a driven clock, no network."""

import socket
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.extensions import db
from app.lib.clock import now


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_a_database_of_its_own(app, turn):
    assert not sa.inspect(db.engine).has_table("left_behind")
    db.session.execute(sa.text("CREATE TABLE left_behind (id INTEGER)"))
    db.session.commit()


def test_the_clock_moves_only_when_told(clock):
    assert now() == datetime(2026, 11, 22, 22, 40, tzinfo=UTC)
    clock.advance(minutes=3)
    assert now() == datetime(2026, 11, 22, 22, 43, tzinfo=UTC)


def test_a_test_reaches_this_machine_only():
    with socket.socket() as outward, pytest.raises(AssertionError):
        outward.connect(("192.0.2.1", 80))
