"""Fills messaging's slots: a reply or a key answers; a delivery's outcome refreshes the room."""

import re

from app.callout import codes, operations, queries
from app.callout.models import Answered, Call, Callout
from app.extensions import db
from app.incidents import log
from app.incidents.locks import locked
from app.messaging.hooks import Ended
from app.messaging.models import Delivery, InboundMessage

_ABOUT = re.compile(r"callout:(\d+)")
_VOICE = re.compile(r"voice:(\d+):.*")
# A digit alone is an answer; "2 minutter" is none.
_YES = re.compile(r"(ja|j|ok)\b.*|1", re.I | re.S)
_NO = re.compile(r"(nej|n)\b.*|(jeg )?kan ikke\b.*|2", re.I | re.S)
# Anywhere in an answer that begins otherwise: "Ok, men jeg kan ikke komme".
_BUT = re.compile(r"\b(nej|kan ikke|kommer ikke)\b", re.I)

YES_KEY, NO_KEY = "1", "2"
THANKS = "Tak. Vi har noteret, at {party} har svaret. Ring til lederen, eller log ind i Beredskab."
NEXT = "Tak. Så spørger vi den næste hos {party}."
TOO_LATE = "Der er allerede svaret, eller beredskabet er slut. Du skal ikke gøre mere. Tak."


def on_reply(message: InboundMessage) -> bool:
    """True when it answers one of this phone's calls: by its code, or alone where only one is open."""
    text = (message.text or "").strip()
    for code in codes.codes_in(text):
        if call := queries.call_by_code(message.from_address, code):
            rest = text.replace(code, "").strip(" .,:;!")
            (_no if _NO.fullmatch(rest) or _BUT.search(rest) else _yes)(call, Answered.CODE)
            return True
    bare = text.strip(" .,:;!")
    is_unclear = _BUT.search(bare) and not _NO.fullmatch(bare)
    if is_unclear or not (_YES.fullmatch(bare) or _NO.fullmatch(bare)):
        return False  # people read it
    only = queries.only_open_call(message.from_address)
    if only is None:
        return False
    (_no if _NO.fullmatch(bare) else _yes)(only, Answered.CODE)
    return True


def asks_for_key(delivery: Delivery) -> bool:
    """A call of a round does; "Fejlaktivering" only tells."""
    return _VOICE.fullmatch(delivery.unique_key) is not None


def on_key(delivery: Delivery, digit: str) -> str | None:
    """What the person who pressed a key is told; None when the key means nothing, or the call is not ours."""
    asked = _VOICE.fullmatch(delivery.unique_key)
    call = queries.call(int(asked[1])) if asked else None
    if call is None or digit not in (YES_KEY, NO_KEY):
        return None
    said, answered = (THANKS, _yes(call, Answered.KEY)) if digit == YES_KEY else (NEXT, _no(call, Answered.KEY))
    return said.format(party=call.callout.actor.name) if answered else TOO_LATE


def on_outcome(ended: list[Ended]) -> None:
    """The room shows at once what was sent, failed or is uncertain."""
    ids = {int(m[1]) for d in ended if (m := _ABOUT.fullmatch(d.about))}
    for callout_id in sorted(ids):
        callout = db.session.get(Callout, callout_id)
        if callout is not None:
            log.changed(callout.incident, "parties")


def _yes(call: Call, how: Answered) -> bool:
    newest = _newest(call)
    return newest is not None and operations.acknowledge(newest, how, call.contact.called, by=None)


def _no(call: Call, how: Answered) -> bool:
    newest = _newest(call)
    return newest is not None and operations.decline(newest, call, how)


def _newest(call: Call) -> Callout | None:
    """The party's round of now, for an answer to the one before is one to it; None when the incident is over."""
    incident = locked(call.callout.incident)
    newest = queries.latest(incident, call.callout.actor)
    return queries.callout(newest.id) if incident.is_open and newest is not None else None
