"""The search page: a few of everything, or one sort page by page."""

from flask import Blueprint, abort, render_template, request, url_for

from app.accounts.guard import Permission, requires
from app.areas import acting
from app.contacts import searching
from app.incidents.access import reader_or_none
from app.lib.i18n import N_, _
from app.room.search.sources import SOURCES, Found, Hit
from app.room.search.words import LONGEST, Words

blueprint = Blueprint("search", __name__, url_prefix="/search")
FEW = 3
CONTACTS = "contacts"
LABELS = {key: label for key, (label, _find) in SOURCES.items()} | {CONTACTS: N_("Kontakter")}


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show() -> str:
    """`q` are the words, `kind` the sort, `after` where its next page begins."""
    reader = reader_or_none() or abort(404)
    typed, kind = request.args.get("q", "").strip()[:LONGEST], request.args.get("kind", "")
    words = Words.of(typed)
    kinds = [kind] if kind in LABELS else list(LABELS)

    def find(one: str) -> Found:
        after = request.args.get("after", "")
        return _contacts(typed, after) if one == CONTACTS else SOURCES[one][1](reader, words, after)

    found = {one: find(one) for one in kinds} if words else {}
    return render_template(
        "room/search.html", q=typed, words=words, kind=kind if kind in LABELS else "", labels=LABELS,
        found={one: page for one, page in found.items() if page.hits}, few=FEW,
    )  # fmt: skip


def _contacts(typed: str, after: str) -> Found:
    """As the contact list finds them for this reader."""
    current = acting.current()
    if current is None:
        return Found([], "")
    page, rest = searching.found(current, searching.Sought.of({"q": typed}), after)
    hits = [
        Hit(
            one.name, one.actor.name if one.actor else _("Målgrupper"),
            url_for("contacts.edit", public_id=one.public_id), one.public_id,
        )
        for one in page
    ]  # fmt: skip
    return Found(hits, rest)
