"""A user acts as one actor at a time, with that role's rights and no others."""

from contextlib import contextmanager

import pytest
from flask import g, session
from werkzeug.exceptions import Forbidden, NotFound

from app.accounts.guard import Permission
from app.areas import acting, operations, queries
from app.areas.access import area_or_404, grants
from app.areas.grants import role_grants
from app.areas.models import Area
from app.areas.roles import Role
from app.extensions import db
from app.lib import clock
from app.lib.database import reading
from tests.cast import Cast
from tests.factories import Visitor, make_membership


@contextmanager
def request_of(app, user, permission=Permission.READ_AREA, chosen=None):
    """Inside a request by this person to a view that requires the permission."""
    db.session.commit()  # reading: SQLite has one writer, and the test's own session stays open beside this one
    with reading(), app.app_context(), app.test_request_context("/"):
        session.update(_user_id=user.get_id(), seen=clock.now().isoformat())
        if chosen:
            session[acting.CHOSEN] = chosen.public_id
        g.permission = permission
        yield


@pytest.mark.parametrize(
    ("role", "granted"),
    [
        (Role.COORDINATOR, {"self", "read_area", "read_room", "act", "coordinate"}),
        (Role.RESPONDER, {"self", "read_area", "read_room", "act"}),
        (Role.OBSERVER, {"self", "read_area", "read_room"}),
        (Role.BOARD_MEMBER, {"self", "read_area"}),
    ],
)
def test_each_role_grants_exactly_this(role, granted):
    assert {permission for permission in Permission if role_grants(role, permission)} == granted


def test_the_administrator_may_administer_and_sees_nothing_else(app, cast: Cast):
    granted = {permission for permission in Permission if grants(cast.administrator, permission)}
    assert granted == {Permission.SELF, Permission.ADMINISTER}


def test_a_role_that_slipped_to_an_administrator_still_opens_no_incident(app, cast: Cast):
    make_membership(cast.administrator, cast.actors["ssp"])
    assert not grants(cast.administrator, Permission.READ_ROOM)


def test_nobody_else_may_administer(app, cast: Cast):
    others = [user for user in cast.everybody().values() if user is not cast.administrator]
    assert not any(grants(user, Permission.ADMINISTER) for user in others)


def test_one_acts_as_the_strongest_role_until_another_is_chosen(app, cast: Cast):
    _, police = queries.memberships_of(cast.police_and_ssp)
    with request_of(app, cast.police_and_ssp):
        assert acting.current().actor.key == "ssp"
    with request_of(app, cast.police_and_ssp, chosen=police):
        assert acting.current().actor.key == "police"
        assert acting.acting_in(db.session.get(Area, cast.lindevangen.id)).role is Role.RESPONDER


def test_the_chosen_role_counts_even_when_another_would_grant_more(app, cast: Cast):
    _, police = queries.memberships_of(cast.police_and_ssp)
    with request_of(app, cast.police_and_ssp, Permission.COORDINATE, police), pytest.raises(Forbidden):
        acting.current()


def test_a_role_without_the_right_is_refused_and_an_outsider_is_nobody(app, cast: Cast):
    with request_of(app, cast.board, Permission.READ_ROOM), pytest.raises(Forbidden):
        acting.acting_in(db.session.get(Area, cast.lindevangen.id))
    with request_of(app, cast.neighbour, Permission.READ_ROOM):
        assert acting.acting_in(db.session.get(Area, cast.lindevangen.id)) is None


@pytest.mark.parametrize("name", ["police", "police_and_ssp", "board_and_police"])
def test_police_is_about_the_person_whoever_they_act_as(app, cast: Cast, name):
    user = getattr(cast, name)
    for membership in queries.memberships_of(user):
        with request_of(app, user, chosen=membership):
            assert acting.current().police_in_area
    assert acting.police_in_area(user, cast.lindevangen)
    assert not acting.police_in_area(user, cast.skovkanten)


def test_nobody_else_counts_as_police(app, cast: Cast):
    counted = {name for name, user in cast.everybody().items() if acting.police_in_area(user, cast.lindevangen)}
    assert counted == {"police", "police_and_ssp", "board_and_police"}


def test_police_no_longer_is_police_no_longer(app, cast: Cast):
    _, police = queries.memberships_of(cast.police_and_ssp)
    operations.end(police, by=cast.administrator)
    assert not acting.police_in_area(cast.police_and_ssp, cast.lindevangen)
    with request_of(app, cast.police_and_ssp, chosen=police):
        assert acting.current().actor.key == "ssp"


def test_an_area_of_others_is_not_found(app, cast: Cast):
    assert area_or_404(cast.ssp, cast.lindevangen.public_id) is cast.lindevangen
    for user in (cast.neighbour, cast.administrator):
        with pytest.raises(NotFound):
            area_or_404(user, cast.lindevangen.public_id)


def test_the_switch_is_shown_and_takes_only_own_roles(app, cast: Cast):
    visitor = Visitor(app, cast.police_and_ssp)
    ssp, police = (m.public_id for m in queries.memberships_of(cast.police_and_ssp))
    foreign = queries.memberships_of(cast.neighbour)[0].public_id
    assert "SSP og opsøgende team, koordinator" in visitor.text("/me")
    assert f"/acting/{police}" in visitor.text("/me")
    assert visitor.post(f"/acting/{police}").location == "/"
    assert f"/acting/{ssp}" in visitor.text("/me")
    assert visitor.post(f"/acting/{foreign}").status_code == 404
    assert visitor.get(f"/acting/{police}").status_code == 405


def test_one_role_gives_no_switch(app, cast: Cast):
    assert "/acting/" not in Visitor(app, cast.ssp).text("/me")
