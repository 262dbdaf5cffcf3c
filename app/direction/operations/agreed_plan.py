"""Versions of the agreed plan, its lines as tasks, and where each party stands. All under the incident's lock."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.areas.models import Actor
from app.direction import queries
from app.direction.models import AGREED_HOW, AgreedHow, AgreedPlan, Stance
from app.direction.operations import plan_tasks
from app.direction.rules import PARTS, Change, ChangeKind, Line, changes, with_line, without
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.queries import actors_by_key
from app.incidents.ruling import demand
from app.incidents.texts import marked
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.notices.operations import notify
from app.plans.tracks import Ruling, may_propose_plan_line, may_record_stance, may_take_stance


class MadeMeanwhile(Refused):
    """Somebody made a version after the one this began from; `newest` is theirs."""

    def __init__(self, newest: AgreedPlan) -> None:
        text = N_("%(who)s har ændret planen imens. Den er nu version %(n)s. Læs den, og prøv igen.")
        super().__init__(Reason(text, {"who": newest.made_as.name, "n": newest.number}))
        self.newest = newest


@dataclass(frozen=True)
class Said:
    """Where a party stands and how it said so. `said_by` is who of them, when somebody else writes it."""

    agrees: bool
    reason: str = ""
    how: AgreedHow = AgreedHow.APP
    said_by: str = ""
    not_cpr: bool = False


def save_line(incident: Incident, reader: Reader, line: Line, *, base: int, not_cpr: bool = False) -> AgreedPlan:
    """The version after number `base` (0: the first) with this line, new or changed. Raises MadeMeanwhile."""
    incident = _held(incident, reader, may_propose_plan_line)
    newest = _newest(incident, base)
    return _next_version(incident, reader, newest, with_line(newest.lines if newest else (), line), "", not_cpr)


def remove_line(
    incident: Incident, reader: Reader, key: str, why: str, *, base: int, not_cpr: bool = False
) -> AgreedPlan:
    """The version after number `base` without the line; its task is no longer relevant. Raises MadeMeanwhile."""
    incident = _held(incident, reader, may_propose_plan_line)
    newest = _newest(incident, base)
    if newest is None or all(line.key != key for line in newest.lines):
        raise Refused(Reason(N_("Punktet er allerede taget ud.")))
    return _next_version(incident, reader, newest, without(newest.lines, key), why, not_cpr)


def take_stance(plan: AgreedPlan, reader: Reader, said: Said) -> Stance:
    """The reader's party agrees or disagrees. Raises Refused when a newer version has come."""
    incident = _held(plan.incident, reader, may_take_stance)
    return _stand(incident, plan, reader.actor, reader, said)


def record_stance(plan: AgreedPlan, reader: Reader, actor: Actor, said: Said) -> Stance:
    """What another party said by phone or mail."""
    incident = _held(plan.incident, reader, may_record_stance, actor.key)
    return _stand(incident, plan, actor, reader, said)


def _held(incident: Incident, reader: Reader, rule: Callable[..., Ruling], *more: str) -> Incident:
    incident = locked(incident)
    demand(rule(document_of(incident), reader.who, queries.full_facts(incident), *more), incident.area)
    return incident


def _newest(incident: Incident, base: int) -> AgreedPlan | None:
    newest = queries.latest_plan(incident)
    if newest is not None and newest.number != base:
        raise MadeMeanwhile(newest)
    return newest


def _next_version(
    incident: Incident, reader: Reader, before: AgreedPlan | None, lines: tuple[Line, ...], why: str, not_cpr: bool
) -> AgreedPlan:
    plan = AgreedPlan(
        incident=incident, number=before.number + 1 if before else 1, written=[line.as_json() for line in lines],
        made_at=clock.now(), made_by_id=reader.user.id, made_as=reader.actor,
    )  # fmt: skip
    own = Stance(actor=reader.actor, agrees=True, how=AgreedHow.APP, recorded_by_id=reader.user.id,
                 recorded_as=reader.actor, at=clock.now())  # fmt: skip
    plan.stances = [own]
    db.session.add(plan)
    db.session.flush()
    changed = changes(before.lines if before else (), lines)
    actors = actors_by_key(incident.area)
    log.write(
        incident, Kind.AGREEMENT, f"Aftalt plan v{plan.number}. " + " ".join(_said(c, actors, why) for c in changed),
        by=reader.by, data={"agreed_plan": plan.number}, not_cpr=not_cpr,
    )  # fmt: skip
    plan_tasks.follow(incident, plan, changed, actors, by=reader.by, why=why, not_cpr=not_cpr)
    if before is None:
        _ask(incident, reader)
    log.changed(incident, "direction", "state")
    return plan


