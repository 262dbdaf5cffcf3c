"""One incident's narrative as one reader sees it: what may be done, who wrote what, how a version reads."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import Blueprint, url_for

from app.areas.models import OrganisationKind
from app.incidents.access import Seen, seen_inside_or_404
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.lib.i18n import N_, _
from app.narrative.models import FACT_STATUS_LABELS, Fact, FactStatus, SharedMessage, SituationReport
from app.narrative.rules import Section, Statement, compose
from app.narrative.standing import Standing
from app.plans.document import PlanDocument
from app.plans.tracks import Ruling
from app.templating import clock_time, day

blueprint = Blueprint("narrative", __name__, url_prefix="/incidents/<public_id>")

Rule = Callable[[PlanDocument, Any, Any], Ruling]
REPORT_TITLES = {
    "situation": N_("Situationen nu"), "development": N_("Mulig udvikling"), "measures": N_("Sat i gang"),
    "not_to_publish": N_("Må ikke offentliggøres"),
}  # fmt: skip
CHIPS = {FactStatus.CONFIRMED: "good", FactStatus.UNCONFIRMED: "warn", FactStatus.REFUTED: "bad"}


class Narrative:
    """`page` in the templates of this package."""

    def __init__(self, seen: Seen) -> None:
        self.seen, self.incident, self.reader = seen, seen.incident, seen.reader

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of one of this incident's pages here."""
        return url_for(f"narrative.{endpoint}", public_id=self.incident.public_id, **values)

    @property
    def room_url(self) -> str:
        return url_for("incident.show", public_id=self.incident.public_id)

    @cached_property
    def document(self) -> PlanDocument:
        return document_of(self.incident)

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.incident)

    def may(self, rule: Rule) -> Ruling:
        """Whether to show a button; the edge asks again before it changes anything."""
        return rule(self.document, self.reader.who, facts_of(self.incident))

    def held(self, rule: Rule) -> Incident:
        """The incident, locked until the transaction ends. Raises Refused when the rule says no."""
        incident = locked(self.incident)
        demand(rule(document_of(incident), self.reader.who, facts_of(incident)), incident.area)
        return incident

    def author(self, version: SituationReport | SharedMessage) -> str:
        """Who made it; volunteers do not see each other's names."""
        return self._named(version.made_by.name, version.made_as)

    def changer(self, fact: Fact) -> str:
        """Who said so last."""
        return self._named(fact.changed_by.name, fact.changed_as)

    def _named(self, name: str, actor: Any) -> str:
        own, civil = self.reader.actor, OrganisationKind.CIVIL
        is_hidden = own.id != actor.id and own.organisation.kind is actor.organisation.kind is civil
        return str(actor.name) if is_hidden else f"{name}, {actor.name}"

    @cached_property
    def names(self) -> frozenset[str]:
        """What keeps its capital inside a sentence."""
        area = self.incident.area
        actors = {p.actor.name for p in self.incident.participations}
        return frozenset({area.name, *(place.name for place in area.places), *actors})

    def reads(self, message: SharedMessage) -> list[Section]:
        """The version as people read it."""
        words = {name: getattr(message, name) for name in SharedMessage.WORDS}
        return self.composed(words, message.facts, message.next_update_at)

    def composed(
        self, words: Mapping[str, str], facts: Iterable[Mapping[str, Any]], at: datetime | None
    ) -> list[Section]:
        """The same of words and facts that are no version yet."""
        statements = [Statement(fact["text"], fact["status"]) for fact in facts]
        return compose(words, statements, next_update=_said(at), names=self.names)


def report_sections(report: SituationReport) -> list[Section]:
    """The report's parts as lines; what no one wrote is left out."""
    parts = {name: tuple(getattr(report, name).splitlines()) for name in SituationReport.WORDS}
    parts = {"situation": parts.pop("situation"), "facts": tuple(map(_fact_line, report.facts)), **parts}
    parts["next_update"] = tuple(filter(None, [_said(report.next_update_at)]))
    titles = {**REPORT_TITLES, "facts": N_("Oplysninger"), "next_update": N_("Næste opdatering")}
    return [Section(key, titles[key], lines) for key, lines in parts.items() if lines]


def _fact_line(fact: Mapping[str, Any]) -> str:
    return f"{fact['text']} – {_(FACT_STATUS_LABELS[FactStatus(fact['status'])])} ({_('kilde')}: {fact['source']})"


def _said(at: datetime | None) -> str:
    # With its date: a version is read long after it was made.
    return f"{day(at)} kl. {clock_time(at)}" if at else ""


def inside_or_404(public_id: str) -> Narrative:
    """The narrative is for those who take part now; for everybody else it does not exist."""
    return Narrative(seen_inside_or_404(public_id))
