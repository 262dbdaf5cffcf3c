"""What may happen in a world, one move each. What a rule refuses does not happen; nobody of the police is spared."""

from collections.abc import Callable
from functools import partial
from typing import Any

import sqlalchemy as sa

from app.accounts.models import DECLARATION_VERSION
from app.areas.roles import Role
from app.broadcasts import operations as broadcasts
from app.broadcasts.states import Phase
from app.contacts.queries import police_addresses
from app.direction import operations as direction
from app.direction import queries as directed
from app.direction.models import HeardBy
from app.direction.operations import save_line
from app.direction.police_word import PoliceSaid
from app.direction.rules import Line, Part
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.indicators.dimensions import Dimension
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.measures import operations as measures
from app.measures import telling
from app.measures.models import Measure
from app.measures.rules import may_begin
from app.measures.vocabulary import Horizon, OriginKind, Status
from app.narrative import operations as narrative
from app.narrative import queries as told
from app.narrative.models import FactStatus, SharedMessage, SituationReport
from app.notices.operations import notify
from app.plans.queries import plan_for
from app.plans.tracks import (
    may_act,
    may_activate,
    may_add_fact,
    may_annul,
    may_answer_same_incident,
    may_enter_room,
    may_record_for_police,
    may_release_case,
    may_reopen,
    may_stand_down,
    may_start_exercise,
    may_write_message,
)
from app.plans.vocabulary import CallLevel, SharingLevel, Track
from app.tasks import operations as tasks
from app.tasks.models import TaskSource
from app.transitions import annul, colleague, lead, reopen, requests, same_incident, take_part
from app.transitions.activate import Activation, Alarm, activate
from app.transitions.release_case import Release, release_case
from app.transitions.stand_down import StandDown, stand_down
from tests.factories import make_membership
from tests.property.oracle import facts
from tests.property.world import World, memberships, reader_of

NOT_NOW = Reason(N_("Det kan ikke ske her."))
_ROOM_ROLES = [Role.COORDINATOR, Role.RESPONDER, Role.OBSERVER]


def insider(world: World, incident: Incident, rule: Callable[..., Any]) -> Reader:
    """Somebody whom the rule lets do it in this incident; Refused when there is nobody."""
    document, known = plan_for(world.area).document, facts(incident)
    able = [r for r in map(reader_of, memberships(world.area)) if rule(document, r.who, known)]
    if not able:
        raise Refused(NOT_NOW)
    return world.dice.choice(able)


def likely(world: World, rule: Callable[..., Any], *known: Any) -> Reader:
    """Mostly somebody who may, now and then anybody: then a rule is tried."""
    document = plan_for(world.area).document
    able = [r for r in map(reader_of, memberships(world.area)) if rule(document, r.who, *known)]
    return world.dice.choice(able) if able and world.dice.random() < 0.8 else world.some_reader()


def _may_begin(
    plan: Any, who: Any, track: Track, police_said: PoliceSaid | None = None, is_exercise: bool = False
) -> Any:
    if is_exercise:
        return may_start_exercise(plan, who, track)
    return may_record_for_police(plan, who) if police_said else may_activate(plan, who, track)


def one_of(world: World, track: Track) -> Incident:
    """An incident of this track; Refused when there is none."""
    found = [incident for incident in world.incidents if incident.track is track]
    if not found:
        raise Refused(NOT_NOW)
    return world.dice.choice(found)


def said() -> PoliceSaid:
    """By telephone, now."""
    return PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now())


# ---- beginning -------------------------------------------------------------------------------------------------------


def begin(world: World, track: Track, **more: Any) -> None:
    mark = world.mark()
    category = "shooting" if track is Track.POLICE else "youth_gathering"
    alarm = Alarm(track, category, f"Uro {mark}", how_now=mark, done_so_far=mark)
    more.setdefault("is_exercise", world.dice.random() < 0.2)
    reader = likely(world, lambda plan, who: _may_begin(plan, who, track, **more))
    new = Activation(world.area, alarm, reader, once_key=f"once-{mark}", **more)
    world.named(activate(new), mark)


def begin_b(world: World) -> None:
    begin(world, Track.NON_POLICE)


def begin_a(world: World) -> None:
    begin(world, Track.POLICE)


def record_a(world: World) -> None:
    begin(world, Track.POLICE, police_said=said(), is_exercise=False)


def ask_for_b(world: World) -> None:
    mark = world.mark()
    alarm = Alarm(Track.NON_POLICE, "rumours", f"Bed om {mark}")
    asked = requests.request_activation(world.area, alarm, world.some_reader(), f"ask-{mark}")
    world.request_marks.add(mark)
    if world.dice.random() < 0.5:
        world.named(requests.accept(asked, world.area, world.some_reader()), mark)


# ---- in the room -----------------------------------------------------------------------------------------------------


