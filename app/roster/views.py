"""The duty roster: the area's, a party's, and one's own with a calendar address. Laid by the area's coordinators."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.accounts.guard import Permission, public, requires
from app.accounts.operations import record
from app.areas import acting
from app.areas.acting import Acting
from app.areas.models import Actor
from app.contacts.queries import duty_line
from app.contacts.seeing import may_read
from app.extensions import db
from app.lib import clock
from app.lib.i18n import _, kept
from app.roster import calendar, operations, queries
from app.roster.forms import ENDS_ON, RHYTHMS, WEEKDAYS, ShiftForm, SingleForm, WeeklyForm
from app.roster.models import SingleShift, WeeklyShift
from app.roster.page import AHEAD, roster_of

blueprint = Blueprint("roster", __name__, url_prefix="/roster")
Answer = Response | str | tuple[str, int]
NEW_ADDRESS = "new_calendar_address"  # the session's key: a secret that is shown once
BACK = timedelta(days=28)
OWN_SHOWN = 10  # the rest is in the calendar


@blueprint.get("")
@requires(Permission.READ_ROOM)
def show() -> str:
    """Every party that can be called: who is on duty now, and how many holes lie ahead."""
    reader = _reader()
    rosters = [roster_of(actor) for actor in reader.area.actors if duty_line(actor)]
    return render_template("roster/show.html", rosters=rosters, **_words(reader))


@blueprint.get("/mine")
@requires(Permission.READ_ROOM)
def mine() -> str:
    """The reader's own duties, and how to have them in their calendar."""
    reader, now = _reader(), clock.now()
    return render_template(
        "roster/mine.html", own=queries.duties_of_person(reader.user, now, now + AHEAD)[:OWN_SHOWN],
        feed=queries.feed_of(reader.user), new_address=session.get(NEW_ADDRESS), **_words(reader),
    )  # fmt: skip


@blueprint.post("/mine/calendar")
@requires(Permission.READ_ROOM)
def make_address() -> Response:
    """A new secret address; an old one ends."""
    token = operations.new_calendar_address(_reader().user)
    db.session.commit()
    session[NEW_ADDRESS] = f"{current_app.config['BEREDSKAB'].public_url}{url_for('roster.feed', token=token)}"
    flash(_("Din kalenderadresse er klar. Den vises, til du logger ud."))
    return redirect(url_for("roster.mine"), 303)


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str) -> Response:
    """The duties of whoever holds the secret, as RFC 5545; read by a calendar that cannot sign in."""
    found, now = queries.feed_by_token(token), clock.now()
    user = queries.user_of(found) if found else None
    if user is None:
        abort(404)
    days = [day for of in calendar.more for day in of(user)]
    body = calendar.feed(queries.duties_of_person(user, now - BACK, now + AHEAD), now, days)
    return Response(body, mimetype="text/calendar", headers={"Cache-Control": "private, max-age=900"})


@blueprint.get("/<actor_id>")
@requires(Permission.READ_ROOM)
def party(actor_id: str) -> str:
    """One party's roster: now, the next two weeks, the pattern, and the holes of a year."""
    reader, actor = _reached(actor_id)
    return render_template(
        "roster/party.html", roster=roster_of(actor), weekly=queries.weekly_of(actor),
        single=queries.single_of(actor, clock.now()), may_edit=reader.may(Permission.COORDINATE), **_words(reader),
    )  # fmt: skip


@blueprint.route("/<actor_id>/weekly", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_weekly(actor_id: str) -> Answer:
    """Shifts that come again."""
    reader, actor = _reached(actor_id)
    form = WeeklyForm(duty_line(actor))
    if not form.validate_on_submit():
        return _form_page(form, actor, _("Fast vagt"))
    operations.add_weekly(form.who, form.as_what, form.weekdays.data or (), form.hours)
    return _laid(reader, actor, _("Den faste vagt er lagt i planen."))


@blueprint.route("/<actor_id>/single", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def add_single(actor_id: str) -> Answer:
    """One shift."""
    reader, actor = _reached(actor_id)
    form = SingleForm(duty_line(actor))
    if not form.validate_on_submit():
        return _form_page(form, actor, _("Enkelt vagt"))
    operations.add_single(form.who, form.as_what, form.starts_at, form.ends_at, instead=form.instead.data)
    return _laid(reader, actor, _("Vagten er lagt i planen."))


@blueprint.route("/<actor_id>/weekly/<public_id>/end", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def end_weekly(actor_id: str, public_id: str) -> Answer:
    """A line of the pattern goes."""
    reader, actor = _reached(actor_id)
    return _take_off(reader, actor, queries.weekly_in(actor, public_id), "roster.end_weekly")


@blueprint.route("/<actor_id>/single/<public_id>/end", methods=["GET", "POST"])
@requires(Permission.COORDINATE)
def end_single(actor_id: str, public_id: str) -> Answer:
    """A single shift goes."""
    reader, actor = _reached(actor_id)
    return _take_off(reader, actor, queries.single_in(actor, public_id), "roster.end_single")


def _take_off(reader: Acting, actor: Actor, shift: WeeklyShift | SingleShift | None, endpoint: str) -> Answer:
    if shift is None or not may_read(reader, shift.contact):
        abort(404)
    if request.method == "GET":
        return render_template("roster/end.html", actor=actor, shift=shift, endpoint=endpoint, **_words(reader))
    operations.take_off(shift)
    return _laid(reader, actor, _("Vagten er taget af planen."))


def _reader() -> Acting:
    return acting.current() or abort(404)


def _reached(actor_id: str) -> tuple[Acting, Actor]:
    reader = _reader()
    actor = next((actor for actor in reader.area.actors if actor.public_id == actor_id), None)
    return reader, actor or abort(404)


def _words(reader: Acting) -> dict[str, object]:
    return {
        "may_read": lambda contact: may_read(reader, contact),
        "weekdays": WEEKDAYS, "ends_on": ENDS_ON, "rhythms": RHYTHMS,
    }  # fmt: skip


def _form_page(form: ShiftForm, actor: Actor, title: str) -> tuple[str, int]:
    page = render_template("roster/form.html", form=form, actor=actor, title=title)
    return page, 422 if form.is_submitted() else 200


def _laid(reader: Acting, actor: Actor, text: str) -> Response:
    said = kept("%(who)s ændrede vagtplanen hos %(where)s.", who=reader.user.name, where=actor.name)
    record("roster_changed", said, by=reader.user, area_id=reader.area.id, actor=actor.public_id)
    db.session.commit()
    flash(text)
    return redirect(url_for("roster.party", actor_id=actor.public_id), 303)
