"""Everything that the police may do, recorded for them: in force at once, not confirmed, confirmed, or denied."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.accounts.models import User
from app.broadcasts import operations as broadcasts
from app.broadcasts import queries as texts
from app.broadcasts import told
from app.broadcasts.states import BroadcastState
from app.contacts.models import Contact
from app.direction import operations as direction
from app.direction import queries as directed
from app.direction.models import ActState, PoliceAct, PoliceActKind
from app.direction.operations import Typed
from app.errors import Refused
from app.extensions import db
from app.incidents.models import Incident
from app.messaging.states import DeliveryState
from app.narrative import queries as narrative
from app.plans.vocabulary import IncidentStatus, Track
from app.transitions import police_acts
from app.transitions.release_case import Release, release_case
from app.transitions.stand_down import StandDown, stand_down
from tests.broadcasts.making import add_audiences, awaiting, deliveries, police_case, said
from tests.narrative.making import make_message
from tests.scene import Scene

KIND = PoliceActKind


@dataclass
class Play:
    """A politisag with a shared message; `told` records what the police said."""

    scene: Scene
    case: Incident

    @property
    def told(self):
        return self.scene.reader(self.scene.cast.helhedsplan)

    def is_in_force(self, number: int) -> bool:
        return directed.instruction(self.case, number).is_in_force


def activation(play: Play) -> Callable[[], bool]:
    cast = play.scene.cast
    case = play.scene.activate(cast.helhedsplan, Track.POLICE, category="shooting", police_said=said())
    play.case = case
    return lambda: case.status is IncidentStatus.ACTIVE


def instruction(play: Play) -> Callable[[], bool]:
    direction.give(play.case, play.told, Typed("Bliv væk", said=said()))
    return lambda: play.is_in_force(1)


def instruction_end(play: Play) -> Callable[[], bool]:
    given = direction.give(play.case, play.scene.reader(play.scene.cast.police), Typed("Bliv væk"))
    direction.withdraw(given, play.told, "Ikke mere", said=said())
    return lambda: not play.is_in_force(1)


def release(play: Play) -> Callable[[], bool]:
    make_message(play.scene, play.case)
    text = awaiting(play.scene, play.case, play.scene.cast.helhedsplan)
    broadcasts.release(text, play.told, version=1, said=said())
    return lambda: text.state is BroadcastState.UNDER_WAY and {d.state for d in deliveries(text)} == {
        DeliveryState.QUEUED
    }  # fmt: skip


def standing_release(play: Play) -> Callable[[], bool]:
    broadcasts.let_free(play.case, play.told, ["residents"], said())
    return lambda: [one.audience_key for one in texts.free_audiences(play.case)] == ["residents"]


def engagement(play: Play) -> Callable[[], bool]:
    contact = db.session.query(Contact).filter_by(name="Anna").one()
    broadcasts.engage(play.case, play.told, "residents", contact, "Gå en tur", keep_away="Torvet", said=said())
    return lambda: len(told.engagements_of(play.case)) == 1


def acknowledgement(play: Play) -> Callable[[], bool]:
    message = make_message(play.scene, play.case)
    direction.acknowledge_for_police(message, play.told, said())
    return lambda: "police" in [one.actor.key for one in narrative.acknowledgements_of(message)]


def glimpse_closed(play: Play) -> Callable[[], bool]:
    direction.turn_glimpse(play.case, play.told, said(), is_closed=True)
    return lambda: play.case.glimpse_closed


def glimpse_opened(play: Play) -> Callable[[], bool]:
    direction.turn_glimpse(play.case, play.scene.reader(play.scene.cast.police), None, is_closed=True)
    direction.turn_glimpse(play.case, play.told, said(), is_closed=False)
    return lambda: not play.case.glimpse_closed


def stand_it_down(play: Play) -> Callable[[], bool]:
    stand_down(play.case, play.told, StandDown((), move_tasks=True, police_said=said()))
    return lambda: play.case.status is IncidentStatus.STOOD_DOWN


def case_release(play: Play) -> Callable[[], bool]:
    release_case(play.case, play.told, Release(play.scene.cast.actors["helhedsplan"], police_said=said()))
    return lambda: play.case.status is IncidentStatus.RELEASED


ACTS = {
    KIND.ACTIVATION: activation, KIND.INSTRUCTION: instruction, KIND.INSTRUCTION_END: instruction_end,
    KIND.RELEASE: release, KIND.STANDING_RELEASE: standing_release, KIND.ENGAGEMENT: engagement,
    KIND.ACKNOWLEDGEMENT: acknowledgement, KIND.GLIMPSE_CLOSED: glimpse_closed, KIND.GLIMPSE_OPENED: glimpse_opened,
    KIND.STAND_DOWN: stand_it_down, KIND.CASE_RELEASE: case_release,
}  # fmt: skip


@pytest.fixture
def play(scene: Scene) -> Play:
    """Audiences, and a politisag that the police began themselves."""
    add_audiences(scene)
    return Play(scene, police_case(scene))


def recorded(play: Play, kind: PoliceActKind) -> tuple[PoliceAct, Callable[[], bool]]:
    """The act, and whether what it did holds."""
    holds = ACTS[kind](play)
    db.session.commit()
    return next(act for act in directed.acts_of(play.case) if act.kind is kind), holds


def test_every_kind_of_act_is_walked() -> None:
    assert ACTS.keys() == set(KIND)


@pytest.mark.parametrize("kind", KIND)
def test_it_holds_at_once_is_not_confirmed_and_a_denial_undoes_it(play: Play, kind: PoliceActKind) -> None:
    act, holds = recorded(play, kind)
    assert holds() and act.state is ActState.UNCONFIRMED
    with pytest.raises(Refused, match="En anden end den, der skrev det"):
        police_acts.confirm(act, play.told, "Mig selv", by_call_back=False)
    db.session.rollback()
    police_acts.deny(act, play.scene.reader(play.scene.cast.police), "Nej, ikke os")
    db.session.commit()
    assert act.state is ActState.DENIED and not holds()
    with pytest.raises(Refused, match="allerede afgjort"):
        police_acts.confirm(act, play.scene.reader(play.scene.cast.ssp), "Jo", by_call_back=False)


@pytest.mark.parametrize("kind", KIND)
def test_a_second_person_confirms_and_it_holds_on(play: Play, kind: PoliceActKind) -> None:
    act, holds = recorded(play, kind)
    police_acts.confirm(act, play.scene.reader(play.scene.cast.ssp_responder), "Vagtchefen", by_call_back=False)
    db.session.commit()
    assert act.state is ActState.CONFIRMED and holds()


@pytest.mark.parametrize("who", ["helhedsplan", "police"])
def test_a_call_back_or_the_police_themselves_confirm(play: Play, who: str) -> None:
    act, _ = recorded(play, KIND.INSTRUCTION)
    user: User = getattr(play.scene.cast, who)
    police_acts.confirm(act, play.scene.reader(user), "Vagtchefen", by_call_back=who == "helhedsplan")
    assert act.state is ActState.CONFIRMED


def test_the_police_are_not_asked_twice_for_the_same_version(play: Play) -> None:
    message = make_message(play.scene, play.case)
    direction.acknowledge_for_police(message, play.told, said())
    with pytest.raises(Refused, match="allerede kvitteret"):
        direction.acknowledge_for_police(message, play.told, said())
    db.session.rollback()
    make_message(play.scene, play.case)
    with pytest.raises(Refused, match="nyere version"):
        direction.acknowledge_for_police(message, play.told, said())