def _said(change: Change, actors: dict[str, Actor], why: str) -> str:
    part, now = PARTS[change.line.part], _in_words(change.line, actors)
    if change.kind is ChangeKind.ADDED:
        return f"{part}, nyt: {now}."
    if change.kind is ChangeKind.REMOVED:
        return f"{part}, taget ud: {now}. Grund: {why}"
    return f"{part}, ændret: {now}. Før: {_in_words(change.before or change.line, actors)}."


def _in_words(line: Line, actors: dict[str, Actor]) -> str:
    who = actors[line.actor_key].name if line.actor_key in actors else ""
    until = f"senest {clock.local(line.due_at):%d.%m. kl. %H.%M}" if line.due_at else ""
    more = ", ".join(word for word in (who, until) if word)
    return f"{line.text.rstrip('.')} ({more})" if more else line.text.rstrip(".")


def _ask(incident: Incident, reader: Reader) -> None:
    text = f"{reader.actor.name} har lagt en plan for {incident.what[:150]}. Sig i rummet, om I er enige."
    others = (p.actor for p in incident.participations if p.ended_at is None and p.actor_id != reader.actor.id)
    tell(incident, others, text, "agreed-plan")


def tell(incident: Incident, actors: Iterable[Actor], text: str, key: str) -> None:
    """On the front page and by text, hidden from the police; once for each key."""
    for actor in actors:
        notify(
            actor, marked(incident, text)[:500], about=f"incident:{incident.public_id}",
            key=f"{key}:{incident.id}:{actor.id}", without_police=True, send=True,
            is_exercise=incident.is_exercise, group=f"incident:{incident.id}",
        )  # fmt: skip


def _stand(incident: Incident, plan: AgreedPlan, actor: Actor, reader: Reader, said: Said) -> Stance:
    newest = queries.latest_plan(incident)
    if newest is None or newest.id != plan.id:
        text = N_("Planen er ændret imens. Den er nu version %(n)s. Læs den, og svar på den.")
        raise Refused(Reason(text, {"n": newest.number if newest else 0}))
    db.session.refresh(plan)
    stance = next((s for s in plan.stances if s.actor_id == actor.id), None)
    if stance is not None and (stance.agrees, stance.reason, stance.how) == (said.agrees, said.reason, said.how):
        return stance
    told = {
        "agrees": said.agrees, "reason": said.reason, "how": said.how, "said_by": said.said_by, "at": clock.now(),
        "recorded_by_id": reader.user.id, "recorded_as": reader.actor,
    }  # fmt: skip
    if stance is None:
        stance = Stance(actor=actor, **told)
        plan.stances.append(stance)
    for name, value in told.items():
        setattr(stance, name, value)
    db.session.flush()
    _log_stance(incident, plan, actor, reader, said)
    return stance


def _log_stance(incident: Incident, plan: AgreedPlan, actor: Actor, reader: Reader, said: Said) -> None:
    is_own = actor.id == reader.actor.id
    words = "er enig i" if said.agrees else "er uenig i"
    reason = f": {said.reason}" if said.reason else ""
    text = f"{actor.name} {words} aftalt plan v{plan.number}{reason}"
    who = actor.name if actor.is_civil else f"{actor.name} v/ {said.said_by}"  # a volunteer stays unnamed
    behalf = None if is_own else f"{who}, {AGREED_HOW[said.how]}"
    entry = log.write(incident, Kind.AGREEMENT, text, by=reader.by, on_behalf_of=behalf, not_cpr=said.not_cpr)
    if not said.agrees and incident.leader_actor_id != reader.actor.id:
        tell(incident, [incident.leader], text, f"disagrees:{entry.seq}")
    log.changed(incident, "direction")
