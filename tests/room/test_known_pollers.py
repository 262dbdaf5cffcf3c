"""A poll knows its reader again without asking, and answers as the page does once anything about them changes."""

from collections.abc import Callable

import sqlalchemy as sa

from app.areas.models import Actor, Membership, OrganisationKind
from app.areas.operations import end
from app.areas.roles import Role
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from tests.factories import make_membership
from tests.room.incident_forms import at as address
from tests.room.test_room_speed import questions
from tests.scene import Scene

Change = Callable[[], object]


def changes(scene: Scene, incident: Incident) -> dict[str, tuple[Change, Change]]:
    """What ends the way of somebody of the youth club into the incident, and what opens it again."""
    cast, user = scene.cast, scene.cast.youth_club
    actor: Actor = cast.actors["youth_club"]
    party = next(p for p in incident.participations if p.actor_id == actor.id)

    def held(of: Actor = actor) -> Membership:
        return db.session.scalars(sa.select(Membership).filter_by(user=user, actor=of, ended_at=None)).one()

    def put(row: object, name: str, before: object, after: object) -> tuple[Change, Change]:
        return lambda: setattr(row, name, after), lambda: setattr(row, name, before)

    police, kind = cast.actors["police"], actor.organisation.kind
    return {
        "deactivated": put(user, "is_deactivated", False, True),
        "signed out everywhere": put(user, "session_epoch", user.session_epoch, user.session_epoch + 1),
        "an administrator": put(user, "is_administrator", False, True),
        "past the last day": put(user, "expires_at", None, clock.now()),
        "on the board": put(held(), "role", Role.COORDINATOR, Role.BOARD_MEMBER),
        "no longer of the party": (
            lambda: end(held(), by=cast.administrator), lambda: make_membership(user, actor, Role.COORDINATOR)
        ),
        "of the police too": (
            lambda: make_membership(user, police, Role.RESPONDER), lambda: end(held(police), by=cast.administrator)
        ),
        "the party is the police's": put(actor.organisation, "kind", kind, OrganisationKind.POLICE),
        "the party was never in it": put(party, "actor_id", actor.id, cast.actors["board"].id),
    }  # fmt: skip


def test_whoever_may_not_read_the_room_any_more_is_told_by_the_next_poll(app, scene: Scene, at) -> None:
    incident = scene.activate(scene.cast.ssp)
    live = address(incident, "/live")
    for what, (change, back) in changes(scene, incident).items():
        visitor = at(scene.cast.youth_club)
        assert len(questions(app, visitor, live)) == 1, "the reader is known again"
        change()
        db.session.commit()
        page, poll = (visitor.get(path).status_code for path in (address(incident), live))
        assert (poll, page) == (page, page) and page != 200, f"{what}: the poll says {poll}, the page {page}"
        back()
        db.session.commit()
    assert at(scene.cast.youth_club).get(live).status_code == 200


def test_everybody_is_answered_the_second_time_as_the_first(scene: Scene, at) -> None:
    live = address(scene.activate(scene.cast.ssp), "/live")
    may = set()
    for name, user in scene.cast.everybody().items():
        visitor = at(user)
        first, second = visitor.get(live), visitor.get(live)
        assert first.status_code == second.status_code, name
        assert first.get_json(silent=True) == second.get_json(silent=True), name
        may |= {name} if first.status_code == 200 else set()
    assert may == {"ssp", "ssp_responder", "ssp_observer", "youth_club", "families", "helhedsplan"}
