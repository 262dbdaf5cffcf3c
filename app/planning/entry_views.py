"""One entry of the draft: a new one, another wording, one place up or down, out."""

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.incidents.forms import IncidentForm
from app.lib.i18n import N_, _, kept
from app.planning import operations, queries
from app.planning.blocks import Block, block
from app.planning.blocks import title as title_of
from app.planning.forms import form_for
from app.planning.pages import DraftPage, Shown, gone_or, take, tap
from app.planning.reaching import Desk, blueprint, desk_or_404
from app.planning.rules.entries import (
    CHILDREN,
    MANY,
    Gone,
    entries,
    find,
    key_of,
    may_remove,
    moved,
    parent_of,
    without,
)
from app.plans.places import SECTION_OF, Kind

NEW = {
    Kind.PARTY: N_("Ny part"),
    Kind.CONTACT: N_("Ny kontakt"),
    Kind.CARD: N_("Nyt actionkort"),
    Kind.ITEM: N_("Nyt punkt på kortet"),
    Kind.AUDIENCE: N_("Ny målgruppe"),
    Kind.MESSAGE: N_("Ny tekst"),
    Kind.FIXED: N_("Ny fast tekst"),
    Kind.CATEGORY: N_("Ny hændelsestype"),
}


@blueprint.route("/entries/<kind>/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add(kind: str) -> Shown:
    """One more of a kind, last in its list."""
    desk, of = desk_or_404(), _kind(kind)
    parent = request.args.get("in", "") if of in CHILDREN.values() else ""
    if of not in MANY:
        abort(404)
    try:
        entries(desk.plan, of, parent)
    except Gone:
        abort(404)
    return _form(desk, of, parent, None, _(NEW[of]))


@blueprint.route("/entries/<kind>/<key>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def edit(kind: str, key: str) -> Shown:
    """Another wording of one entry."""
    desk, of = desk_or_404(), _kind(kind)
    there = find(desk.plan, of, key)
    if there is None and request.method == "GET":
        abort(404)
    title = block(desk.plan, of, there, parent_of(of, key)).title if there is not None else _("Ret")
    return _form(desk, of, parent_of(of, key), key, title)


def _form(desk: Desk, kind: Kind, parent: str, key: str | None, title: str) -> Shown:
    form, section = form_for(desk.plan, desk.area, kind, parent, key), SECTION_OF[kind]
    anchor = key or parent

    def act() -> str:
        document, entry = form.apply(desk.plan)
        operations.save(desk.draft, document, section, title_of(document, kind, entry, kept), desk.reader.by)
        return url_for("planning.section", section=section, _anchor=f"{kind}-{key_of(kind, entry, parent)}")

    def now() -> Block | None:
        there = find(desk.plan, kind, key) if key else None
        return block(desk.plan, kind, there, parent) if there is not None else None

    page = DraftPage(
        title, _("Gem i udkastet"), url_for("planning.section", section=section, _anchor=f"{kind}-{anchor}"),
        world=lambda: gone_or(find(desk.plan, kind, key)) if key else "new", now=now,
    )  # fmt: skip
    return take(
        desk, form, page, act, kind=kind, key=key, proposals=queries.proposals_for(desk.draft, desk.reader, section),
        may_remove=bool(key) and may_remove(kind, key or ""),
    )  # fmt: skip


@blueprint.route("/entries/<kind>/<key>/removal", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def remove(kind: str, key: str) -> Shown:
    """Out of the draft; what is in force keeps it."""
    desk, of = desk_or_404(), _kind(kind)
    there = find(desk.plan, of, key)
    if not may_remove(of, key) or (there is None and request.method == "GET"):
        abort(404)
    section = SECTION_OF[of]
    title = block(desk.plan, of, there, parent_of(of, key)).title if there is not None else _("Det er fjernet")

    def act() -> str:
        if there is not None:
            said = kept("Fjernet: %(what)s", what=title_of(desk.plan, of, there, kept))
            operations.save(desk.draft, without(desk.plan, of, key), section, said, desk.reader.by)
        return url_for("planning.section", section=section)

    page = DraftPage(
        _("Fjern »%(what)s«?", what=title), _("Fjern fra udkastet"), url_for("planning.edit", kind=of, key=key),
        world=lambda: gone_or(find(desk.plan, of, key)), is_dangerous=True,
        intro=_("Den plan, der gælder nu, har det stadig, til udkastet er godkendt."),
    )  # fmt: skip
    return take(desk, IncidentForm(), page, act)


@blueprint.post("/entries/<kind>/<key>/place")
@requires(Permission.COORDINATE)
def move(kind: str, key: str) -> Response:
    """One place up or down in its list."""
    desk, of = desk_or_404(), _kind(kind)
    section, up = SECTION_OF[of], request.form.get("way") == "up"
    back = url_for("planning.section", section=section, _anchor=f"{of}-{key}")

    def act() -> str:
        there = find(desk.plan, of, key)
        if of in MANY and there is not None:
            said = kept("Flyttet: %(what)s", what=title_of(desk.plan, of, there, kept))
            operations.save(desk.draft, moved(desk.plan, of, key, up=up), section, said, desk.reader.by)
        return back

    return tap(desk, act, back)


def _kind(name: str) -> Kind:
    return Kind(name) if name in set(Kind) else abort(404)
