"""When what happened, measured from the activation against the plan's targets."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app.lib.i18n import N_
from app.reviews.rules.criteria import Criterion
from app.reviews.rules.evidence import Evidence, Version
from app.reviews.rules.figures import Figure, State, hour, length, refs


def timeliness(known: Evidence) -> Iterator[Figure]:
    """From the first call to the after-message."""
    yield from _calls(known)
    first = min(known.reports, key=lambda report: report.at, default=None)
    if first is not None or known.targets.first_report is not None:
        yield _reached(
            known, N_("Første situationsbillede"), {}, first.at if first else None, known.targets.first_report,
            first.ref if first else None,
        )  # fmt: skip
    for audience in known.audiences:
        if not audience.not_relevant:
            label, named = N_("Besked til %(who)s"), {"who": audience.label}
            yield _reached(known, label, named, audience.first_at, audience.target, audience.ref)
    yield from _ending(known)
    yield from _tasks(known)
    yield from _promises(known)


def _calls(known: Evidence) -> Iterator[Figure]:
    if not known.called or known.is_afterwards:
        return
    handed = [call for call in known.called if call.handed_over_at is not None]
    if handed:
        first = min(handed, key=lambda call: call.handed_over_at or known.activated_at)
        yield _reached(known, N_("Første tilkald afsendt"), {}, first.handed_over_at, None, first.handed_over_ref)
    answered = sorted(
        (call for call in known.called if call.answered_at is not None), key=lambda c: c.answered_at or c.party
    )
    targets = known.targets
    first_at = answered[0].answered_at if answered else None
    ref = answered[0].answered_ref if answered else None
    yield _reached(known, N_("Første svar på tilkald"), {}, first_at, targets.first_answer, ref)
    if len(answered) == len(known.called) > 1:
        last = answered[-1]
        yield _reached(
            known, N_("Sidste svar på tilkald"), {}, last.answered_at, targets.last_answer, last.answered_ref
        )
    elif answered and len(answered) < len(known.called):
        n, every = len(answered), len(known.called)
        found = refs(*(call.answered_ref for call in answered))
        yield Figure(
            Criterion.TIMELINESS, N_("Sidste svar på tilkald"), N_("%(n)s af %(all)s parter svarede"), {},
            {"n": n, "all": every}, State.BAD, found,
        )  # fmt: skip


def _reached(
    known: Evidence, label: str, named: dict[str, Any], at: datetime | None, target: timedelta | None, ref: str | None
) -> Figure:
    """One moment after the activation against its target."""
    filled: dict[str, Any] = {"target": length(target)} if target is not None else {}
    if at is None:
        value = N_("Ikke sket (planens mål: %(target)s)") if target is not None else N_("Ikke sket")
        state = State.BAD if target is not None and not known.is_afterwards else State.NONE
        return Figure(Criterion.TIMELINESS, label, value, named, filled, state, refs(known.activated_ref))
    after = max(at - known.activated_at, timedelta(0))
    filled |= {"after": length(after), "at": hour(at)}
    state = State.NONE
    if target is None:
        value = N_("%(after)s efter aktiveringen (kl. %(at)s)")
    else:
        value = N_("%(after)s efter aktiveringen (kl. %(at)s). Planens mål: %(target)s.")
        if not known.is_afterwards:
            state = State.GOOD if after <= target else State.WARN
    return Figure(Criterion.TIMELINESS, label, value, named, filled, state, refs(known.activated_ref, ref))


def _ending(known: Evidence) -> Iterator[Figure]:
    if known.ended_at is None:
        return
    lasted = {"span": length(known.ended_at - known.activated_at), "at": hour(known.ended_at)}
    yield Figure(
        Criterion.TIMELINESS, N_("Afblæst"), N_("%(span)s efter aktiveringen (kl. %(at)s)"), {}, lasted,
        refs=refs(known.activated_ref, known.ended_ref),
    )  # fmt: skip
    label = N_("Efterbesked")
    if known.after_message is not None:
        after = {"span": length(known.after_message.at - known.ended_at), "at": hour(known.after_message.at)}
        found = refs(known.ended_ref, known.after_message.ref)
        yield Figure(
            Criterion.TIMELINESS, label, N_("%(span)s efter afblæsningen (kl. %(at)s)"), {}, after, refs=found
        )
    elif known.sent:
        value = N_("Ikke sendt, selv om der blev sendt beskeder")
        yield Figure(Criterion.TIMELINESS, label, value, {}, {}, State.WARN, refs(known.ended_ref))


def _tasks(known: Evidence) -> Iterator[Figure]:
    due = [task for task in known.tasks if task.due_at is not None and task.is_relevant]
    if not due or known.is_afterwards:
        return
    done = [task for task in due if task.done_at is not None]
    late = [task for task in done if task.done_at and task.due_at and task.done_at > task.due_at]
    undone = [task for task in due if task.done_at is None]
    filled = {"n": len(done) - len(late), "all": len(due), "late": len(late), "undone": len(undone)}
    value = N_("%(n)s af %(all)s til tiden, %(late)s for sent, %(undone)s ikke udført")
    state = State.GOOD if not late and not undone else State.WARN
    shown = refs(*(task.ref for task in [*late, *done]))
    yield Figure(Criterion.TIMELINESS, N_("Opgaver med frist"), value, {}, filled, state, shown)


def _promises(known: Evidence) -> Iterator[Figure]:
    """*Næste opdatering kl. …* is kept by any later report or message."""
    every = sorted([*known.reports, *known.messages], key=lambda version: version.at)
    promised = [v for v in every if v.promised_at and (known.ended_at is None or v.promised_at <= known.ended_at)]
    if not promised or known.is_afterwards:
        return
    kept = [v for v in promised if _is_kept(v, every)]
    filled = {"n": len(kept), "all": len(promised)}
    state = State.GOOD if len(kept) == len(promised) else State.WARN
    broken = refs(*(v.ref for v in promised if v not in kept), *(v.ref for v in kept))
    value = N_("%(n)s af %(all)s kom til tiden")
    yield Figure(Criterion.TIMELINESS, N_("Lovede opdateringer"), value, {}, filled, state, broken)


def _is_kept(one: Version, every: list[Version]) -> bool:
    return any(one.at < other.at <= one.promised_at for other in every if one.promised_at is not None)
