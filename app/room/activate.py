"""Aktivér: what runs already, the form, and what it leads to. Registered phones may do all of it without a session."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from app.accounts import sign_in
from app.accounts.guard import Permission, by_phone, requires
from app.callout import queries as callouts
from app.callout.models import CalloutState
from app.errors import Refused
from app.extensions import db
from app.incidents.access import Reader, reader_or_none, seen_or_404
from app.incidents.documents import document_of
from app.incidents.facts import facts_of
from app.incidents.models import ActivationRequest, Incident
from app.incidents.queries import by_once_key
from app.logbook.operations import LooksLikeCpr
from app.plans.queries import PlanInForce, plan_for
from app.plans.tracks import may_join
from app.room import ways
from app.room.activation_form import ActivationForm, AfterwardsForm, WhatAndWhere
from app.room.running import category_label, running
from app.room.ways import Way
from app.transitions import activate as activation
from app.transitions import afterwards as registration
from app.transitions import requests, take_part

blueprint = Blueprint("activation", __name__)
Answer = Response | str | tuple[str, int]


@blueprint.route("/activate", methods=["GET", "POST"])
@requires(Permission.SELF, urgent=True)
def activate() -> Answer:
    """What runs already stands first; then the form. One tap activates, or asks those who can."""
    reader = reader_or_none()
    if reader is None:
        return nobody()
    plan = plan_for(reader.area)
    form = ActivationForm(reader, plan.document)
    if request.method == "POST":
        return _take(form, plan)
    if not form.ways:
        return nobody()
    return _show(form, plan)


def _take(form: ActivationForm, plan: PlanInForce) -> Answer:
    if "ask" in request.form:  # the button beside a refusal
        form.way.data, form.way.raw_data = Way.ASK.value, [Way.ASK.value]
    if (done := where_it_led(form)) is not None:
        return redirect(done, 303)
    if "preview" in request.form:  # a browser without scripts asks whom it would wake
        return _show(form, plan)
    if not form.validate():
        return _show(form, plan, 422)
    known = set((form.known.data or "").split(","))
    if any(incident.public_id not in known for incident in running(form.reader).real.all):
        return _show(form, plan, 409, has_news=True)
    act = _ask if form.chosen is Way.ASK else _activate
    return take_once(form, lambda: act(form), lambda **more: _show(form, plan, 422, **more))


def _activate(form: ActivationForm) -> str:
    return address_after(activation.activate(form.activation()))


def _ask(form: ActivationForm) -> str:
    asked = requests.request_activation(form.reader.area, form.alarm(), form.reader, form.key)
    return url_for("requests_.show", public_id=asked.public_id)


def take_once(form: WhatAndWhere, act: Callable[[], str], show: Callable[..., Answer]) -> Answer:
    """Do it and commit; a refusal shows the form again, a second tap leads where the first one did."""
    try:
        location = act()
        db.session.commit()
        return redirect(location, 303)
    except LooksLikeCpr as refused:
        db.session.rollback()
        form.what.errors = [str(refused.reason)]
        return show()
    except Refused as refused:
        db.session.rollback()
        return show(refused=refused)
    except IntegrityError:
        db.session.rollback()
        if (done := where_it_led(form)) is None:
            raise
        return redirect(done, 303)


def where_it_led(form: WhatAndWhere) -> str | None:
    """Where this very form led, when it has taken effect."""
    if (incident := by_once_key(form.key)) is not None:
        return address_after(incident)
    asked = db.session.scalar(sa.select(ActivationRequest).where(ActivationRequest.once_key == form.key))
    return url_for("requests_.show", public_id=asked.public_id) if asked else None


def address_after(incident: Incident) -> str:
    page = "activation.receipt" if by_phone() else "incident.show"
    return url_for(page, public_id=incident.public_id)


def _show(form: ActivationForm, plan: PlanInForce, status: int = 200, **more: object) -> tuple[str, int]:
    now = running(form.reader).real
    form.known.data = ",".join(incident.public_id for incident in now.all)
    page = render_template(
        "room/activate.html", form=form, plan=plan, running=now, category_label=category_label,
        joinable=joinable_of(form.reader, now.glimpses), **told_beside(form, plan), **more,
    )  # fmt: skip
    return page, status


def told_beside(form: WhatAndWhere, plan: PlanInForce) -> dict[str, object]:
    """What the page tells beside the fields: whom it wakes, and who can where this person cannot."""
    who, document = form.reader.who, plan.document
    chosen = form.chosen or (form.ways[0] if len(form.ways) == 1 else None)
    named = document.category(form.category.data or "")
    ruling = ways.own_ruling(document, who) if Way.ASK in form.ways else None
    return {
        "preview": ways.preview(document, who, chosen, named.key) if chosen and named else None,
        "why_ask": ruling.reason if ruling is not None else None,
        "numbers": ways.numbers(form.reader.area, document, form.track),
        "submit": ways.SUBMIT[chosen or (Way.ASK if Way.ASK in form.ways else Way.NON_POLICE)],
        "told": _told(form, document.categories),
        "may_ask": Way.ASK in form.ways,
    }


def _told(form: WhatAndWhere, categories: tuple[object, ...]) -> dict[str, object]:
    """For the script: what each choice fills in, allows and wakes."""
    who, document = form.reader.who, form.plan
    return {
        "submit": {way: str(ways.SUBMIT[way]) for way in form.ways},
        "categories": {
            c.key: {
                "what": c.what,
                "ways": {
                    way: ways.preview(document, who, way, c.key)
                    for way in form.ways
                    if ways.track_of(way, who) in c.may_be
                },
            }
            for c in form.categories
        },
    }


def joinable_of(reader: Reader, glimpses: list[Incident]) -> set[str]:
    return {i.public_id for i in glimpses if may_join(document_of(i), reader.who, facts_of(i))}


@blueprint.post("/activate/join/<public_id>")
@requires(Permission.SELF, urgent=True)
def join(public_id: str) -> Answer:
    """*Det er denne: deltag.* Only for what the person may know of; a second tap leads to the same room."""
    reader = reader_or_none() or abort(404)
    now = running(reader)
    incident = next((i for i in now.all if i.public_id == public_id), None) or abort(404)
    if incident not in now.mine:
        take_part.join(incident, reader)
        db.session.commit()
    return redirect(address_after(incident), 303)


@blueprint.get("/activate/receipt/<public_id>")
@requires(Permission.SELF, urgent=True)
def receipt(public_id: str) -> str:
    """What a phone without a session sees: it is done, who leads, who is called; the room asks for a sign-in."""
    seen = seen_or_404(public_id)
    rounds = callouts.latest_of(seen.incident)
    called = [r for r in rounds if r.state is not CalloutState.NOT_CALLED]
    return render_template("room/activate_receipt.html", incident=seen.incident, rounds=called)


@blueprint.route("/activate/afterwards", methods=["GET", "POST"])
@requires(Permission.ACT)
def afterwards() -> Answer:
    """Register what is over, with its real times: nobody is called."""
    reader = reader_or_none() or abort(404)
    plan = plan_for(reader.area)
    form = AfterwardsForm(reader, plan.document)
    if not form.ways:
        return nobody()

    def show(status: int = 422, **more: object) -> tuple[str, int]:
        page = render_template("room/activate_afterwards.html", form=form, plan=plan, **told_beside(form, plan), **more)
        return page, status

    if request.method == "GET":
        return show(200)
    if (done := where_it_led(form)) is not None:
        return redirect(done, 303)
    if not form.validate():
        return show()
    return take_once(form, lambda: address_after(registration.register(form.activation())), show)


def nobody() -> tuple[str, int]:
    """For people who can neither activate nor ask: why, and whom to ring."""
    numbers, is_administrator = sign_in.activator_numbers(), current_user.is_administrator
    return render_template("room/activate_nobody.html", is_administrator=is_administrator, numbers=numbers), 403
