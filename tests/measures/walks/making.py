"""Short ways to plan a walk, note what was found, and report what stands there."""

import re
from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from app.extensions import db
from app.indicators.dimensions import Dimension
from app.lib import clock
from app.measures.clearing import operations as clearing
from app.measures.clearing.models import Report
from app.measures.clearing.vocabulary import DamageKind
from app.measures.walks import operations
from app.measures.walks.models import Finding, Walk
from app.measures.walks.vocabulary import FindingKind, Verdict
from tests.factories import Visitor
from tests.room.forms import hidden
from tests.scene import Scene

WALK = {
    "title": "Mørke stier", "starts_at": "2026-11-25T17:00", "route": "Fra torvet til Lindehuse", "purpose": "",
    "dimension": "safety", "n_residents": "9", "n_police": "1",
}  # fmt: skip
NOBODY = {"place": "", "responsible": ""}  # the lists as they stand
FINDING = NOBODY | {"verdict": "bad", "kind": "light", "where": "stien bag blok 4", "note": "Lampen er gået"}
REPORT = {"place": "", "kind": "graffiti", "where": "gavlen mod torvet", "seen_at": "2026-11-22T23:00"}


def make_walk(scene: Scene, **other: Any) -> Walk:
    """A walk that SSP has planned, committed."""
    usual = {
        "title": "Mørke stier", "purpose": "", "dimension": Dimension.SAFETY, "starts_at": clock.now(),
        "route": "Fra torvet", "participants": {"residents": 9}, "decides": True,
    }  # fmt: skip
    walk = operations.plan(
        scene.cast.lindevangen, operations.Planned(**(usual | other)), by=scene.reader(scene.cast.ssp).by
    )
    db.session.commit()
    return walk


def make_finding(scene: Scene, walk: Walk, **other: Any) -> Finding:
    """Something that SSP has noted, committed."""
    where = {"place": None, "where": "stien zqwhere"}
    usual = where | {"kind": FindingKind.LIGHT, "verdict": Verdict.BAD, "note": "zqnote"}
    made = operations.note(walk, operations.Noted(**(usual | other)), by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    return made


def make_report(scene: Scene, *, hours_ago: float = 0, owner: str = "housing", **other: Any) -> Report:
    """Something that SSP has reported, committed."""
    usual = {
        "kind": DamageKind.GRAFFITI, "place": None, "where": "gavlen zqwall", "note": "zqnote",
        "seen_at": clock.now() - timedelta(hours=hours_ago), "responsible": scene.cast.actors[owner],
    }  # fmt: skip
    seen = clearing.Sighting(**(usual | other))
    made = clearing.report(scene.cast.lindevangen, seen, by=scene.reader(scene.cast.ssp).by)
    db.session.commit()
    return made


def send(visitor: Visitor, path: str, **typed: str) -> TestResponse:
    """Open the page, fill in, send, as a browser would."""
    form = re.search(r'<form[^>]*id="form".*?</form>', visitor.text(path), re.DOTALL)
    assert form, path
    kept = {name: value for name, value in hidden(form[0]).items() if name in ("once", "digest", "previewed")}
    return visitor.post(path, kept | typed)
