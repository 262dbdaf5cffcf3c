"""Whether we said the same: versions of the shared message, who stood by them, and texts made from an old one."""

from collections.abc import Iterator

from app.lib.i18n import N_
from app.reviews.rules.criteria import Criterion
from app.reviews.rules.evidence import Evidence
from app.reviews.rules.figures import Figure, State, refs

_OF = Criterion.NARRATIVE


def narrative(known: Evidence) -> Iterator[Figure]:
    """Without a shared message there was none to stand by."""
    yield Figure(
        _OF, N_("Versioner af fælles budskab"), N_("%(n)s"), {}, {"n": len(known.messages)},
        State.NONE if known.messages else State.WARN, refs(*(version.ref for version in known.messages)),
    )  # fmt: skip
    for version in known.messages:
        yield _said_by(known, version.number, version.said_by, version.ref)
    if not known.sent:
        return
    old = [one for one in known.sent if one.newest is not None and (one.version or 0) < one.newest]
    made = [one for one in old if one.phase not in ("withdrawal", "after")]
    filled = {"n": len(made), "all": len(known.sent)}
    yield Figure(
        _OF, N_("Beskeder skrevet ud fra en gammel version"), N_("%(n)s af %(all)s"), {}, filled,
        State.WARN if made else State.GOOD, refs(*(one.ref for one in made)),
    )  # fmt: skip


def _said_by(known: Evidence, number: int, said_by: tuple[str, ...], ref: str | None) -> Figure:
    missing = [party for party in known.parties if party not in said_by]
    filled = {"n": len(known.parties) - len(missing), "all": len(known.parties), "who": ", ".join(missing)}
    value = N_("%(n)s af %(all)s parter kvitterede. Mangler: %(who)s.")
    if not missing:
        value = N_("Alle %(all)s parter kvitterede")
    label = N_("Fælles budskab v%(number)s")
    return Figure(
        _OF, label, value, {"number": number}, filled, State.WARN if missing else State.GOOD, refs(ref)
    )