def write_in(world: World, incident: Incident) -> None:
    reader, mark = insider(world, incident, may_act), world.mark()
    level = world.dice.choice([SharingLevel.OWN_ORGANISATION, SharingLevel.PARTIES])
    entry = log.write(incident, Kind.NOTE, f"Note {mark}", by=reader.by, sharing=level)
    world.entry_marks[mark] = (entry.chain_id, entry.seq)


def know_in(world: World, incident: Incident) -> None:
    """Everything else that people write there: known by the incident's own mark."""
    mark = world.mark()
    world.named(incident, mark)
    reader = insider(world, incident, may_write_message)
    narrative.add_fact(incident, mark, FactStatus.CONFIRMED, mark, may_publish=True, by=reader.by)
    report = SituationReport(**dict.fromkeys(SituationReport.WORDS, mark))
    newest = told.latest_report(incident)
    narrative.save_report(incident, report, base=newest.number if newest else 0, by=reader.by)
    message, latest = SharedMessage(**dict.fromkeys(SharedMessage.WORDS, mark)), told.latest_message(incident)
    narrative.save_message(incident, message, base=latest.number if latest else 0, by=reader.by)
    tasks.add(incident, reader.actor, key=f"t-{mark}", source=TaskSource.ADDED, text=mark, due_at=None)
    written = broadcasts.compose(incident, reader, broadcasts.Typed(Phase.FIRST, ("residents",), mark))
    db.session.flush()
    assert written.incident_id == incident.id


def direct_in(world: World, incident: Incident) -> None:
    mark = world.mark()
    world.named(incident, mark)
    reader = insider(world, incident, may_add_fact)
    if incident.track is Track.POLICE:
        direction.give(incident, reader, direction.Typed(mark, said=said()))
        return
    newest = directed.latest_plan(incident)
    save_line(incident, reader, Line(mark[:20], Part.HANDLING, mark, None), base=newest.number if newest else 0)


def tell_in(world: World, incident: Incident) -> None:
    mark = world.mark()
    world.named(incident, mark)
    here = [p.actor for p in incident.participations if p.ended_at is None]
    if not here:
        raise Refused(NOT_NOW)
    notify(
        world.dice.choice(here), marked(incident, mark), about=f"incident:{incident.public_id}", key=mark, send=True,
        without_police=incident.track is Track.NON_POLICE, is_exercise=incident.is_exercise,
    )  # fmt: skip


def measure_in(world: World, incident: Incident) -> None:
    """When it is over, something comes of it, as secret as it is itself; sometimes done at once, or its link goes."""
    if incident.is_open and not incident.is_exercise:
        heard = said() if incident.track is Track.POLICE else None
        by_whom = insider(world, incident, partial(may_stand_down, on_behalf=heard is not None))
        stand_down(incident, by_whom, StandDown((), move_tasks=True, police_said=heard))
    reader, mark = insider(world, incident, lambda plan, who, known: may_begin(who, known)), world.mark()
    owner = world.dice.choice(measures.owners(world.area, incident))
    today = clock.local(clock.now()).date()
    words = measures.Words(mark, mark, mark, Dimension.COHESION, Horizon.BRIDGE, owner, today)
    origin = measures.Origin(OriginKind.INCIDENT, incident.public_id, incident)
    made = measures.create(world.area, words, origin, by=reader.by)
    world.named(incident, mark)
    telling.of_deadline(made, "due")
    if world.dice.random() < 0.3:
        measures.close(made, Status.DONE, mark, by=reader.by)
    if world.dice.random() < 0.2:
        measures.let_go_of(incident)


def publish_from(world: World, incident: Incident) -> None:
    """What came of it is shown to all in the area, in words of its own."""
    measure_in(world, incident)
    for made in db.session.scalars(sa.select(Measure).where(Measure.incident_id == incident.id)).all():
        if not made.is_published:
            public = world.mark()
            measures.publish(made, measures.Open(public, public, public, public), by=world.some_reader().by)
            world.public_marks.add(public)
            world.named(incident, public)  # its log says what was published


def take_lead_in(world: World, incident: Incident) -> None:
    lead.take_over_lead(incident, world.some_reader(), "De svarer ikke")


def take_one_more_into(world: World, incident: Incident) -> None:
    actor = world.dice.choice(list(world.actors.values()))
    take_part.add_actor(incident, actor, world.dice.choice(list(CallLevel)), reader=world.some_reader())


def join_into(world: World, incident: Incident) -> None:
    take_part.join(incident, world.some_reader())


def let_in_to(world: World, incident: Incident) -> None:
    phone = f"+4540{world.seed:03d}{len(world.done):03d}"
    assert phone not in police_addresses(world.area)
    held = colleague.let_in(incident, insider(world, incident, may_enter_room_), "Vibe Vikar", phone, "/{pass}")
    held.used_at = clock.now()
    held.user.declaration_version, held.user.declaration_at = DECLARATION_VERSION, clock.now()


