"""A finding as what a measure begins from: its place and words are filled in, and it comes of no incident."""

from flask import abort, url_for

from app.incidents.access import reader
from app.lib.i18n import _
from app.measures.operations import Origin
from app.measures.origins import Start
from app.measures.vocabulary import OriginKind
from app.measures.walks import queries
from app.measures.walks.vocabulary import FINDING_KIND_LABELS


def of_finding(public_id: str) -> Start:
    """In the area that the reader acts in, and only what is wrong: a good place needs no measure."""
    here = reader()
    finding = queries.finding_in(here.area, public_id)
    if finding is None or not finding.is_bad:
        abort(404)
    what = f"{_(FINDING_KIND_LABELS[finding.kind]).capitalize()}: {finding.at}"
    given: dict[str, object] = {
        "title": what[:120], "what": finding.note[:1000], "dimension": finding.walk.dimension.value,
    }  # fmt: skip
    if finding.due_on:
        given["due_on"] = finding.due_on
    if finding.responsible:
        given["owner"] = finding.responsible.public_id
    back = url_for("findings.show", finding_id=public_id)
    label = _("Kommer af tryghedsvandringen »%(title)s«.", title=finding.walk.title)
    return Start(Origin(OriginKind.WALK, public_id), here, back, label, given)
