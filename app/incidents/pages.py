"""One way to show and take a form of an incident: once only, into the world it was shown, losing nothing typed."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from app.accounts.operations import record
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Seen
from app.incidents.forms import IncidentForm
from app.incidents.locks import locked
from app.incidents.models import SubmittedForm
from app.lib import clock, personal_data
from app.lib.i18n import _, kept
from app.plans.vocabulary import STATUS_LABELS

TEMPLATE = "incidents/form.html"


@dataclass(frozen=True)
class FormPage:
    """How the form looks: its title, what stands above it, the button's verb, where "tilbage" leads.

    `happens` lists in full words what the button does ("Det sker nu: …"). Where the form is about something
    smaller than the incident (a task, the alarm report), `world` answers its digest and `changed` what it is now.
    """

    title: str
    submit: str
    back: str
    intro: str = ""
    is_dangerous: bool = False
    template: str = TEMPLATE
    happens: tuple[str, ...] = ()
    world: Callable[[], str] | None = None
    changed: Callable[[], str] | None = None


Shown = str | tuple[str, int] | Response


def form_page(seen: Seen, form: IncidentForm, page: FormPage, act: Callable[[], str], **context: object) -> Shown:
    """GET shows the form. POST does `act` once, commits, and goes to the address it answers.

    422 with the form when a field is wrong or a rule refuses, 409 when the incident has changed since
    the form was shown: the typed text stays in both.
    """
    world = page.world or (lambda: seen.incident.digest)
    if request.method == "GET":
        form.digest.data = world()
        return _show(seen, form, page, 200, **context)
    if (done := already_done(form)) is not None:
        return redirect(done, 303)
    if fits := form.validate():
        _hold(seen)
    # What does not fit may be the world's doing (a choice that is gone): then that is what is said.
    if (fits or form.digest.data) and form.digest.data != (now := world()):
        form.digest.data = now
        return _show(seen, form, page, 409, has_changed=True, **context)
    if not fits:
        return _show(seen, form, page, 422, **context)
    try:
        return redirect(do_once(form, act), 303)
    except Refused as refused:
        return _refused(form) or _show(seen, form, page, 422, refused=refused, **context)


def one_tap(seen: Seen, act: Callable[[], str]) -> Shown:
    """A button without fields: does `act` once, commits, and goes to the address it answers; a refusal is a page."""
    form = IncidentForm()
    if (done := already_done(form)) is not None:
        return redirect(done, 303)
    back = url_for("incident.show", public_id=seen.incident.public_id)
    if not form.validate():
        return redirect(back, 303)  # a tap without a key changes nothing; the room shows how it is
    _hold(seen)
    try:
        return redirect(do_once(form, act), 303)
    except Refused as refused:
        return _refused(form) or (
            render_template("incidents/refused.html", incident=seen.incident, refused=refused, back=back),
            422,
        )


def already_done(form: IncidentForm) -> str | None:
    """Where this very form led, when it has taken effect before."""
    done = db.session.get(SubmittedForm, _key(form))
    return done.location if done else None


def do_once(form: IncidentForm, act: Callable[[], str]) -> str:
    """`act` and the form's key in one transaction, committed. A double tap leads where the first one did."""
    try:
        location = act()
        _own_up(form)
        db.session.add(SubmittedForm(key=_key(form), user_id=current_user.id, location=location[:300], at=clock.now()))
        db.session.commit()
        return location
    except IntegrityError:
        db.session.rollback()
        if (done := already_done(form)) is not None:
            return done
        raise


def _own_up(form: IncidentForm) -> None:
    # Whoever keeps what looks like a person, a car or a number is known to have seen that; the text is not.
    kinds = form.overridden
    if not kinds:
        return
    said = kept("%(who)s lod stå, hvad der kunne ligne personoplysninger.", who=current_user.name)
    record("lint_overridden", said, by=current_user._get_current_object(), kinds=[kind.value for kind in kinds])
    for kind in kinds:
        if kind is not personal_data.Find.CPR and kind.value not in (form.warned.data or "").split():
            flash(_("Læs det igen. %(what)s", what=_(personal_data.MESSAGES[kind])))


def _hold(seen: Seen) -> None:
    # What was read before the lock may have changed while we waited for it: everything is read anew.
    locked(seen.incident)
    db.session.expire_all()


def _refused(form: IncidentForm) -> Response | None:
    # The second of two taps may be refused because the first one has just done it.
    db.session.rollback()
    done = already_done(form)
    return redirect(done, 303) if done is not None else None


def _key(form: IncidentForm) -> str:
    # Bound to the person, so that nobody can be led by a key they did not make.
    return f"{current_user.id}:{form.once.data}"[:80]


def _show(seen: Seen, form: IncidentForm, page: FormPage, status: int, **context: object) -> tuple[str, int]:
    incident = seen.incident
    words = _(STATUS_LABELS[incident.status])
    return render_template(
        page.template, form=form, page=page, incident=incident, seen=seen, status_words=words, **context
    ), status
