"""What the provider calls: reports, replies, and what is to be said on the phone. Each signed by it, else refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from twilio.request_validator import RequestValidator

from app.accounts.guard import signed_by_provider
from app.extensions import csrf, db
from app.lib import clock, phone
from app.messaging import hooks, inbox, queries, receipts, signing, spoken
from app.messaging import twilio_words as words
from app.messaging.models import Delivery
from app.messaging.states import DeliveryState
from config import Config

blueprint = Blueprint("webhooks", __name__, url_prefix="/webhooks/twilio")
LARGEST = 16 * 1024
NOBODY_ASKED = "Det tal kender vi ikke. Svar på sms'en. Farvel."
SMS = "twilio_sms"


def _from_twilio(view: Callable[..., Any]) -> Any:
    """Marks the view, and checks the signature before it runs."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        request.max_content_length = LARGEST
        if not _is_signed(request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        return view(*args, **kwargs)

    return csrf.exempt(signed_by_provider(checked))


def _is_signed(signature: str) -> bool:
    # Over the address that we gave, for what a proxy says of the request is not to be believed.
    config: Config = current_app.config["BEREDSKAB"]
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    address = f"{config.public_url}{request.path}{query}"
    return any(RequestValidator(token).validate(address, request.form, signature) for token in config.twilio.tokens)


@blueprint.post("/status/<token>")
@_from_twilio
def status(token: str) -> tuple[str, int]:
    """What became of an attempt; late, twice or in the wrong order."""
    delivery, attempt = _named(token)
    call, text = request.form.get("CallSid", ""), request.form.get("MessageSid", "")
    if call:
        state = words.CALL.get(request.form.get("CallStatus", ""))
        code = request.form.get("CallStatus", "").replace("-", "_")
    else:
        state = words.TEXT.get(request.form.get("MessageStatus", ""))
        code = f"twilio_{request.form.get('ErrorCode') or 'failed'}"
    if state is not None and (call or text):
        _settle(call or text, state, code, delivery, attempt)
    return "", 204


@blueprint.post("/sms")
@_from_twilio
def sms() -> Response:
    """A reply. Whether it answers a question is for those to say who asked; it is never answered in the same breath."""
    form = request.form
    sender, text = _e164(form.get("From", "")), form.get("Body", "").strip()
    inbox.receive(SMS, form.get("MessageSid", "")[:120] or abort(400), sender, form.get("To", "")[:320], text[:1600])
    db.session.commit()
    return _xml(spoken.nothing())


@blueprint.post("/voice/<token>")
@_from_twilio
def voice(token: str) -> Response:
    """Somebody, or something, has lifted the phone."""
    delivery, attempt = _named(token)
    call = request.form.get("CallSid", "")[:120]
    if words.is_machine(request.form.get("AnsweredBy", "")):
        _settle(call, DeliveryState.FAILED, "voicemail", delivery, attempt)
        return _xml(spoken.silence())
    _settle(call, DeliveryState.DELIVERED, None, delivery, attempt)
    if _is_over(delivery):
        return _xml(spoken.farewell(spoken.ANSWERED))
    if not any(asks(delivery) for asks in hooks.asks_for_key):
        return _xml(spoken.statement(delivery.text))
    return _xml(spoken.question(delivery.text, f"{_here()}/key/{token}"))


@blueprint.post("/key/<token>")
@_from_twilio
def key(token: str) -> Response:
    """A key was pressed: whoever asked says what it means, and what the person is told."""
    delivery, _ = _named(token)
    if words.is_machine(request.form.get("AnsweredBy", "")):
        return _xml(spoken.silence())
    digit = request.form.get("Digits", "")[:1]
    receipt = next((said for listener in hooks.on_key if (said := listener(delivery, digit))), None)
    db.session.commit()
    if receipt is None and not _is_over(delivery):
        return _xml(spoken.question(delivery.text, f"{_here()}/key/{token}"))
    return _xml(spoken.farewell(receipt or NOBODY_ASKED))


def _named(token: str) -> tuple[Delivery, int]:
    config: Config = current_app.config["BEREDSKAB"]
    named = signing.read(config.secret_key, token)
    delivery = queries.delivery(named.delivery) if named else None
    if named is None or delivery is None:
        abort(404)
    return delivery, named.attempt


def _settle(provider_id: str, state: DeliveryState, code: str | None, delivery: Delivery, attempt: int) -> None:
    receipts.settle(
        provider_id[:120] or abort(400),
        state,
        code if state is DeliveryState.FAILED else None,
        delivery=delivery,
        attempt=attempt,
    )
    db.session.commit()


def _is_over(delivery: Delivery) -> bool:
    return delivery.end_wanted_at is not None or delivery.valid_until <= clock.now()


def _e164(number: str) -> str:
    try:
        return phone.normalise(number)
    except phone.InvalidNumber:
        return number[:320]


def _here() -> str:
    config: Config = current_app.config["BEREDSKAB"]
    return f"{config.public_url}{blueprint.url_prefix}"


def _xml(text: str) -> Response:
    return Response(text, mimetype="text/xml")
