"""What was said and had to be unsaid."""

from collections.abc import Iterator, Sequence

from app.lib.i18n import N_
from app.reviews.rules.criteria import Criterion
from app.reviews.rules.evidence import Evidence
from app.reviews.rules.figures import Figure, State, refs

_OF = Criterion.CORRECTNESS


def correctness(known: Evidence) -> Iterator[Figure]:
    """Facts later refuted, corrections and withdrawals; none of them is a figure of its own: it is a zero."""
    refuted = [fact for fact in known.facts if fact.was_refuted]
    waiting = [fact for fact in known.facts if fact.is_open]
    if known.facts:
        yield _count(N_("Oplysninger, der senere blev afkræftet"), [fact.ref for fact in refuted], of=len(known.facts))
        yield _count(N_("Oplysninger, der aldrig blev bekræftet eller afkræftet"), [fact.ref for fact in waiting])
    if known.sent:
        by_phase = {phase: [one.ref for one in known.sent if one.phase == phase] for phase in _LABELS}
        for phase, label in _LABELS.items():
            yield _count(label, by_phase[phase])
    yield _count(N_("Rettelser i loggen"), list(known.corrected_entries))


_LABELS = {"correction": N_("Rettelser sendt til målgrupper"), "withdrawal": N_("Beskeder trukket tilbage")}


def _count(label: str, found: Sequence[str | None], of: int | None = None) -> Figure:
    value, filled = N_("%(n)s"), {"n": len(found)}
    if of is not None:
        value, filled = N_("%(n)s af %(all)s"), {"n": len(found), "all": of}
    return Figure(_OF, label, value, {}, filled, State.WARN if found else State.GOOD, refs(*found))
