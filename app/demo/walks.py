"""One walk that was held, with what was found and what came of it, and one report of graffiti."""

from datetime import datetime, timedelta

from app.areas.by import By
from app.areas.models import Area, Place
from app.indicators.dimensions import Dimension
from app.lib import clock
from app.measures.clearing import operations as clearing
from app.measures.clearing.vocabulary import DamageKind
from app.measures.walks import operations
from app.measures.walks.models import Finding, Walk
from app.measures.walks.operations import Answer, Noted, Planned
from app.measures.walks.vocabulary import FindingKind, FindingState, Verdict
from app.notices.operations import forget

COMPANY = {"residents": 9, "young": 2, "board": 2, "housing": 1, "helhedsplan": 2, "municipality": 1, "police": 1}
TARGET = 48  # hours; the made-up area's own choice


def load_walk(area: Area, plan: By, housing: By) -> None:
    """Held a fortnight ago by the helhedsplan; the housing organisation has answered one finding."""
    places, start = {place.name: place for place in area.places}, _evening(14)
    walk = operations.plan(area, Planned(
        "Mørke stier i Lindehuse", "Hvor går I udenom, når det er mørkt?", Dimension.SAFETY, start,
        "Vi mødes på Butikstorvet, går ad stien bag Lindehuse og slutter ved ungdomsklubben.", COMPANY, True,
    ), by=plan)  # fmt: skip
    lamp = _note(
        walk, places["Lindehuse"], "stien bag opgang 9-13", FindingKind.LIGHT, "To lamper er gået ud.", plan, housing
    )
    _note(walk, places["Vangeparken"], "hækken ved legepladsen", FindingKind.PLANTING,
          "Hækken er så høj, at man ikke kan se, hvem der kommer.", plan, housing, days=21)  # fmt: skip
    _note(walk, places["Butikstorvet"], "bænkene i solen", FindingKind.MEETING_PLACE, "Her hilser folk.", plan)
    operations.hold(walk, COMPANY, decides=True)
    operations.answer(lamp, Answer(FindingState.DONE, "Lamperne er skiftet.", housing.actor, lamp.due_on), by=housing)
    operations.publish(lamp, "Der er mørkt på stien bag opgang 9-13.", "Boligselskabet har skiftet lamperne.", by=plan)
    walk.planned_at, walk.held_at = start - timedelta(days=10), start + timedelta(hours=2)
    lamp.settled_at = lamp.published_at = start + timedelta(days=3)
    _report(area, places["Butikstorvet"], plan, housing)


def _note(walk: Walk, place: Place, where: str, kind: FindingKind, words: str, by: By, to: By | None = None,
          days: int = 0) -> Finding:  # fmt: skip
    due_on = (clock.local(clock.now()) + timedelta(days=days)).date() if to and days else None
    verdict = Verdict.BAD if to else Verdict.GOOD
    noted = Noted(place, where, kind, verdict, words, to.actor if to else None, due_on)
    finding = operations.note(walk, noted, by=by)
    finding.recorded_at = walk.starts_at + timedelta(minutes=40)
    forget(operations.about_of(finding))  # read long ago: nobody's front page begins with it
    return finding


def _report(area: Area, place: Place, plan: By, housing: By) -> None:
    clearing.set_target(area, TARGET, housing.actor, by=plan)
    seen = clearing.Sighting(
        DamageKind.GRAFFITI, place, "gavlen mod parkeringspladsen", "Sort maling, cirka to meter.",
        clock.now() - timedelta(hours=20), housing.actor,
    )  # fmt: skip
    forget(clearing.about_of(clearing.report(area, seen, by=plan)))


def _evening(days_ago: int) -> datetime:
    here = clock.local(clock.now()) - timedelta(days=days_ago)
    return clock.from_local(here.replace(tzinfo=None, hour=17, minute=0, second=0, microsecond=0))
