"""A plan from JSON and back. Every fault is named at once, in Danish, by where it stands."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.lib.i18n import N_, Reason
from app.plans.checks import faults_in
from app.plans.document import PlanDocument
from app.plans.labels import FIELDS


class PlanFaults(ValueError):
    """The plan cannot be used as it stands; `faults` says what to mend."""

    def __init__(self, faults: tuple[Reason, ...]) -> None:
        super().__init__(" ".join(fault.in_danish() for fault in faults))
        self.faults = faults


def from_json(data: Any) -> PlanDocument:
    """The typed plan. Raises PlanFaults: first those of shape, and when there are none, those of sense."""
    document = shape_of(data)
    faults = list(faults_in(document))
    if faults:
        raise PlanFaults(tuple(faults))
    return document


def shape_of(data: Any) -> PlanDocument:
    """The typed plan whether it makes sense or not: one that is being written. Raises PlanFaults for its shape."""
    reader = _Reader()
    document = reader.read(PlanDocument, data, ())
    if reader.faults:
        raise PlanFaults(tuple(reader.faults))
    return document  # type: ignore[no-any-return]  # a reader without faults has built exactly this


def to_json(document: PlanDocument) -> dict[str, Any]:
    """Plain lists, objects, texts and numbers; `from_json` makes the same plan of it."""
    return json.loads(json.dumps(asdict(document)))  # type: ignore[no-any-return]


class _Reader:
    """Follows the type hints of the dataclasses and gathers faults instead of stopping at the first."""

    def __init__(self) -> None:
        self.faults: list[Reason] = []

    def read(self, kind: Any, value: Any, where: tuple[str, ...]) -> Any:
        if is_dataclass(kind):
            return self._object(kind, value, where)
        origin, inner = get_origin(kind), get_args(kind)
        if origin is UnionType:
            return None if value is None else self.read(inner[0], value, where)
        if origin is tuple:
            return self._list(inner[0], value, where)
        if origin is Mapping:
            return self._mapping(inner[1], value, where)
        if issubclass(kind, StrEnum):
            return self._choice(kind, value, where)
        return self._plain(kind, value, where)

    def _object(self, kind: Any, value: Any, where: tuple[str, ...]) -> Any:
        if not isinstance(value, dict):
            return self._fault(N_("%(where)s skal have felter."), where)
        known = {field.name: field for field in fields(kind)}
        for name in value.keys() - known.keys():
            self._fault(N_("%(where)s: feltet kendes ikke."), (*where, str(name)))
        for name in _required(known.values()) - value.keys():
            self._fault(N_("%(where)s mangler."), (*where, FIELDS[name]))
        hints = get_type_hints(kind)
        read = {name: self.read(hints[name], value[name], (*where, FIELDS[name])) for name in known if name in value}
        return None if self.faults else kind(**read)

    def _list(self, kind: Any, value: Any, where: tuple[str, ...]) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return self._fault(N_("%(where)s skal være en liste."), where) or ()
        return tuple(self.read(kind, item, (*where, f"nr. {n}")) for n, item in enumerate(value, 1))

    def _mapping(self, kind: Any, value: Any, where: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(value, dict):
            return self._fault(N_("%(where)s skal have felter."), where) or {}
        return {str(key): self.read(kind, item, (*where, str(key))) for key, item in value.items()}

    def _choice(self, kind: type[StrEnum], value: Any, where: tuple[str, ...]) -> Any:
        if value in list(kind):
            return kind(value)
        return self._fault(N_("%(where)s: %(value)s kan ikke vælges."), where, value=str(value))

    def _plain(self, kind: type, value: Any, where: tuple[str, ...]) -> Any:
        if kind is str and isinstance(value, str):
            return value
        if kind is bool and isinstance(value, bool):
            return value
        if kind is int and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        wanted = {
            str: N_("%(where)s skal være en tekst."),
            bool: N_("%(where)s skal være ja eller nej."),
            int: N_("%(where)s skal være et helt tal fra 0 og op."),
        }
        return self._fault(wanted[kind], where)

    def _fault(self, text: str, where: tuple[str, ...], **params: str) -> Any:
        place = ", ".join(where) or "planen"
        self.faults.append(Reason(text, {"where": place[0].upper() + place[1:], **params}))


def _required(known: Any) -> set[str]:
    return {field.name for field in known if _has_no_default(field)}


def _has_no_default(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
