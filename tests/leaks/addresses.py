"""Every address of the application with its ids filled in; one that nobody has thought about fails the tests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from tests.leaks.course import Course

UNDER_AN_INCIDENT = "/incidents/<public_id>"
# Settings, files and one's own account: no incident stands behind their ids. The provider's posts are signed.
OF_NO_INCIDENT = (
    "/acting/", "/administration/", "/answers/", "/area/", "/assets/", "/clearing/", "/contacts/", "/data-protection/",
    "/c/", "/findings/", "/indicators/", "/me/", "/plan/", "/roster/", "/static/", "/walks/", "/webhooks/", "/welcome/",
)  # fmt: skip
NOBODYS_ID = "A" * 22
NOBODYS = {"seq": "9999", "number": "9999", "name": "ingen"}
CHANGING = re.compile(r"[\w.-]{32,}|20\d\d-\d\d-\d\dT[\d:.+]+|\d\d:\d\d:\d\d")


@dataclass(frozen=True)
class Address:
    """One rule with `ids` for its converters."""

    rule: Rule
    ids: dict[str, str]

    @property
    def path(self) -> str:
        return _filled(self.rule.rule, self.ids)

    @property
    def nowhere(self) -> str:
        """The same address of an incident that never was."""
        first = next(name for name in re.findall(r"<(?:\w+:)?(\w+)>", self.rule.rule))
        return _filled(self.rule.rule, self.ids | {first: NOBODYS_ID})

    @property
    def nothing_in_it(self) -> str:
        """The same incident, where it holds nothing by these ids."""
        names = re.findall(r"<(?:\w+:)?(\w+)>", self.rule.rule)[1:]
        return _filled(self.rule.rule, self.ids | {name: NOBODYS.get(name, NOBODYS_ID) for name in names})

    @property
    def methods(self) -> list[str]:
        return sorted(self.rule.methods & {"GET", "POST"})


def of_a_course(app: Flask, course: Course) -> Iterator[Address]:
    """Every address behind which this incident stands. An id that the course cannot name is an AssertionError."""
    for rule in _with_ids(app):
        if not rule.rule.startswith(OF_NO_INCIDENT):
            yield Address(rule, _ids_for(rule, course))


def without_ids(app: Flask) -> list[str]:
    """Every address that takes no id and can be read."""
    return sorted(r.rule for r in app.url_map.iter_rules() if not r.arguments and "GET" in r.methods)


def _with_ids(app: Flask) -> list[Rule]:
    return sorted((r for r in app.url_map.iter_rules() if r.arguments), key=str)


def _ids_for(rule: Rule, course: Course) -> dict[str, str]:
    known = dict(course.ids) if rule.rule.startswith(UNDER_AN_INCIDENT) else {}
    for start, ids in course.others.items():
        if rule.rule.startswith(f"{start}/"):
            known |= ids
    missing = rule.arguments - known.keys()
    assert not missing, (
        f"{rule.rule}: tests/leaks knows no {', '.join(missing)}. Fill it in tests/leaks/course.py, "
        "or name the address in OF_NO_INCIDENT, so that it cannot leak unseen."
    )
    return {name: known[name] for name in rule.arguments}


def _filled(rule: str, ids: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids[found[1]], rule)
