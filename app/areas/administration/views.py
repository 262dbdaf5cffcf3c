"""The administrator's pages, gathered under one address."""

from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.accounts.guard import Permission, requires
from app.areas.administration.forms import PLACE_KINDS
from app.areas.models import ORGANISATION_KINDS
from app.areas.roles import LABELS
from app.extensions import Model, db
from app.lib.i18n import _

blueprint = Blueprint("administration", __name__, url_prefix="/administration")
Row = TypeVar("Row", bound=Model)


def row_or_404(model: type[Row], public_id: str) -> Row:
    """A row by its public id. The administrator reaches all people and settings."""
    row: Row | None = db.session.scalar(sa.select(model).filter_by(public_id=public_id))
    return row if row is not None else abort(404)


def form_page(form: FlaskForm, title: str, button: str, back: tuple[str, str], note: str = "") -> tuple[str, int]:
    """A page with one form; 422 when it came back with faults."""
    page = render_template(
        "areas/administration/form.html", form=form, title=title, button=button, back=back, note=note
    )
    return page, 422 if form.is_submitted() else 200


@blueprint.get("")
@requires(Permission.ADMINISTER)
def start() -> Response:
    """People are what is looked for most."""
    return redirect(url_for("administration.people"))


@blueprint.get("/audit")
@requires(Permission.ADMINISTER)
def audit() -> str:
    """Who changed people, roles and settings."""
    before = request.args.get("before", type=int)
    entries: list[Any] = accounts.audit(before)
    older = url_for(".audit", before=entries[-1][0].id) if len(entries) == accounts.PAGE else None
    newest = url_for(".audit") if before else None
    return render_template("areas/administration/audit.html", entries=entries, older=older, newest=newest)


@blueprint.context_processor
def labels() -> dict[str, Any]:
    """The Danish words of roles and kinds."""
    return {
        "role_label": lambda role: _(LABELS[role]),
        "kind_label": lambda kind: _(ORGANISATION_KINDS[kind]),
        "place_label": lambda kind: _(PLACE_KINDS[kind]),
    }
