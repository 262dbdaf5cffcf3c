"""One form for each kind of entry in a draft."""

from app.areas.models import Area
from app.planning.forms.base import EntryForm as EntryForm
from app.planning.forms.cards import CardForm, ItemForm
from app.planning.forms.ending import EndingForm, PurposeForm, ReviewForm
from app.planning.forms.ending import ReviewDateForm as ReviewDateForm
from app.planning.forms.people import ActivationForm, ChainForm, ContactForm, GlimpseForm, PartyForm
from app.planning.forms.texts import FixedForm, MessageForm
from app.planning.forms.told import AudienceForm, ReleaserForm, category_form
from app.plans.document import PlanDocument
from app.plans.places import Kind

FORMS: dict[Kind, type[EntryForm]] = {
    form.kind: form
    for form in (
        ActivationForm, AudienceForm, CardForm, ChainForm, ContactForm, EndingForm, FixedForm, GlimpseForm, ItemForm,
        MessageForm, PartyForm, PurposeForm, ReleaserForm, ReviewForm,
    )
}  # fmt: skip


def form_for(plan: PlanDocument, area: Area, kind: Kind, parent: str, key: str | None) -> EntryForm:
    """The form of an entry; `key` None for a new one."""
    if kind is Kind.CATEGORY:
        return category_form(plan, area, parent, key)
    return FORMS[kind](plan, area, parent, key)
