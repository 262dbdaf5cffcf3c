"""One way to show and take a form of a measure: once only, into the version it was shown, losing nothing typed."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from app.errors import Refused
from app.extensions import db
from app.incidents.forms import IncidentForm
from app.incidents.locks import locked
from app.incidents.pages import already_done, do_once
from app.lib.i18n import _
from app.measures.models import Measure

Shown = str | tuple[str, int] | Response


@dataclass(frozen=True)
class MeasurePage:
    """How the form looks: title, the button's verb, where "tilbage" leads, what stands above, what the button does."""

    title: str
    submit: str
    back: str
    intro: str = ""
    happens: tuple[str, ...] = ()
    template: str = "measures/form.html"


def take(form: IncidentForm, page: MeasurePage, act: Callable[[], str], measure: Measure | None = None,
         **context: object) -> Shown:  # fmt: skip
    """GET shows the form. POST does `act` once, commits, and goes to the address it answers.

    422 with the form when a field is wrong or a rule refuses, 409 when somebody changed the measure meanwhile.
    """
    if request.method == "GET":
        form.digest.data = _version(measure)
        return _show(form, page, 200, **context)
    if (done := already_done(form)) is not None:
        return redirect(done, 303)
    if fits := form.validate():
        _hold(measure)
    # What does not fit may be the world's doing: then that is what is said.
    if (fits or form.digest.data) and form.digest.data != (now := _version(measure)):
        form.digest.data = now
        return _show(form, page, 409, has_changed=True, **context)
    if not fits:
        return _show(form, page, 422, **context)
    try:
        return redirect(do_once(form, act), 303)
    except Refused as refused:
        db.session.rollback()
        if (done := already_done(form)) is not None:
            return redirect(done, 303)
        return _show(form, page, 422, refused=refused, **context)


def _hold(measure: Measure | None) -> None:
    # The incident's head row first, as everywhere; what was read before may have changed while we waited.
    if measure is None:
        return
    if measure.incident is not None:
        locked(measure.incident)
    mine = sa.select(Measure).where(Measure.id == measure.id).with_for_update(of=Measure)
    db.session.scalars(mine.execution_options(populate_existing=True)).one()
    db.session.expire_all()


def _version(measure: Measure | None) -> str:
    return str(measure.version) if measure is not None else "new"


def _show(form: IncidentForm, page: MeasurePage, status: int, **context: object) -> tuple[str, int]:
    changed = _("En anden har rettet tiltaget, siden du åbnede siden.")
    return render_template(page.template, form=form, page=page, changed=changed, **context), status
