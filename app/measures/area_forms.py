"""One way to show and take a form of the area: once only, into the world it was shown, losing nothing typed."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from app.accounts.guard import Permission
from app.areas import acting
from app.areas.acting import Acting
from app.areas.by import By
from app.errors import Refused
from app.extensions import db
from app.incidents.forms import IncidentForm
from app.incidents.pages import already_done, do_once
from app.lib.i18n import _

Shown = str | tuple[str, int] | Response


@dataclass(frozen=True)
class AreaPage:
    """How the form looks. `world` answers the digest of what it changes, and `changed` says how that is now."""

    title: str
    submit: str
    back: str
    intro: str = ""
    template: str = "measures/area_form.html"
    world: Callable[[], str] | None = None
    changed: Callable[[], str] = lambda: _("En anden har ændret det, siden du åbnede siden.")
    is_dangerous: bool = False


def area_form(form: IncidentForm, page: AreaPage, act: Callable[[], str], **context: object) -> Shown:
    """GET shows the form. POST does `act` once, commits, and goes to the address it answers; else 422 or 409."""
    world = page.world or (lambda: "")
    if request.method == "GET":
        form.digest.data = world()
        return render_template(page.template, form=form, page=page, **context)
    if (done := already_done(form)) is not None:
        return redirect(done, 303)
    fits = form.validate()
    if form.digest.data and form.digest.data != (now := world()):
        form.digest.data = now
        return render_template(page.template, form=form, page=page, has_changed=True, **context), 409
    if not fits:
        return render_template(page.template, form=form, page=page, **context), 422
    try:
        return redirect(do_once(form, act), 303)
    except Refused as refused:
        db.session.rollback()
        if (done := already_done(form)) is not None:  # the first of two taps has just done it
            return redirect(done, 303)
        return render_template(page.template, form=form, page=page, refused=refused, **context), 422


def area_tap(act: Callable[[], str], back: str) -> Response:
    """A button without fields: does `act` once. A tap without a key changes nothing."""
    form = IncidentForm()
    done = already_done(form)
    if done is None and form.validate():
        done = do_once(form, act)
    return redirect(done or back, 303)


def reader() -> Acting:
    """The signed-in person as the actor they act as; 404 for people without any place in an area."""
    return acting.current() or abort(404)


def by_of(person: Acting) -> By:
    """Who does it, for operations."""
    return By(person.user, person.actor)


def coordinates(person: Acting) -> bool:
    """May this person plan, promise and publish?"""
    return person.may(Permission.COORDINATE)
