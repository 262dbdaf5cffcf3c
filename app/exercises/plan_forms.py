"""The form of an exercise that is planned ahead."""

import re
from typing import Any

from wtforms import BooleanField, Field
from wtforms.validators import InputRequired, ValidationError

from app.exercises.models import Drill
from app.exercises.operations import Planned
from app.exercises.stories import STORIES
from app.exercises.vocabulary import DRILL_KIND_HINTS, DrillKind
from app.incidents.access import Reader
from app.incidents.fields import DanishMoment
from app.incidents.forms import IncidentForm, long_text, radio, select
from app.lib import clock
from app.lib.i18n import N_, _, lazy
from app.plans.document import PlanDocument
from app.plans.tracks import may_start_exercise
from app.plans.vocabulary import TRACK_LABELS, Track

LINE = re.compile(r"\s*(\d{1,3})\s*(?:min\.?)?\s*[:.)-]?\s+(\S.*)")
CALLED_OUT = N_("Øvelse i tilkald: svar, du skal ikke rykke ud")
MOST_TOLD = 20


class DrillForm(IncidentForm):
    """What, when, for whom. A table-top without words of its own tells one of the example stories."""

    kind = radio(N_("Hvad øver I?"), N_("Vælg, hvad I øver."), DRILL_KIND_HINTS)
    track = radio(N_("Spor"), N_("Vælg spor."))
    category = select(N_("Type"), N_("Vælg en type på listen."))
    starts_at = DanishMoment(
        label=lazy("Hvornår"), validators=[InputRequired(lazy("Skriv dato og klokkeslæt."))],
        description=lazy("En af jer starter den. Den går aldrig selv i gang."),
    )  # fmt: skip
    is_unannounced = BooleanField(
        lazy("Sig det ikke til medarbejderne på forhånd"),
        description=lazy("Kun parternes koordinatorer ved, at den kommer."),
    )
    calls_all = BooleanField(
        lazy("Kald alle parter"),
        description=lazy("Ellers kaldes de, som planen siger for typen. Politiet kaldes ikke."),
    )
    what = long_text(
        N_("Hvad er der sket?"), max_length=300, hint=N_("Kan være tomt: så bruges planens ord for typen.")
    )
    story = select(N_("Historie til en skrivebordsøvelse"), N_("Vælg en historie på listen."))
    told = long_text(
        N_("Eller jeres egen historie"), max_length=6000,
        hint=N_("Én linje for hver ting: minutter fra start og så teksten. Fx »15 Skolen ringer«. Opdigt alt."),
    )  # fmt: skip

    def __init__(self, reader: Reader, plan: PlanDocument, **options: Any) -> None:
        super().__init__(**options)
        self.plan = plan
        tracks = [track for track in Track if may_start_exercise(plan, reader.who, track)]
        self.track.choices = [(track.value, _(TRACK_LABELS[track]).capitalize()) for track in tracks]
        fitting = [one for one in plan.categories if set(one.may_be) & set(tracks)]
        self.category.choices = [("", _("Vælg type")), *((one.key, one.label) for one in fitting)]
        stories = [one for one in STORIES.values() if any(c.key == one.category for c in fitting)]
        self.story.choices = [("", _("Ingen: planens ord for typen")), *((one.key, _(one.title)) for one in stories)]
        if len(tracks) == 1 and not self.is_submitted():
            self.track.data = tracks[0].value

    def validate_category(self, field: Field) -> None:
        """In the plan, and possible on the track."""
        category = self.plan.category(field.data or "")
        if category is None:
            raise ValidationError(_("Vælg en type på listen."))
        if self.track.data and Track(self.track.data) not in category.may_be:
            named = _(TRACK_LABELS[Track(self.track.data)])
            raise ValidationError(_("“%(type)s” kan ikke være %(track)s.", type=category.label, track=named))

    def validate_starts_at(self, field: Field) -> None:
        """Ahead: what is to begin at once has its own form."""
        if field.data and field.data < clock.now():
            raise ValidationError(_("Tidspunktet er gået. Vælg et, der kommer."))

    def validate_told(self, field: Field) -> None:
        """Every line has its minutes."""
        lines = self._lines()
        if len(lines) > MOST_TOLD:
            raise ValidationError(_("Højst %(n)s linjer.", n=MOST_TOLD))
        for line in lines:
            found = LINE.fullmatch(line)
            if found is None:
                raise ValidationError(
                    _("Begynd hver linje med minutter, fx »15 Skolen ringer«: %(line)s", line=line[:60])
                )
            if len(found[2]) > 500:
                raise ValidationError(_("En linje er for lang: højst 500 tegn."))

    @property
    def planned(self) -> Planned:
        """What was typed."""
        category = self.plan.category(self.category.data or "")
        assert category is not None and self.starts_at.data is not None
        kind = DrillKind(self.kind.data)
        return Planned(
            kind, Track(self.track.data), category.key, self.what.data or self._words(kind, category.what),
            self.starts_at.data, bool(self.is_unannounced.data), bool(self.calls_all.data),
            self._story() if kind is DrillKind.TABLETOP else (),
        )  # fmt: skip

    def _words(self, kind: DrillKind, of_category: str) -> str:
        return _(CALLED_OUT) if kind is DrillKind.CALLOUT else of_category

    def _story(self) -> list[tuple[int, str]]:
        found = [found for line in self._lines() if (found := LINE.fullmatch(line))]
        if own := [(int(one[1]), one[2].strip()) for one in found]:
            return sorted(own, key=lambda told: told[0])
        if chosen := STORIES.get(self.story.data or ""):
            return [(at, _(text)) for at, text in chosen.told]
        category = self.plan.category(self.category.data or "")
        return [(0, category.what)] if category else []

    def _lines(self) -> list[str]:
        return [line for line in (self.told.data or "").splitlines() if line.strip()]


def shown(drill: Drill) -> dict[str, Any]:
    """A planned one, to be changed."""
    told = "\n".join(f"{one.after_minutes} {one.text}" for one in drill.injects)
    return {
        "kind": drill.kind.value, "track": drill.track.value, "category": drill.category_key, "what": drill.what,
        "starts_at": drill.starts_at, "is_unannounced": drill.is_unannounced, "calls_all": drill.calls_all,
        "told": told,
    }  # fmt: skip
