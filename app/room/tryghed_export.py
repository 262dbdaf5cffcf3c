"""The area page as a file: PDF, Excel or CSV, asked for here, made by the worker, marked with who took it and when."""

from typing import Any

import sqlalchemy as sa
from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.areas.models import Actor, Area, OrganisationKind
from app.areas.roles import Role
from app.documents import operations as documents
from app.documents.kinds import Kind
from app.documents.models import Document
from app.documents.operations import Wanted
from app.extensions import db
from app.incidents.access import Reader, known_in, reader
from app.indicators import caveats, exports, queries
from app.indicators.area_lists import TITLE, said_of
from app.lib import clock
from app.lib.i18n import _, in_danish
from app.plans.tracks import Who
from app.plans.tracks.facts import ROOM_ROLES
from app.room import tryghed_figures, tryghed_paper
from app.room.tryghed import blueprint
from app.room.tryghed_axis import Axis
from app.room.tryghed_cards import cards
from app.templating import clock_time, day

ENDINGS = ("pdf", "xlsx", "csv")


@blueprint.post("/export")
@requires(Permission.READ_AREA)
def export() -> Response:
    """Leaves the file to the worker. What is in it is what the page shows this reader now."""
    ending = request.form.get("as")
    if ending not in ENDINGS:
        abort(404)
    document = documents.ask(_wanted(reader(), ending), by=reader().by)
    db.session.commit()
    return redirect(url_for("documents.show", public_id=document.public_id), 303)


@in_danish()
def _wanted(who: Reader, ending: str) -> Wanted:
    rounds, title = queries.shown_rounds(who.area), _("Tryghed i %(area)s", area=who.area.name)
    axis = Axis(who, rounds)
    lead, lines = said_of(who.area)
    lists = {"title": _(TITLE), "lead": lead, "lines": lines}
    common: dict[str, Any] = {"title": f"{title}, {day(clock.now())}", "heading": title, "lang": "da"}
    if ending == "pdf":
        data: dict[str, Any] = common | {
            "pairs": [(_("Område"), who.area.name), (_("Kommune"), who.area.municipality)], "foot": _mark(who),
            "how": {"title": _("Sådan læser du tallene"), "lines": caveats.always()}, "lists": lists,
            "cards": [tryghed_paper.of_card(card) for card in cards(who.area, rounds)],
            "axis": tryghed_paper.of_axis(axis),
            "words": {"page": _("Side"), "of": _("af"), "continues": _("Fortsætter på næste side")},
        }  # fmt: skip
    else:
        data = common | {
            "notes": _notes(who, axis, lists), "sheets": [_("Læs først"), _("Tal")],
            "columns": tryghed_figures.columns(), "rows": tryghed_figures.rows(who.area, rounds, axis),
        }  # fmt: skip
    about = _about(who.area, who.actor, who.role, who.who)
    name = f"tryghed-{who.area.slug}-{clock.local(clock.now()):%Y-%m-%d}.{ending}"
    return Wanted(f"tryghed_{ending}", about, title, name, url_for("tryghed.show"), data)


def _mark(who: Reader) -> str:
    """Who took the file and when. A paper leaves the house: no volunteer's name goes with it."""
    is_volunteer = who.actor.organisation.kind is OrganisationKind.CIVIL
    name = who.actor.name if is_volunteer else f"{who.user.name}, {who.actor.name}"
    return _("Hentet af %(name)s, %(day)s kl. %(at)s.", name=name, day=day(clock.now()), at=clock_time(clock.now()))


def _notes(who: Reader, axis: Axis, lists: dict[str, Any]) -> list[str]:
    return [
        _("Tryghed i %(area)s", area=who.area.name), _mark(who), "", _("Sådan læser du tallene"), *caveats.always(),
        *(caveats.of_crime() if axis.registered else []), axis.told_note, *filter(None, [axis.done_note]), "",
        _("»værdi« er, som tallet er offentliggjort. »pct.« er tom, hvor kilden kun har ord eller et rundt tal."),
        _("»mindst« og »højst« er den statistiske usikkerhed (95 pct.), hvor antallet af svar er kendt."),
        _("Tal har decimalkomma. I CSV-filen er der semikolon mellem felterne."), "",
        lists["title"], lists["lead"], *lists["lines"],
    ]  # fmt: skip


def _about(area: Area, actor: Actor, role: Role, who: Who) -> str:
    """The file goes to its asker only while they could still take the same one."""
    told = "told" if role in ROOM_ROLES and not who.is_administrator else "untold"
    return f"tryghed:{area.public_id}:{actor.public_id}:{told}:{'police' if who.police_in_area else 'others'}"


def _may_read(document: Document) -> bool:
    area = db.session.scalar(sa.select(Area).where(Area.public_id == document.about.split(":")[1]))
    known = known_in(area.id) if area else []
    return area is not None and document.about in {_about(area, k.actor, k.role, k.who) for k in known}


KINDS = (
    Kind("tryghed_pdf", exports.PDF, exports.as_pdf, _may_read),
    Kind("tryghed_xlsx", exports.XLSX, exports.as_xlsx, _may_read),
    Kind("tryghed_csv", exports.CSV, exports.as_csv, _may_read),
)
