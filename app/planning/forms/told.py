"""Audiences, who releases, and the kinds of incident."""

from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from app.areas.models import Area
from app.incidents.forms import long_text, radio, select, short_text, ticks
from app.lib.i18n import N_, _
from app.measures.places import DanishNumber
from app.planning.forms.base import EntryForm, free_key, labelled, offered, parties, ticked
from app.planning.rules.entries import Entry, Releaser
from app.plans.document import Audience, Category, PlanDocument
from app.plans.places import Kind
from app.plans.vocabulary import (
    CALL_LEVEL_LABELS,
    CHANNEL_LABELS,
    DIMENSION_LABELS,
    POLICE,
    SCOPE_LABELS,
    TRACK_LABELS,
    CallLevel,
    Channel,
    Dimension,
    Scope,
    Track,
)


class AudienceForm(EntryForm):
    """Who is to be told, how, and how fast. An area adds its own beside the model's nine."""

    kind = Kind.AUDIENCE
    label = short_text(N_("Navn"), required=N_("Skriv målgruppens navn."), max_length=60)
    channels = ticks(N_("Kanaler"), hint=N_("Den første, der passer, prøves først."))
    target_minutes = DanishNumber(N_("Har besked senest (minutter efter aktivering)"), most=10080, least=1)
    releaser = select(N_("Frigives helst af"), N_("Vælg, hvem der helst frigiver."))

    def offer(self, plan: PlanDocument) -> None:
        self.channels.choices, self.channels.flags.required = labelled(CHANNEL_LABELS), True
        usual = _("Som i resten af planen (%(who)s)", who=plan.called(plan.releaser))
        self.releaser.data = self.releaser.data or ""
        offered(self.releaser, [("", usual), *parties(plan)])

    def begun(self, plan: PlanDocument) -> dict[str, Any]:
        return {"target_minutes": 60}

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        key = self.key or free_key(self.label.data or "", [a.key for a in plan.audiences], "audience")
        chosen = tuple(map(Channel, ticked(self.channels)))
        return Audience(key, self.label.data or "", chosen, self.target_minutes.data or 0, self.releaser.data or None)


class ReleaserForm(EntryForm):
    """Who preferably releases, where an audience names nobody."""

    kind = Kind.RELEASER
    releaser = select(
        N_("Hvem frigiver helst beskeder?"), N_("Vælg, hvem der helst frigiver."),
        hint=N_("Enhver anden koordinator, der er med, kan også. I en politisag siger politiet ja først."),
    )  # fmt: skip

    def offer(self, plan: PlanDocument) -> None:
        offered(self.releaser, parties(plan, police=False))

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        return Releaser(self.releaser.data)


class CategoryForm(EntryForm):
    """A kind of incident. Fields `level_ssp` … are there for each party of the draft: see `category_form`."""

    kind = Kind.CATEGORY
    label = short_text(N_("Navn"), required=N_("Skriv hændelsestypens navn."), max_length=60)
    what = long_text(
        N_("Hvad er der sket?"), required=N_("Skriv den sætning, der udfylder »hvad«."), max_length=300,
        hint=N_("Udfyldes af sig selv ved aktivering og kan rettes."),
    )  # fmt: skip
    may_be = ticks(N_("Kan være"))
    suggested_track = select(N_("Foreslået spor"), N_("Vælg et spor."))
    scope = radio(N_("Omfang"), N_("Vælg omfang."))
    dimensions = ticks(N_("Sider af tryghed, den rører ved"))

    def offer(self, plan: PlanDocument) -> None:
        self.may_be.choices, self.scope.choices = labelled(TRACK_LABELS), labelled(SCOPE_LABELS)
        self.suggested_track.choices = [("", _("Intet")), *labelled(TRACK_LABELS)]
        self.suggested_track.data = self.suggested_track.data or ""
        self.dimensions.choices = labelled(DIMENSION_LABELS)
        self.may_be.flags.required = True
        for line in plan.parties:
            if f"level_{line.actor_key}" in self:
                self[f"level_{line.actor_key}"].label.text = _("Hvordan nås %(party)s?", party=line.name)

    def typed(self, plan: PlanDocument, entry: Entry) -> dict[str, Any]:
        levels = {f"level_{key}": entry.level(key).value for key in plan.party_keys}
        return super().typed(plan, entry) | levels

    def begun(self, plan: PlanDocument) -> dict[str, Any]:
        silent = {f"level_{key}": CallLevel.CALL_NOW.value for key in plan.party_keys}
        return silent | {f"level_{POLICE}": CallLevel.NOTIFY.value, "scope": Scope.LOCAL.value}

    def validate_may_be(self, field: Field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(_("Vælg mindst ét spor."))

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        key = self.key or free_key(self.label.data or "", [c.key for c in plan.categories], "category")
        may_be = tuple(map(Track, ticked(self.may_be)))
        levels = {
            one: CallLevel(self[f"level_{one}"].data) for one in plan.party_keys
            if f"level_{one}" in self and (one != POLICE or Track.POLICE in may_be)
        }  # fmt: skip
        dimensions = tuple(map(Dimension, ticked(self.dimensions)))
        suggested = Track(self.suggested_track.data) if self.suggested_track.data else None
        words = (self.label.data or "", self.what.data or "", Scope(self.scope.data))
        return Category(key, *words, levels, dimensions, may_be, suggested)


def category_form(plan: PlanDocument, area: Area, parent: str, key: str | None) -> CategoryForm:
    """The form with one question for each party of the draft."""
    levels = {
        f"level_{line.actor_key}": select(line.name, N_("Vælg, hvordan parten nås."), CALL_LEVEL_LABELS)
        for line in plan.parties
    }
    made: CategoryForm = type("CategoryForm", (CategoryForm,), levels)(plan, area, parent, key)
    return made
