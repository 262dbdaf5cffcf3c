"""To whom of its audiences a text may be narrowed, as its form offers it."""

from dataclasses import dataclass

from app.broadcasts.forms import TextForm
from app.broadcasts.models import Broadcast
from app.broadcasts.narrowed import stairwells
from app.broadcasts.narrowing import Entrance, Narrowing, spelled
from app.broadcasts.operations import Typed
from app.broadcasts.page import Sending
from app.broadcasts.publishing.queries import publication_of
from app.broadcasts.recipients import gather
from app.broadcasts.states import Phase
from app.lib.i18n import _
from app.plans.vocabulary import AudienceKey

MOST = 60  # contacts of one audience that a list on a phone can hold


@dataclass(frozen=True)
class Choices:
    """By the values of the form's ticks: places, stairwells, and contacts named in an audience."""

    audiences: dict[str, str]
    places: dict[str, tuple[str, int]]
    entrances: dict[str, tuple[str, Entrance]]
    named: dict[str, tuple[str, str, int]]
    is_exercise: bool

    @classmethod
    def of(cls, page: Sending) -> "Choices":
        """What this incident's area has; in B nobody of the police can be named."""
        area = page.incident.area
        return cls(
            {a.key: a.label for a in page.document.audiences},
            {place.public_id: (place.name, place.id) for place in area.places},
            {} if page.incident.is_exercise else stairwells(area),
            {} if page.incident.is_exercise else _contacts(page),
            page.incident.is_exercise,
        )

    def offer(self, form: TextForm) -> None:
        """Sets the ticks."""
        form.audiences.choices = list(self.audiences.items())
        form.places.choices = [(key, name) for key, (name, _id) in self.places.items()]
        form.entrances.choices = [(key, name) for key, (name, _where) in self.entrances.items()]
        form.named.choices = [(key, label) for key, (label, *_who) in self.named.items()]
        if self.is_exercise:
            del form.is_public

    def shown(self, broadcast: Broadcast) -> dict[str, object]:
        """The ticks as they stand in a text."""
        stairs = {(place, spelled(name)) for place, name in broadcast.entrances}
        return {
            "places": [key for key, (_name, n) in self.places.items() if n in broadcast.place_ids],
            "entrances": [k for k, (_name, where) in self.entrances.items() if (where[0], spelled(where[1])) in stairs],
            "named": [k for k, (_l, audience, n) in self.named.items() if n in broadcast.named.get(audience, ())],
            "is_enough": broadcast.is_enough, "is_public": publication_of(broadcast) is not None,
        }

    def typed(self, form: TextForm, broadcast: Broadcast | None = None) -> Typed:
        """What was chosen and written. A text whose receivers follow from another keeps them."""
        text, not_cpr = form.text.data or "", bool(form.not_cpr.data)
        if broadcast is not None and broadcast.inherits:
            return Typed(broadcast.phase, tuple(broadcast.audiences), text, not_cpr=not_cpr)
        named: dict[str, tuple[int, ...]] = {}
        for key in form.named.data or ():
            _label, audience, contact_id = self.named[key]
            named[audience] = (*named.get(audience, ()), contact_id)
        return Typed(
            Phase(form.phase.data), tuple(form.audiences.data or ()), text,
            tuple(self.places[key][1] for key in form.places.data or ()), not_cpr,
            tuple(self.entrances[key][1] for key in form.entrances.data or ()), named, bool(form.is_enough.data),
            bool(form.is_public.data) if "is_public" in form else False,
        )


def _contacts(page: Sending) -> dict[str, tuple[str, str, int]]:
    # Residents are narrowed by where they live; nobody is picked out of 1,900.
    audiences = [a for a in page.document.audiences if a.key != AudienceKey.RESIDENTS]
    found: dict[str, tuple[str, str, int]] = {}
    for audience in audiences:
        targets = gather(page.incident, page.document, [audience.key], Narrowing()).all
        for target in targets if len(targets) <= MOST else ():
            who = _("%(who)s (%(audience)s)", who=page.name_of(target.contact), audience=audience.label.lower())
            found[f"{audience.key}:{target.contact.public_id}"] = who, audience.key, target.contact.id
    return found
