"""Every package that is installed with ours is named with its exact version."""

import re
from importlib.metadata import distribution

from packaging.requirements import Requirement

from tests.architecture.source import ROOT


def _lines(file: str) -> list[str]:
    lines = (line.split("#")[0].strip() for line in (ROOT / file).read_text().splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_everything_that_requirements_pull_in_is_pinned():
    pinned = {_key(line.split("==")[0]): line.split("==")[1] for line in _lines("constraints.txt")}
    queue = [Requirement(line) for file in ("requirements.txt", "requirements-dev.txt") for line in _lines(file)]
    seen = set()
    while queue:
        wanted = queue.pop()
        if (name := (_key(wanted.name), *sorted(wanted.extras))) in seen:
            continue
        seen.add(name)
        assert _key(wanted.name) in pinned, f"{wanted.name}: run scripts/pin"
        assert wanted.specifier.contains(pinned[_key(wanted.name)]), wanted
        found = (Requirement(text) for text in distribution(wanted.name).requires or [])
        extras = ("", *wanted.extras)
        queue += [r for r in found if not r.marker or any(r.marker.evaluate({"extra": e}) for e in extras)]
