"""In words, before the tap: who would be woken, and how."""

from app.lib.i18n import N_, _
from app.plans.document import PlanDocument
from app.plans.tracks import participants
from app.plans.vocabulary import CallLevel, Track

_LEVELS = (
    (CallLevel.CALL_NOW, N_("Tilkaldes: %(who)s.")),
    (CallLevel.NOTIFY, N_("Besked: %(who)s.")),
    (CallLevel.WHEN_NEEDED, N_("Ved behov: %(who)s.")),
)


def who_is_woken(plan: PlanDocument, track: Track, category_key: str, activator: str, recorder: str | None) -> str:
    """`Tilkaldes: klub, helhedsplan. Besked: CBF. Politiet er ikke part.`"""
    parts = participants(plan, track, category_key, activator, recorder)
    texts = []
    for level, text in _LEVELS:
        named = [plan.called(p.actor_key) for p in parts if p.call_level is level and not p.is_here]
        if named:
            texts.append(_(text, who=", ".join(named)))
    texts.append(_("Politiet er ikke part.") if track is Track.NON_POLICE else _("Politiet leder."))
    return " ".join(texts)
