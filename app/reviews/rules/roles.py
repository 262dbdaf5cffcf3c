"""Whether everybody knew who led and what was theirs."""

from collections.abc import Iterator, Sequence

from app.lib.i18n import N_
from app.reviews.rules.criteria import Criterion
from app.reviews.rules.evidence import Evidence, Happened
from app.reviews.rules.figures import Figure, State, refs

_OF = Criterion.ROLES


def roles(known: Evidence) -> Iterator[Figure]:
    """Silent parties, changes of lead, cards that others took, texts sent by one alone, and who was against."""
    silent = [call.party for call in known.called if call.answered_at is None]
    if known.called and not known.is_afterwards:
        yield _named(N_("Parter, der ikke svarede på tilkald"), silent, [c.handed_over_ref for c in known.called])
    yield _happened(N_("Skift af leder"), known.leads, State.NONE)
    taken = [task for task in known.tasks if task.taken_from]
    if taken:
        whose = list(dict.fromkeys(task.taken_from for task in taken))
        yield _named(N_("Kort, som en anden part overtog"), whose, [task.ref for task in taken])
    alone = [Happened(str(one.number), one.at, one.ref) for one in known.sent if one.by_one_alone]
    if known.sent:
        yield _happened(N_("Beskeder sendt af én alene"), alone, State.WARN)
    if known.against:
        yield _happened(N_("Uenighed eller afvigelse med grund"), known.against, State.NONE)
    if known.never_confirmed:
        yield _happened(N_("Noteret for politiet og aldrig bekræftet"), known.never_confirmed, State.WARN)


def _named(label: str, who: list[str], found: Sequence[str | None]) -> Figure:
    if not who:
        return Figure(_OF, label, N_("Ingen"), {}, {}, State.GOOD)
    return Figure(_OF, label, "%(who)s", {}, {"who": ", ".join(who)}, State.WARN, refs(*found))


def _happened(label: str, found: Sequence[Happened], state: State) -> Figure:
    shown = state if found else State.GOOD
    if state is State.NONE:
        shown = State.NONE
    return Figure(_OF, label, N_("%(n)s"), {}, {"n": len(found)}, shown, refs(*(one.ref for one in found)))
