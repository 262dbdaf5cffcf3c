"""The forms of walks. A walk knows numbers and places; free text is without CPR numbers."""

from datetime import date
from typing import Any

from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import InputRequired, Length, ValidationError

from app.areas.models import Area
from app.incidents.fields import DanishMoment
from app.incidents.forms import IncidentForm, long_text, radio, select, short_text
from app.indicators.dimensions import DIMENSION_LABELS, Dimension
from app.lib import clock, personal_data
from app.lib.i18n import N_, _, lazy
from app.measures.places import DanishNumber, actor_choices, picked_actor, picked_place, place_choices
from app.measures.walks.models import Finding
from app.measures.walks.operations import Answer, Noted, Planned
from app.measures.walks.vocabulary import (
    FINDING_KIND_LABELS,
    FINDING_STATE_LABELS,
    PARTICIPANT_LABELS,
    VERDICT_LABELS,
    FindingKind,
    FindingState,
    Participant,
    Verdict,
)
from app.roster.forms import DanishDate

ABOUT_PLACES = N_("Skriv om stedet, aldrig om bestemte personer.")
MOST_OF_A_KIND = 200
ANSWERS = {state: label for state, label in FINDING_STATE_LABELS.items() if state is not FindingState.NOTED}


def _capital(label: str) -> str:
    return label[:1].upper() + label[1:]


class CompanyForm(IncidentForm):
    """Who walks: a number for each kind (`n_residents` …), and whether anybody along can decide."""

    decides = BooleanField(
        lazy("En, der kan beslutte om drift eller økonomi, går med"),
        description=lazy("Så kan der siges ja på stedet."),
    )

    @property
    def numbers(self) -> list[Field]:
        """The fields of `participants`, to stand together."""
        return [self[f"n_{kind}"] for kind in Participant]

    @property
    def participants(self) -> dict[str, int]:
        """How many of each kind, those alone who are any."""
        return {kind.value: n for kind in Participant if (n := self[f"n_{kind}"].data)}


for _kind in Participant:
    _number = DanishNumber(_capital(PARTICIPANT_LABELS[_kind]), most=MOST_OF_A_KIND, default=0)
    setattr(CompanyForm, f"n_{_kind}", _number)


class WalkForm(CompanyForm):
    """A walk that is planned, or written down afterwards."""

    title = short_text(
        N_("Hvad skal vandringen hedde?"), required=N_("Giv vandringen et navn, fx »Mørke stier«."), max_length=120
    )
    starts_at = DanishMoment(label=lazy("Hvornår"), validators=[InputRequired(lazy("Skriv dato og klokkeslæt."))])
    route = long_text(
        N_("Ruten i ord"), required=N_("Skriv, hvor I går."), max_length=1000,
        hint=N_("Hvor mødes I, hvor går I forbi, og hvor slutter I?"),
    )  # fmt: skip
    purpose = long_text(N_("Hvad vil I gerne finde ud af?"), max_length=500, hint=ABOUT_PLACES)
    dimension = radio(
        N_("Hvilken side af tryghed handler det om?"), N_("Vælg én side af tryghed."),
        {key: _capital(label) for key, label in DIMENSION_LABELS.items()},
    )  # fmt: skip

    @property
    def planned(self) -> Planned:
        """What was typed."""
        assert self.starts_at.data is not None  # the form asks for it
        return Planned(
            self.title.data or "", self.purpose.data or "", Dimension(self.dimension.data), self.starts_at.data,
            self.route.data or "", self.participants, bool(self.decides.data),
        )  # fmt: skip


