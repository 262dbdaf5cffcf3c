"""The growing delay, and that tries side by side are all counted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.accounts import limits
from app.accounts.delays import FORGOTTEN_AFTER, MOST, address_prefix, delay
from app.accounts.models import FailedAttempts
from app.extensions import db


def test_the_delay_grows_to_a_minute_and_no_further():
    assert [int(delay(n).total_seconds()) for n in range(12)] == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert delay(10**6) == MOST
    assert delay(29, 30) == timedelta(0)


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("80.80.80.7", "80.80.80.0/24"),
        ("::ffff:80.80.80.7", "80.80.80.0/24"),
        ("2a01:4f8:1:2:3:4:5:6", "2a01:4f8:1:2::/64"),
        ("127.0.0.1", None),
        ("::1", None),
        ("10.1.2.3", None),
        ("", None),
        (None, None),
        ("unknown", None),
    ],
)
def test_people_behind_one_proxy_are_not_taken_for_one(address, prefix):
    assert address_prefix(address) == prefix


def test_a_rest_makes_all_forgotten(app, clock):
    for _ in range(3):
        assert limits.try_once({"account:x": 3}) == timedelta(0)
    assert limits.try_once({"account:x": 3}) == timedelta(seconds=1)
    clock.advance(seconds=FORGOTTEN_AFTER.total_seconds() + 1)
    for _ in range(3):
        assert limits.try_once({"account:x": 3}) == timedelta(0)


def test_whoever_waits_is_not_counted(app, clock):
    for _ in range(10):
        limits.try_once({"account:x": 3})
    assert db.session.get(FailedAttempts, "account:x").failures == 3


def test_no_login_or_address_is_kept_in_the_clear(app):
    key = limits.key("account", "sanne@lindevangen.example")
    assert "sanne" not in key
    assert len(key) <= FailedAttempts.key.type.length


def test_many_tries_at_once_get_no_more_than_the_free_ones(app, clock):
    def one(_):
        with app.app_context():
            wait = limits.try_once({"account:x": 3, "address:y": 30})
            db.session.commit()
            return wait

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(one, range(24)))
    assert sum(wait == timedelta(0) for wait in waits) == 3
    with app.app_context():
        assert db.session.get(FailedAttempts, "address:y").failures == 3
