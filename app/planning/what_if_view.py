"""*Hvad sker der, hvis …* over HTTP: a question in the address, an answer on the page. Nothing is written or sent."""

from datetime import datetime

from flask import Blueprint, render_template, request
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import InputRequired, ValidationError

from app.accounts.guard import Permission, requires
from app.contacts.models import Contact
from app.contacts.seeing import may_read
from app.incidents.access import Reader, reader
from app.incidents.fields import radio, select
from app.lib import clock
from app.lib.i18n import N_, _, lazy
from app.planning import queries
from app.planning.forms.base import labelled
from app.planning.what_if import Question, answer, unknown
from app.plans.document import PlanDocument
from app.plans.queries import plan_for
from app.plans.reading import shape_of
from app.plans.tracks import may_edit_plan
from app.plans.vocabulary import CALL_LEVEL_LABELS, CHANNEL_LABELS, POLICE, TRACK_LABELS, Track
from app.roster.forms import DanishDate, DanishTime
from app.roster.rules import instant

blueprint = Blueprint("what_if", __name__, url_prefix="/plan/what-if")
IN_FORCE, DRAFT = "plan", "draft"


class QuestionForm(FlaskForm):
    """A form that only asks: sent by GET, so that the answer has an address to show to others."""

    class Meta:
        csrf = False

    of = radio(N_("Hvilken plan"), N_("Vælg en plan."))
    activator = select(N_("Hvem aktiverer"), N_("Vælg, hvem der aktiverer."))
    track = radio(N_("Spor"), N_("Vælg et spor."))
    category = select(N_("Type"), N_("Vælg en hændelsestype."))
    day = DanishDate(lazy("Dato"), validators=[InputRequired(lazy("Skriv en dato, fx 22.11.2026."))])
    time = DanishTime(lazy("Klokken"), validators=[InputRequired(lazy("Skriv et klokkeslæt, fx 16.00."))])

    def offer(self, who: Reader, plan: PlanDocument, *, has_draft: bool) -> None:
        """Choices from the plan and the area's actors."""
        if not has_draft:
            del self.of
        else:
            self.of.choices = [(IN_FORCE, _("Den, der gælder")), (DRAFT, _("Udkastet"))]
        can = dict.fromkeys([*plan.activators(Track.NON_POLICE), POLICE, *plan.party_keys])
        named = {actor.key: actor.name for actor in who.area.actors if actor.key in can}
        self.activator.choices = [(key, named[key]) for key in can if key in named]
        self.track.choices = labelled(TRACK_LABELS)
        self.category.choices = [(category.key, category.label) for category in plan.categories]

    def validate_activator(self, field: Field) -> None:
        """The police never in what is no politisag."""
        if field.data == POLICE and self.track.data == Track.NON_POLICE:
            raise ValidationError(_("Politiet er ikke part i en hændelse, der ikke er en politisag."))

    @property
    def question(self) -> Question:
        """What was asked, once it is valid."""
        assert self.day.data is not None and self.time.data is not None
        at = instant(datetime.combine(self.day.data, self.time.data))
        return Question(self.activator.data, Track(self.track.data), self.category.data, at)


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show() -> tuple[str, int]:
    """The question, and once it is asked what would happen."""
    who = reader()
    in_force = plan_for(who.area)
    draft = queries.draft_of(who.area) if may_edit_plan(in_force.document, who.who) else None
    is_draft = draft is not None and request.args.get("of") == DRAFT
    plan = shape_of(draft.document) if draft is not None and is_draft else in_force.document
    asked = "activator" in request.args
    form = QuestionForm(request.args if asked else None, data=_usual(who, plan, is_draft=is_draft))
    form.offer(who, plan, has_draft=draft is not None)
    status = 200 if not asked or form.validate() else 422
    question = form.question if asked and status == 200 else None
    page = render_template(
        "planning/what_if.html", form=form, reader=who, plan=plan, is_draft=is_draft, question=question,
        misfit=unknown(question, plan) if question else None, tracks=TRACK_LABELS, levels=CALL_LEVEL_LABELS,
        channels=CHANNEL_LABELS, answer=answer(who.area, plan, question) if question else None,
        named=lambda contact: _named(who, contact),
    )  # fmt: skip
    return page, status


def _usual(who: Reader, plan: PlanDocument, *, is_draft: bool) -> dict[str, object]:
    """The own party now, the first kind of incident."""
    here = clock.local(clock.now())
    is_police = who.actor.key == POLICE
    first = next((c.key for c in plan.categories if is_police is (c.suggested_track is Track.POLICE)), "")
    return {
        "of": DRAFT if is_draft else IN_FORCE, "activator": who.actor.key, "category": first,
        "track": Track.POLICE if is_police else Track.NON_POLICE, "day": here.date(), "time": here.time(),
    }  # fmt: skip


def _named(who: Reader, contact: Contact) -> str:
    """A name, or what the contact is where names are not shown."""
    if not may_read(who, contact):
        return contact.function or _("en frivillig")
    return " · ".join(filter(None, (contact.name, contact.function)))