class FindingForm(IncidentForm):
    """What somebody points at, outdoors: two taps and a few words."""

    verdict = radio(
        N_("Er det godt eller skidt?"), N_("Vælg, om det er godt eller skidt."),
        {key: _capital(label) for key, label in VERDICT_LABELS.items()},
    )  # fmt: skip
    kind = radio(
        N_("Hvad handler det om?"), N_("Vælg, hvad det handler om."),
        {key: _capital(label) for key, label in FINDING_KIND_LABELS.items()},
    )  # fmt: skip
    place = select(N_("Sted"), N_("Vælg et sted på listen."))
    where = short_text(N_("Hvor helt præcist?"), hint=N_("Fx »stien bag blok 4«."))
    note = long_text(N_("Hvad siger I om det?"), max_length=1000, hint=ABOUT_PLACES)
    responsible = select(N_("Hvem skal ordne det?"), N_("Vælg på listen."))
    due_on = DanishDate(lazy("Hvornår skal det være ordnet?"), description=lazy("Kan vente, til I er hjemme."))

    def __init__(self, area: Area, **options: Any) -> None:
        super().__init__(**options)
        self.area = area
        self.place.choices = place_choices(area.places)
        self.responsible.choices = actor_choices(area.actors, _("Ikke aftalt endnu"))

    def validate_where(self, field: Field) -> None:
        """A place of the list, or words."""
        if not field.data and not self.place.data:
            raise ValidationError(_("Vælg et sted, eller skriv, hvor det er."))

    def validate_due_on(self, field: Field) -> None:
        """Not over already."""
        if field.data and field.data < clock.local(clock.now()).date():
            raise ValidationError(_("Fristen skal være i dag eller senere."))

    @property
    def noted(self) -> Noted:
        """What was typed and tapped. A good place has nobody to put it right."""
        bad = self.verdict.data == Verdict.BAD
        return Noted(
            picked_place(self.area.places, self.place.data), self.where.data or "", FindingKind(self.kind.data),
            Verdict(self.verdict.data), self.note.data or "",
            picked_actor(self.area.actors, self.responsible.data) if bad else None,
            self.due_on.data if bad else None,
        )  # fmt: skip


class AnswerForm(IncidentForm):
    """What became of a finding, and who sees to it until when."""

    state = radio(
        N_("Hvordan står det?"), N_("Vælg, hvordan det står."), {key: _capital(label) for key, label in ANSWERS.items()}
    )
    words = long_text(
        N_("Hvad er der gjort, eller hvorfor kan det ikke lade sig gøre?"), max_length=1000, hint=ABOUT_PLACES
    )
    responsible = select(N_("Ansvarlig"), N_("Vælg på listen."))
    due_on = DanishDate(lazy("Frist"))

    def __init__(self, finding: Finding, area: Area, **options: Any) -> None:
        super().__init__(**options)
        self.area, self.kept = area, finding.due_on
        self.responsible.choices = actor_choices(area.actors, _("Ikke aftalt endnu"))

    def validate_words(self, field: Field) -> None:
        """Those who pointed at it are owed an answer."""
        if self.state.data in (FindingState.DONE, FindingState.NOT_POSSIBLE) and not field.data:
            raise ValidationError(_("Skriv, hvad der er gjort, eller hvorfor det ikke kan lade sig gøre."))

    def validate_due_on(self, field: Field) -> None:
        """Not over already, unless it is the one that stood there."""
        today: date = clock.local(clock.now()).date()
        if field.data and field.data != self.kept and field.data < today:
            raise ValidationError(_("Fristen skal være i dag eller senere."))

    @property
    def answer(self) -> Answer:
        """What was typed."""
        responsible = picked_actor(self.area.actors, self.responsible.data)
        return Answer(FindingState(self.state.data), self.words.data or "", responsible, self.due_on.data)


class PublishForm(IncidentForm):
    """The exact words that everybody will read. `previewed` holds those that have been shown as they will stand."""

    said = long_text(
        N_("Det sagde I"), required=N_("Skriv, hvad der blev sagt."), max_length=500,
        hint=N_("Ingen navne, ingen adresser, der peger på et bestemt hjem, og intet om hændelser."),
    )  # fmt: skip
    did = long_text(
        N_("Det gjorde vi"), required=N_("Skriv, hvad der er gjort, eller hvornår I ser på det."), max_length=500
    )
    looked = BooleanField(lazy("Jeg har læst advarslerne, og teksten kan blive stående"))
    previewed = HiddenField(validators=[Length(max=64)])

    @property
    def warnings(self) -> list[str]:
        """What in the words looks like a person, a car or a number; each sort once."""
        found = {one.kind for f in (self.said, self.did) for one in personal_data.find(f.data or "") if not one.blocks}
        return [_(personal_data.MESSAGES[kind]) for kind in personal_data.Find if kind in found]

    def validate_looked(self, field: Field) -> None:
        """Only asked for when there is something to look at."""
        if self.warnings and not field.data:
            raise ValidationError(_("Læs advarslerne. Ret teksten, eller sæt kryds."))
