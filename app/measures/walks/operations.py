"""Verbs of walks: plan, hold, call off; note what was found, answer it, and let it be read outside."""

from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.operations import record
from app.areas.by import By
from app.areas.models import Actor, Area, Place
from app.errors import Refused
from app.extensions import db
from app.indicators.dimensions import Dimension
from app.lib import clock
from app.lib.i18n import N_, Reason, kept
from app.measures.walks import rules
from app.measures.walks.models import Finding, Walk
from app.measures.walks.vocabulary import FINDING_KIND_LABELS, FindingKind, FindingState, Verdict, WalkState
from app.notices.operations import forget, notify

CALLED_OFF = Reason(N_("Vandringen er aflyst. Planlæg en ny, hvis I går alligevel."))


@dataclass(frozen=True)
class Planned:
    """What is said of a walk."""

    title: str
    purpose: str
    dimension: Dimension
    starts_at: datetime
    route: str
    participants: dict[str, int]
    decides: bool


@dataclass(frozen=True)
class Noted:
    """What somebody pointed at."""

    place: Place | None
    where: str
    kind: FindingKind
    verdict: Verdict
    note: str = ""
    responsible: Actor | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a finding, and who sees to it until when."""

    state: FindingState
    words: str
    responsible: Actor | None
    due_on: date | None


def plan(area: Area, planned: Planned, *, by: By) -> Walk:
    """A walk to come; or one that was, written down afterwards."""
    walk = Walk(
        area_id=area.id, planned_at=clock.now(), planned_by_id=by.user.id, planned_as_id=by.actor.id, **vars(planned)
    )
    db.session.add(walk)
    db.session.flush()
    return walk


def change(walk: Walk, planned: Planned) -> None:
    """Another time, route or company."""
    _held(walk)
    _refuse_called_off(walk)
    for name, value in vars(planned).items():
        setattr(walk, name, value)
    walk.version += 1


def hold(walk: Walk, participants: dict[str, int], *, decides: bool) -> None:
    """The walk is over: who came. What was found is followed up from here on; more may still be noted."""
    _held(walk)
    _refuse_called_off(walk)
    walk.state, walk.participants, walk.decides = WalkState.HELD, participants, decides
    walk.held_at = walk.held_at or clock.now()
    walk.version += 1


def call_off(walk: Walk) -> None:
    """It comes to nothing. One that was held, or on which something was noted, was walked."""
    _held(walk)
    if walk.state is WalkState.HELD or walk.findings:
        raise Refused(Reason(N_("Der er skrevet fund på vandringen. Afslut den i stedet.")))
    walk.state = WalkState.CALLED_OFF
    walk.version += 1


def note(walk: Walk, noted: Noted, *, by: By) -> Finding:
    """A finding. Also when the walk has been closed meanwhile: it may have waited on a phone without a net."""
    _held(walk)
    _refuse_called_off(walk)
    finding = Finding(
        walk_id=walk.id, place=noted.place, where=noted.where, kind=noted.kind, verdict=noted.verdict,
        note=noted.note, responsible=noted.responsible, due_on=noted.due_on, state=rules.state_at_birth(noted.verdict),
        recorded_at=clock.now(), recorded_by_id=by.user.id, recorded_as_id=by.actor.id,
    )  # fmt: skip
    db.session.add(finding)
    db.session.flush()
    _tell_responsible(finding, by)
    return finding


def answer(finding: Finding, said: Answer, *, by: By) -> None:
    """Open again, done, or not possible; the words are owed to those who pointed at it."""
    _held(finding)
    if not rules.may_become(finding.verdict, said.state):
        raise Refused(Reason(N_("Et godt sted bliver kun noteret.")))
    if rules.needs_words(said.state) and not said.words:
        raise Refused(Reason(N_("Skriv, hvad der er gjort, eller hvorfor det ikke kan lade sig gøre.")))
    finding.state, finding.answer = said.state, said.words
    finding.responsible, finding.due_on = said.responsible, said.due_on
    finding.settled_at = clock.now() if rules.needs_words(said.state) else None
    finding.version += 1
    if finding.settled_at:
        forget(about_of(finding))
    _tell_responsible(finding, by)


def publish(finding: Finding, said: str, did: str, *, by: By) -> None:
    """From now on everybody may read exactly these words, and no others, on the area's public page."""
    _held(finding)
    now, who = clock.now(), by.user.id  # read first: words and moment go into the database together
    finding.published_said, finding.published_did, finding.published_at, finding.published_by_id = said, did, now, who
    finding.version += 1
    _recorded("finding_published", N_("%(who)s offentliggjorde et fund fra en tryghedsvandring."), finding, by)


def take_back(finding: Finding, *, by: By) -> None:
    """No longer on the public page. Who has read it has read it."""
    _held(finding)
    if finding.published_at is None:
        return
    finding.published_said, finding.published_did, finding.published_at, finding.published_by_id = None, "", None, None
    finding.version += 1
    _recorded("finding_taken_back", N_("%(who)s tog et fund af den offentlige side."), finding, by)


def remind(finding: Finding) -> None:
    """The deadline has passed: told once for each deadline."""
    if finding.responsible is None or finding.due_on is None:
        return
    text = kept("Fristen er overskredet: %(kind)s, %(where)s. Fra tryghedsvandringen.", **_about(finding))
    key = f"finding-late:{finding.id}:{finding.responsible.id}:{finding.due_on}"
    notify(finding.responsible, text, about=about_of(finding), key=key, without_police=False, send=True)


def about_of(finding: Finding) -> str:
    """What notices of it are about."""
    return f"finding:{finding.public_id}"


def _tell_responsible(finding: Finding, by: By) -> None:
    actor = finding.responsible
    if not finding.is_open or actor is None or actor == by.actor:
        return
    text = kept("I er ansvarlige for et fund fra tryghedsvandringen: %(kind)s, %(where)s.", **_about(finding))
    notify(actor, text, about=about_of(finding), key=f"finding:{finding.id}:{actor.id}", without_police=False)


def _about(finding: Finding) -> dict[str, str]:
    return {"kind": FINDING_KIND_LABELS[finding.kind], "where": finding.at}


def _recorded(kind: str, text: str, finding: Finding, by: By) -> None:
    said = Reason(text, {"who": by.user.name}).in_danish()
    record(kind, said, by=by.user, area_id=finding.walk.area_id, finding=finding.public_id)


def _held(row: Walk | Finding) -> None:
    # Two of them happen one after the other.
    db.session.refresh(row, with_for_update={"of": type(row)})


def _refuse_called_off(walk: Walk) -> None:
    if walk.state is WalkState.CALLED_OFF:
        raise Refused(CALLED_OFF)
