"""The draft over HTTP: begun, its sections, its review date, what it says otherwise, and how it ends."""

from flask import abort, flash, render_template, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, requires
from app.incidents.forms import IncidentForm, new_once
from app.lib.i18n import _
from app.planning import operations, queries
from app.planning.blocks import blocks_of
from app.planning.entry_views import NEW
from app.planning.forms import ReviewDateForm
from app.planning.pages import DraftPage, Shown, gone_or, take, tap
from app.planning.reaching import Desk, blueprint, desk_or_404, writer
from app.planning.rules.difference import Change, compare
from app.planning.rules.entries import CHILDREN, MANY
from app.plans.places import SECTION_LABELS, SECTION_OF, Kind, Section
from app.plans.tracks import may_approve_plan
from app.plans.tracks.planning import Yes

WORDS = {"labels": SECTION_LABELS, "new_once": new_once}


@blueprint.get("")
@requires(Permission.COORDINATE)
def show() -> str:
    """What the draft consists of, what is wrong with it, and whose yes it has; or how to begin one."""
    who, in_force = writer()
    draft = queries.draft_of(who.area)
    if draft is None:
        return render_template("planning/none.html", area=who.area, in_force=in_force, **WORDS)
    desk = Desk(who, in_force, draft)
    found = desk.findings
    return render_template(
        "planning/draft.html", desk=desk, findings=found, hindering=sum(one.hinders for one in found),
        sections=list(Section), changes=changes_of(desk),
        approvals=queries.approvals_of(draft), edits=queries.edits_of(draft),
        proposals=queries.proposals_for(draft, who), **WORDS,
    )  # fmt: skip


@blueprint.post("")
@requires(Permission.COORDINATE)
def begin() -> Response:
    """A copy of the plan in force; the open draft, when there is one already."""
    who, in_force = writer()
    draft = queries.draft_of(who.area)
    if draft is None:
        draft = operations.begin(who.area, who.by)
    desk = Desk(who, in_force, draft)
    return tap(desk, lambda: url_for("planning.show"), url_for("planning.show"))


@blueprint.get("/sections/<section>")
@requires(Permission.COORDINATE)
def section(section: str) -> str:
    """One section: its entries with their forms, what is wrong here, and what learning points propose for it."""
    desk = desk_or_404()
    this = Section(section) if section in set(Section) else abort(404)
    kinds = [kind for kind, of in SECTION_OF.items() if of is this and kind not in CHILDREN.values()]
    return render_template(
        "planning/section.html", desk=desk, section=this, kinds=kinds, blocks=blocks_of(desk.plan, this), many=MANY,
        children=CHILDREN, new=NEW, findings=[one for one in desk.findings if one.place.section is this],
        proposals=queries.proposals_for(desk.draft, desk.reader, this), Kind=Kind, **WORDS,
    )  # fmt: skip


@blueprint.route("/review-date", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def review_date() -> Shown:
    """Until when the plan counts without being looked at."""
    desk = desk_or_404()
    form = ReviewDateForm(data={"review_on": desk.draft.review_on})

    def act() -> str:
        assert form.review_on.data is not None  # the form asks for it
        operations.set_review_date(desk.draft, form.review_on.data, desk.reader.by)
        return url_for("planning.section", section=Section.PURPOSE)

    page = DraftPage(
        _("Hvornår skal planen gennemgås igen?"), _("Gem i udkastet"),
        url_for("planning.section", section=Section.PURPOSE), world=lambda: gone_or(str(desk.draft.review_on)),
        intro=_("Parterne får besked 30 dage før og igen bagefter. Planen gælder stadig, når dagen er gået."),
    )  # fmt: skip
    return take(desk, form, page, act)


@blueprint.get("/difference")
@requires(Permission.COORDINATE)
def difference() -> str:
    """Section by section what the draft says otherwise than the plan in force."""
    desk = desk_or_404()
    return render_template("planning/difference.html", desk=desk, changes=changes_of(desk), **WORDS)


def changes_of(desk: Desk) -> dict[Section, list[Change]]:
    """What the draft says otherwise, section by section; sections that are the same are left out."""
    draft, found = desk.plan, {}
    for one in Section:
        if changed := compare(blocks_of(desk.in_force.document, one), blocks_of(draft, one)):
            found[one] = changed
    return found


@blueprint.route("/approval", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def approve() -> Shown:
    """One party's yes; the second makes it the plan."""
    desk = desk_or_404()
    given = queries.approvals_of(desk.draft)
    said = [Yes(one.user_id, one.actor.key) for one in given]

    def act() -> str:
        plan = operations.say_yes(desk.draft, desk.reader)
        if plan is None:
            flash(_("Dit ja er skrevet ned. En koordinator hos en anden part siger ja næst."))
            return url_for("planning.show")
        flash(_("Planens version %(n)s gælder fra nu.", n=plan.version))
        return url_for("plans.show")

    last = bool(given)
    page = DraftPage(
        _("Godkend planen"), _("Sig ja: planen gælder fra nu") if last else _("Sig ja for din part"),
        url_for("planning.show"), world=lambda: str(desk.draft.number), template="planning/approve.html",
    )  # fmt: skip
    return take(
        desk, IncidentForm(), page, act, given=given, findings=desk.findings, changes=changes_of(desk),
        ruling=may_approve_plan(desk.in_force.document, desk.reader.who, said), **WORDS,
    )  # fmt: skip


@blueprint.route("/discard", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def discard() -> Shown:
    """The draft ends; the plan in force stays."""
    desk = desk_or_404()

    def act() -> str:
        operations.discard(desk.draft, desk.reader.by)
        flash(_("Udkastet er kasseret."))
        return url_for("planning.show")

    page = DraftPage(
        _("Kassér udkastet?"), _("Kassér udkastet"), url_for("planning.show"), world=lambda: str(desk.draft.number),
        intro=_("Alt, der er skrevet i udkastet, bliver væk. Den plan, der gælder nu, ændres ikke."), is_dangerous=True,
    )  # fmt: skip
    return take(desk, IncidentForm(), page, act)