def end_in(world: World, incident: Incident) -> None:
    what = world.dice.choice(["down", "false", "again"])
    rule = {"down": may_stand_down, "false": may_annul, "again": may_reopen}[what]
    reader = likely(world, rule, facts(incident))
    if what == "down":
        heard = said() if incident.track is Track.POLICE and world.dice.random() < 0.5 else None
        stand_down(incident, reader, StandDown((), move_tasks=True, police_said=heard))
    elif what == "false":
        annul.annul(incident, reader, "Fejl")
    else:
        reopen.reopen(incident, reader, "Det begynder igen")


def answer_in(world: World, incident: Incident, *, nothing_along: bool = False) -> None:
    open_ = same_incident.questions_of(incident)
    if not open_:
        raise Refused(NOT_NOW)
    question = world.dice.choice(open_)
    reader = likely(world, may_answer_same_incident, facts(incident))
    if world.dice.random() < 0.4:
        same_incident.answer_no(question, reader)
        return
    along = same_incident.Along()
    if not nothing_along:
        summary = world.mark()
        along = same_incident.Along(
            tasks=tuple(same_incident.may_go_along(question)[:1]), texts=tuple(same_incident.texts_for(question)[:1]),
            told=("residents",), summary=summary,
        )  # fmt: skip
        case = question.police_case
        same_incident.answer_yes(question, reader, along)
        # What was ticked has become the case's own words.
        for mark in world.marks_in(incident):
            if any(mark in one.text for one in (*along.tasks, *along.texts)):
                world.marks[mark].add(case.id)
        world.named(case, summary)
        return
    same_incident.answer_yes(question, reader, along)


def let_go_of(world: World, incident: Incident) -> None:
    heard = said() if world.dice.random() < 0.5 else None
    accepting = world.actors[world.dice.choice(["ssp", "helhedsplan", "youth_club"])]
    may = partial(may_release_case, on_behalf=heard is not None)
    opened = release_case(incident, likely(world, may, facts(incident)), Release(accepting, police_said=heard))
    for mark in world.marks_in(incident):  # what they could read goes on with them
        world.named(opened, mark)


# ---- people ----------------------------------------------------------------------------------------------------------


def end_a_membership(world: World) -> None:
    held = world.dice.choice(memberships(world.area))
    held.ended_at = clock.now()
    held.user.session_epoch += 1


def become_police(world: World) -> None:
    user = world.dice.choice([held.user for held in memberships(world.area)])
    if any(held.user_id == user.id and held.actor.is_police for held in memberships(world.area)):
        raise Refused(NOT_NOW)
    make_membership(user, world.actors["police"], world.dice.choice(_ROOM_ROLES))


# ---- which may happen when -------------------------------------------------------------------------------------------


def anywhere(move: Callable[[World, Incident], None]) -> Callable[[World], None]:
    """In any incident."""
    return _as(move, lambda world: world.some_incident())


def in_a_b(move: Callable[[World, Incident], None]) -> Callable[[World], None]:
    """In one that is no politisag."""
    return _as(move, lambda world: one_of(world, Track.NON_POLICE))


def in_an_a(move: Callable[[World, Incident], None]) -> Callable[[World], None]:
    """In a politisag."""
    return _as(move, lambda world: one_of(world, Track.POLICE))


def _as(move: Callable[[World, Incident], None], where: Callable[[World], Incident]) -> Callable[[World], None]:
    def moved(world: World) -> None:
        move(world, where(world))

    moved.__name__ = move.__name__
    return moved


def answer_taking_nothing_along(world: World, incident: Incident) -> None:
    """Even a yes changes nothing for the police, when nothing was ticked."""
    answer_in(world, incident, nothing_along=True)


def may_enter_room_(plan: object, who: Any, known: Any) -> Any:
    """The rule with the arguments that the others take."""
    return may_enter_room(who, known)


_INSIDE = (write_in, know_in, direct_in, tell_in, take_lead_in, take_one_more_into, join_into, let_in_to, end_in)
BEGINNING = [begin_b, begin_a, begin_b]
EVERYTHING = [
    begin_b, begin_a, begin_a, record_a, ask_for_b, end_a_membership, become_police,
    *(anywhere(move) for move in (*_INSIDE, *_INSIDE)),
    *(in_a_b(answer_in),) * 4, *(in_an_a(let_go_of),) * 3,
]  # fmt: skip
AFTERWARDS = [anywhere(measure_in), anywhere(measure_in), anywhere(publish_from)]
ONLY_B = [
    begin_b, begin_b, ask_for_b, in_a_b(measure_in), in_a_b(measure_in),
    *(in_a_b(move) for move in (*_INSIDE, *_INSIDE, answer_taking_nothing_along)),
]  # fmt: skip
