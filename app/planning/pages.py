"""One way to show and take a form of a draft: once only, into the wording it was shown, losing nothing typed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from app.errors import Refused
from app.extensions import db
from app.incidents.forms import IncidentForm
from app.incidents.pages import already_done, do_once
from app.lib.i18n import _
from app.planning.blocks import Block
from app.planning.reaching import Desk

Shown = str | tuple[str, int] | Response


@dataclass(frozen=True)
class DraftPage:
    """How the form looks. `world` is the digest of what it changes; `now` is that in words, None when it is gone."""

    title: str
    submit: str
    back: str
    world: Callable[[], str]
    now: Callable[[], Block | None] = lambda: None
    intro: str = ""
    template: str = "planning/form.html"
    is_dangerous: bool = False


def take(desk: Desk, form: IncidentForm, page: DraftPage, act: Callable[[], str], **context: object) -> Shown:
    """GET shows the form. POST does `act` once, commits, and goes to the address it answers.

    422 with the form when a field is wrong or a rule refuses; 409 when somebody wrote the same place meanwhile: then
    their words stand above what was typed here.
    """
    if request.method == "GET":
        form.digest.data = page.world()
        return _show(desk, form, page, 200, **context)
    if (done := already_done(form)) is not None:
        return redirect(done, 303)
    fits = form.validate()
    desk.hold()
    if desk.is_over:
        return _show(desk, form, page, 409, is_over=True, **context)
    if (fits or form.digest.data) and form.digest.data != (now := page.world()):
        form.digest.data = now
        return _show(desk, form, page, 409, has_changed=True, there=page.now(), **context)
    if not fits:
        return _show(desk, form, page, 422, **context)
    try:
        return redirect(do_once(form, act), 303)
    except Refused as refused:
        db.session.rollback()
        if (done := already_done(form)) is not None:
            return redirect(done, 303)
        return _show(desk, form, page, 422, refused=refused, **context)


def tap(desk: Desk, act: Callable[[], str], back: str) -> Response:
    """A button without fields: does `act` once. A tap without a key changes nothing."""
    form = IncidentForm()
    done = already_done(form)
    if done is None and form.validate():
        desk.hold()
        done = back if desk.is_over else do_once(form, act)
    return redirect(done or back, 303)


def digest(what: object) -> str:
    """What a form was shown of the world."""
    return hashlib.sha256(repr(what).encode()).hexdigest()[:20]


def gone_or(what: object | None) -> str:
    """The same of an entry that may be gone."""
    return digest(what) if what is not None else "gone"


def _show(desk: Desk, form: IncidentForm, page: DraftPage, status: int, **context: object) -> tuple[str, int]:
    changed = _("En anden har ændret det samme, siden du åbnede siden.")
    return render_template(page.template, desk=desk, form=form, page=page, changed=changed, **context), status
