"""The agreed plan line by line: each change is a version, made from the one that was shown."""

from datetime import datetime
from typing import Any

from flask import abort, render_template

from app.accounts.guard import Permission, requires
from app.areas.models import Actor
from app.direction import operations, queries
from app.direction.forms import LineForm, RemovalForm
from app.direction.page import blueprint, seen_inside
from app.direction.plan_page import Agreement
from app.direction.rules import Line, Part, changes
from app.incidents.forms import new_once
from app.incidents.pages import FormPage, Shown, form_page
from app.lib.i18n import _
from app.lib.types import new_public_id
from app.plans.vocabulary import Track

NOBODY = ""
TEMPLATE = "direction/plan_form.html"


@blueprint.get("/agreed-plan")
@requires(Permission.READ_ROOM)
def agreed_plan(public_id: str) -> str:
    """The newest version and where each party stands."""
    desk = reached(public_id)
    return render_template("direction/agreed_plan.html", direction=desk, incident=desk.incident, new_once=new_once)


@blueprint.get("/agreed-plan/versions")
@requires(Permission.READ_ROOM)
def plan_versions(public_id: str) -> str:
    """What each version changed in the one before."""
    desk = reached(public_id)
    found = queries.versions_of(desk.incident)
    before = [*(version.lines for version in found[1:]), ()][: len(found)]
    versions = [(version, changes(old, version.lines)) for version, old in zip(found, before, strict=True)]
    return render_template("direction/plan_versions.html", direction=desk, incident=desk.incident, versions=versions)


@blueprint.route("/agreed-plan/lines/new", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_line(public_id: str) -> Shown:
    """One more thing agreed."""
    desk = reached(public_id)
    form = _line_form(desk, part=Part.HANDLING.value, actor=NOBODY)
    page = _page(desk, _("Nyt punkt i planen"), _("Tilføj punktet"), changed=lambda: made_meanwhile(desk))
    return form_page(desk.seen, form, page, lambda: _save(desk, form, new_public_id()), direction=desk)


@blueprint.route("/agreed-plan/lines/<key>", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def change_line(public_id: str, key: str) -> Shown:
    """Other words, another party, another time."""
    desk = reached(public_id)
    line = line_or_404(desk, key)
    actor = desk.actors.get(line.actor_key or "")
    form = _line_form(
        desk, line.due_at, part=line.part.value, text=line.text, actor=actor.public_id if actor else NOBODY,
        due_at=line.due_at,
    )  # fmt: skip
    page = _page(desk, _("Ret punktet"), _("Gem rettelsen"), changed=lambda: _changed(desk, key))
    return form_page(desk.seen, form, page, lambda: _save(desk, form, key), direction=desk, line=line)


@blueprint.route("/agreed-plan/lines/<key>/removal", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def remove_line(public_id: str, key: str) -> Shown:
    """Out of the plan; it stays in the versions before."""
    desk = reached(public_id)
    line = line_or_404(desk, key)
    form = RemovalForm()

    def act() -> str:
        operations.remove_line(
            desk.incident, desk.reader, key, form.why.data or "", base=int(form.digest.data or 0),
            not_cpr=bool(form.not_cpr.data),
        )  # fmt: skip
        return desk.url("agreed_plan")

    page = _page(
        desk, _("Tag punktet ud"), _("Tag det ud"), intro=line.text, changed=lambda: _changed(desk, key),
        happens=(
            _("Planen får en ny version uden punktet. Parterne skal svare igen."),
            _("Er punktet en opgave, der ikke er udført, bliver den ikke relevant."),
        ),
    )  # fmt: skip
    return form_page(desk.seen, form, page, act, direction=desk)


def reached(public_id: str) -> Agreement:
    """The plan, for somebody who takes part. For the police it does not exist."""
    return Agreement(seen_inside(public_id, Track.NON_POLICE))


def line_or_404(desk: Agreement, key: str) -> Line:
    """A line of any version: one taken out meanwhile still shows what was typed about it."""
    found = (line for version in queries.versions_of(desk.incident) for line in version.lines if line.key == key)
    return next(found, None) or abort(404)


def _page(desk: Agreement, title: str, submit: str, **more: Any) -> FormPage:
    return FormPage(title, submit, desk.url("agreed_plan"), template=TEMPLATE, world=lambda: number_of(desk), **more)


def number_of(desk: Agreement) -> str:
    """The newest version, as a form is shown it."""
    newest = queries.latest_plan(desk.incident)
    return str(newest.number if newest else 0)


def _line_form(desk: Agreement, known_due: datetime | None = None, **shown: Any) -> LineForm:
    form = LineForm(**shown)
    form.known_due = known_due
    form.actor.choices = [(NOBODY, _("Ingen bestemt")), *((actor.public_id, actor.name) for actor in _here(desk))]
    return form


def _here(desk: Agreement) -> list[Actor]:
    return [p.actor for p in desk.incident.participations if p.ended_at is None]


def _save(desk: Agreement, form: LineForm, key: str) -> str:
    doer = next((actor.key for actor in _here(desk) if actor.public_id == form.actor.data), None)
    line = Line(key, Part(form.part.data), form.text.data or "", doer, form.due_at.data)
    operations.save_line(
        desk.incident, desk.reader, line, base=int(form.digest.data or 0), not_cpr=bool(form.not_cpr.data)
    )
    return desk.url("agreed_plan")


def made_meanwhile(desk: Agreement) -> str:
    """Who made the newest version."""
    newest = queries.latest_plan(desk.incident)
    assert newest is not None
    who = newest.made_as.name
    return _("%(who)s har ændret planen imens. Den er nu version %(n)s og står herunder.", who=who, n=newest.number)


def _changed(desk: Agreement, key: str) -> str:
    newest = queries.latest_plan(desk.incident)
    now = next((line for line in newest.lines if line.key == key), None) if newest else None
    if now is None:
        return f"{made_meanwhile(desk)} {_('Punktet er taget ud. Gemmer du, kommer det ind igen.')}"
    return f"{made_meanwhile(desk)} {_('Punktet er nu: %(now)s', now=now.text)}"
