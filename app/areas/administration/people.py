"""People: find, create, edit, close and open their access, hand out links, give and end roles."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import operations as accounts
from app.accounts import queries as found
from app.accounts.guard import Permission, requires
from app.accounts.models import User
from app.areas import operations, queries
from app.areas.administration.forms import GrantForm, NewPersonForm, PersonForm
from app.areas.administration.views import blueprint, form_page, row_or_404
from app.areas.models import Actor, Membership
from app.extensions import db
from app.lib.i18n import _


def me() -> User:
    """The administrator at work."""
    user: User = current_user._get_current_object()
    return user


def person_or_404(public_id: str) -> User:
    """Anybody with a login of their own; a colleague let in for a day is nobody's to administer."""
    user = row_or_404(User, public_id)
    return user if user.expires_at is None else abort(404)


@blueprint.get("/people")
@requires(Permission.ADMINISTER)
def people() -> str:
    """A page of people by name."""
    search = request.args.get("q", "").strip()[:120]
    users = found.people(search, request.args.get("after", ""))
    older = url_for(".people", q=search or None, after=users[-1].public_id) if len(users) == found.PAGE else None
    return render_template("areas/administration/people.html", users=users, search=search, older=older)


@blueprint.route("/people/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_person() -> str | tuple[str, int]:
    """Create a person; the answer shows the link to hand over."""
    form = NewPersonForm()
    if not form.validate_on_submit():
        return form_page(form, _("Ny person"), _("Opret"), (_("Personer"), url_for(".people")))
    try:
        user = accounts.create_person(
            form.name.data or "",
            form.email.data or "",
            by=me(),
            phone=form.phone.data,
            is_administrator=form.is_administrator.data,
        )
    except accounts.MailTaken as taken:  # by another administrator at the same moment
        form.say_of_email(taken)
        return form_page(form, _("Ny person"), _("Opret"), (_("Personer"), url_for(".people")))
    return _with_new_link(user)


@blueprint.get("/people/<public_id>")
@requires(Permission.ADMINISTER)
def person(public_id: str) -> str:
    """One person with roles."""
    return _page(person_or_404(public_id))


@blueprint.route("/people/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def edit_person(public_id: str) -> Response | tuple[str, int]:
    """Name, mail and phone."""
    user = person_or_404(public_id)
    form = PersonForm(user)
    if not form.validate_on_submit():
        return form_page(form, user.name, _("Gem"), (user.name, _address(user)))
    name, email = form.name.data or "", form.email.data or ""
    try:
        accounts.edit_person(user, name=name, email=email, phone=form.phone.data, by=me())
    except accounts.MailTaken as taken:
        form.say_of_email(taken)
        return form_page(form, user.name, _("Gem"), (user.name, _address(user)))
    return _done(user, _("Gemt."))


@blueprint.post("/people/<public_id>/password-link")
@requires(Permission.ADMINISTER)
def password_link(public_id: str) -> str:
    """A new link, shown once, to hand over to the person."""
    user = person_or_404(public_id)
    operations.tell_areas_of(user, f"{me().name} lavede et nyt link til kodeord for {user.name}.", "link")
    return _with_new_link(user)


@blueprint.post("/people/<public_id>/deactivation")
@requires(Permission.ADMINISTER)
def deactivate(public_id: str) -> Response:
    """Close the person's access at once."""
    user = person_or_404(public_id)
    accounts.deactivate(user, by=me())
    operations.tell_areas_of(user, f"{me().name} lukkede adgangen for {user.name}.", "closed")
    return _done(user, _("Adgangen er lukket. Personen er logget ud alle steder."))


@blueprint.post("/people/<public_id>/reactivation")
@requires(Permission.ADMINISTER)
def reactivate(public_id: str) -> Response:
    """Open it again."""
    user = person_or_404(public_id)
    accounts.reactivate(user, by=me())
    operations.tell_areas_of(user, f"{me().name} åbnede adgangen igen for {user.name}.", "opened")
    return _done(user, _("Adgangen er åben igen."))


@blueprint.post("/people/<public_id>/appointment")
@requires(Permission.ADMINISTER)
def appoint(public_id: str) -> Response:
    """Make the person an administrator."""
    user = person_or_404(public_id)
    operations.appoint_administrator(user, by=me())
    return _done(user, _("Personen er administrator nu."))


@blueprint.post("/people/<public_id>/dismissal")
@requires(Permission.ADMINISTER)
def dismiss(public_id: str) -> Response:
    """The person is no administrator any longer."""
    user = person_or_404(public_id)
    operations.dismiss_administrator(user, by=me())
    return _done(user, _("Personen er ikke administrator længere."))


@blueprint.route("/people/<public_id>/memberships", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def grant(public_id: str) -> Response | tuple[str, int]:
    """Give the person a role at an actor."""
    user = person_or_404(public_id)
    form = GrantForm(queries.all_actors())
    if not form.validate_on_submit():
        note = _("Områdets koordinatorer får det at vide. Personen logges ud og ser rollen ved næste login.")
        return form_page(
            form, _("Giv %(name)s en rolle", name=user.name), _("Giv rollen"), (user.name, _address(user)), note
        )
    operations.grant(user, row_or_404(Actor, form.actor.data), form.role.data, by=me())
    return _done(user, _("Rollen er givet. Områdets koordinatorer får det at vide."))


@blueprint.post("/memberships/<public_id>/end")
@requires(Permission.ADMINISTER)
def end_membership(public_id: str) -> Response:
    """The role ends now."""
    membership = row_or_404(Membership, public_id)
    operations.end(membership, by=me())
    return _done(membership.user, _("Rollen er afsluttet. Områdets koordinatorer får det at vide."))


def _with_new_link(user: User) -> str:
    token = accounts.make_password_link(user, by=me())
    db.session.commit()
    return _page(user, current_app.config["BEREDSKAB"].public_url + url_for("accounts.welcome", token=token))


def _page(user: User, link: str = "") -> str:
    memberships = queries.memberships_of(user)
    return render_template("areas/administration/person.html", person=user, memberships=memberships, link=link)


def _done(user: User, text: str) -> Response:
    db.session.commit()
    flash(text)
    return redirect(_address(user), 303)


def _address(user: User) -> str:
    return url_for(".person", public_id=user.public_id)
