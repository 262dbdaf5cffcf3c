"""`/demo/phones`: plays every phone while nothing leaves the machine. Only in the demo, with the log channel alone."""

import secrets
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa
from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.guard import public
from app.extensions import db
from app.live.views import quiet, state_response
from app.messaging import inbox
from app.messaging.channels.log import LogChannel
from app.messaging.models import Delivery, DeliveryState, InboundMessage

blueprint = Blueprint("phones", __name__)
PHONES, TEXTS = 30, 4
LOOKED_AT = 300
ARRIVED = (DeliveryState.SENT, DeliveryState.DELIVERED)


@dataclass(frozen=True)
class Phone:
    """One address and the newest texts that came to it."""

    name: str
    address: str
    texts: list[Delivery]

    @property
    def can_reply(self) -> bool:
        return self.address.startswith("+")


def is_shown() -> bool:
    """Whether this page exists here."""
    config = current_app.config["BEREDSKAB"]
    return bool(config.is_demo and config.channels == (LogChannel.name,))


@blueprint.get("/demo/phones")
@public
def show() -> str:
    """Each phone with its texts, the one that heard last on top."""
    _demo_only()
    version = _version()
    return render_template("public/phones.html", phones=_phones(), version=version, once=secrets.token_urlsafe(12))


@blueprint.get("/demo/phones/texts")
@quiet
@public
def texts() -> str:
    """The phones alone."""
    _demo_only()
    return render_template("public/_phones.html", phones=_phones(), once=secrets.token_urlsafe(12))


@blueprint.get("/demo/phones/live")
@quiet
@public
def live() -> Response:
    """Whether a text came."""
    _demo_only()
    return state_response({"texts": _version()})


@blueprint.post("/demo/phones/reply")
@public
def reply() -> AnyResponse:
    """What the person at the phone answers goes the way that a real reply goes."""
    _demo_only()
    address, text = request.form.get("address", "")[:320], request.form.get("text", "").strip()[:1000]
    if _knows(address) and text:
        once = request.form.get("once", "")[:40] or secrets.token_urlsafe(12)
        inbox.receive(LogChannel.name, f"demo-{once}-{address}"[:120], address, "demo", text)
        db.session.commit()
    return redirect(url_for(".show"), 303)


def _demo_only() -> None:
    if not is_shown():
        abort(404)


def _arrived() -> sa.Select[Delivery]:
    return sa.select(Delivery).where(Delivery.channel == LogChannel.name, Delivery.state.in_(ARRIVED))


def _knows(address: str) -> bool:
    return db.session.scalar(_arrived().where(Delivery.address == address).limit(1)) is not None


def _phones() -> list[Phone]:
    newest = list(db.session.scalars(_arrived().order_by(Delivery.id.desc()).limit(LOOKED_AT)))
    order = {address: place for place, address in enumerate(dict.fromkeys(d.address for d in newest))}
    by_phone = groupby(sorted(newest, key=lambda d: order[d.address]), key=lambda d: d.address)
    return [_phone(address, list(texts)[:TEXTS]) for address, texts in by_phone][:PHONES]


def _phone(address: str, texts: list[Delivery]) -> Phone:
    return Phone(texts[0].name, address, texts)


def _version() -> str:
    sent = db.session.scalar(sa.select(sa.func.count()).select_from(_arrived().subquery()))
    heard = db.session.scalar(sa.select(sa.func.count()).select_from(InboundMessage))
    return f"{sent}.{heard}"
