"""The response report of an exercise: who answered in what time by which channel, who did not, step by step."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.callout.models import ANSWERED, Call, Callout, CalloutState, CalloutStep
from app.callout.queries import callouts_of
from app.exercises.rules import Answer, Asked, Verdict, minutes
from app.extensions import db
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib.i18n import N_, _

STEPS = {0: N_("vagthavende"), 1: N_("stedfortræder"), 2: N_("alle"), 3: N_("ingen flere at spørge")}
LAST = 3


@dataclass(frozen=True)
class Report:
    """Parties in the order in which they joined; `targets` are the plan's, in minutes."""

    answers: list[Answer]
    first_target: timedelta
    last_target: timedelta

    @property
    def called(self) -> list[Answer]:
        return [one for one in self.answers if one.is_called]

    @property
    def answered(self) -> list[Answer]:
        return [one for one in self.called if one.took is not None]


def report_of(incident: Incident) -> Report:
    """As it stands now; the same figures on screen and on paper."""
    chain = document_of(incident).chain
    target = timedelta(minutes=chain.all_after_minutes)
    rounds: dict[int, list[Callout]] = defaultdict(list)
    for one in callouts_of(incident):
        rounds[one.actor_id].append(one)
    calls = _calls([one.id for some in rounds.values() for one in some])
    answers = [_answer(some, target, calls, is_over=not incident.is_open) for some in rounds.values()]
    return Report(answers, timedelta(minutes=chain.deputy_after_minutes), target)


def said_of(answer: Answer) -> str:
    """One party in a sentence."""
    if answer.verdict is Verdict.NOT_ASKED:
        return _("Ikke kaldt: fik besked, eller skulle ikke kaldes")
    if answer.took is None:
        return _("Har ikke svaret") if answer.verdict is Verdict.SILENT else _("Har ikke svaret endnu")
    step = answer.answered_in
    parts = [_("Svarede %(after)s", after=str(minutes(answer.took))), answer.how]
    if step is not None and step.number < LAST:
        parts.append(_("da der var spurgt: %(step)s", step=_(STEPS[step.number])))
    late = _("senere end planens mål") if answer.verdict is Verdict.LATE else ""
    return ", ".join(filter(None, [*parts, late]))


def said_of_step(step: Asked) -> str:
    """`stedfortræder: ssp B. Kunne ikke: ssp A`."""
    asked = ", ".join(step.people) or (_("ingen") if step.number < LAST else "")
    said = f"{_(STEPS[step.number]).capitalize()}{': ' + asked if asked else ''}"
    return said + (". " + _("Kunne ikke: %(who)s", who=", ".join(step.declined)) if step.declined else "")


def in_short(report: Report) -> str:
    """`2 af 3 kaldte parter har svaret. Planens mål: den første inden 3 min, alle inden 6 min.`"""
    called, answered = len(report.called), len(report.answered)
    targets = _(
        "Planens mål: den første inden %(first)s min, alle inden %(last)s min.",
        first=report.first_target // timedelta(minutes=1), last=report.last_target // timedelta(minutes=1),
    )  # fmt: skip
    if not called:
        return _("Ingen blev kaldt i denne øvelse.")
    return _("%(n)s af %(all)s kaldte parter har svaret.", n=answered, all=called) + " " + targets


def _answer(rounds: list[Callout], target: timedelta, calls: dict[int, list[Call]], *, is_over: bool) -> Answer:
    first, newest = rounds[0], rounds[-1]
    called = [one for one in rounds if one.steps]
    answered = next((one for one in rounds if one.answered_at is not None), None)
    steps = tuple(_asked(step, step.taken_at, calls) for one in called for step in one.steps if step.taken_at)
    return Answer(
        first.actor.name, first.started_at, target, bool(called), is_over or newest.state is CalloutState.EXHAUSTED,
        answered.answered_at if answered else None,
        _(ANSWERED[answered.answered_how]) if answered and answered.answered_how else "",
        steps=steps,
    )  # fmt: skip


def _asked(step: CalloutStep, at: datetime, calls: dict[int, list[Call]]) -> Asked:
    asked = calls.get(step.id, [])
    people, declined = ([c.contact.called for c in some] for some in (asked, [c for c in asked if c.declined_at]))
    return Asked(step.number, at, tuple(people), tuple(declined))


def _calls(callouts: list[int]) -> dict[int, list[Call]]:
    found: dict[int, list[Call]] = defaultdict(list)
    for call in db.session.scalars(sa.select(Call).where(Call.callout_id.in_(callouts)).order_by(Call.id)):
        found[call.step_id].append(call)
    return found
