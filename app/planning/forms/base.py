"""What every form of a draft's entry has: choices from plan and area, what it shows, and the entry it makes."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import SelectField, SelectMultipleField

from app.areas.models import Area
from app.errors import Refused
from app.incidents.forms import IncidentForm
from app.lib.i18n import N_, Reason, _
from app.planning.rules.entries import Entry, find, key_of, put
from app.plans.document import PlanDocument
from app.plans.places import Kind, key_from
from app.plans.vocabulary import POLICE

ALREADY = N_("Det står der allerede. Ret det, der står, eller vælg noget andet.")


class EntryForm(IncidentForm):
    """One entry of the draft. `kind` and `parent` say where; `key` is None for a new one."""

    kind: ClassVar[Kind]

    def __init__(self, plan: PlanDocument, area: Area, parent: str, key: str | None, **options: Any) -> None:
        entry = find(plan, self.kind, key) if key else None
        super().__init__(data=self.typed(plan, entry) if entry is not None else self.begun(plan), **options)
        self.area, self.parent, self.key, self.before = area, parent, key, entry
        self.offer(plan)

    def offer(self, plan: PlanDocument) -> None:
        """Set choices, and drop fields that do not belong to this entry."""

    def begun(self, plan: PlanDocument) -> dict[str, Any]:
        """What stands in the form of a new one."""
        return {}

    def typed(self, plan: PlanDocument, entry: Entry) -> dict[str, Any]:
        """The entry as the form shows it."""
        return {field.name: getattr(entry, field.name) for field in self._named() if hasattr(entry, field.name)}

    def made(self, plan: PlanDocument, entry: Entry | None) -> Entry:
        """The entry as typed; `entry` is how it stands now, None when it is new or gone."""
        raise NotImplementedError

    def apply(self, plan: PlanDocument) -> tuple[PlanDocument, Entry]:
        """The plan with the entry in its place. Raises Refused when another one stands there already."""
        entry = self.made(plan, find(plan, self.kind, self.key) if self.key else None)
        key = key_of(self.kind, entry, self.parent)
        if key != self.key and find(plan, self.kind, key) is not None:
            raise Refused(Reason(ALREADY))
        return put(plan, self.kind, self.parent, self.key, entry), entry

    def _named(self) -> Sequence[Any]:
        # Before WTForms has bound them: only their names count.
        return [_Name(name) for name, _field in self._unbound_fields or ()]


class _Name:
    def __init__(self, name: str) -> None:
        self.name = name


def lines_of(text: str | None) -> tuple[str, ...]:
    """One entry a line; blank lines are none."""
    return tuple(line.strip(" \t\r-•") for line in (text or "").split("\n") if line.strip(" \t\r-•"))


def free_key(label: str, taken: Sequence[str], fallback: str) -> str:
    """A key from a label that nobody has yet."""
    key = key_from(label, fallback)
    return next(one for one in (key, *(f"{key}_{n}" for n in range(2, 999))) if one not in taken)


def labelled(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Choices of an enum, each beginning with a capital."""
    return [(str(key.value), _(label)[:1].upper() + _(label)[1:]) for key, label in labels.items()]


def parties(plan: PlanDocument, *, police: bool = True) -> list[tuple[str, str]]:
    """The plan's parties as choices."""
    return [(line.actor_key, line.name) for line in plan.parties if police or line.actor_key != POLICE]


def ticked(field: SelectMultipleField) -> list[str]:
    """What was ticked, in the order of the choices."""
    chosen = set(field.data or ())
    return [one for one in (str(choice[0]) for choice in field.choices or ()) if one in chosen]


def offered(field: SelectField | SelectMultipleField, choices: Sequence[tuple[str, str]]) -> None:
    """Set the choices of a field; what stands in the plan stays among them, so that nothing is lost by saving."""
    chosen = field.data if isinstance(field.data, (list, tuple)) else [field.data]
    known = {key for key, _label in choices}
    field.choices = [*choices, *((one, str(one)) for one in chosen if one and one not in known and not field.raw_data)]
