"""Fills messaging's slot: STOP from a resident's own phone takes them off the list."""

import re

from app.messaging.models import InboundMessage
from app.signup.operations import leave_everywhere

# As people write it in the languages that they are written to in; nothing but that word, or it is for somebody to read.
_STOP = re.compile(r"(stop|afmeld( mig)?|unsubscribe|dur|iptal|jooji|rezygnuj[eę]|توقف|إيقاف)", re.I)


def on_reply(message: InboundMessage) -> bool:
    """True when the phone was a resident's and is one no longer."""
    return bool(_STOP.fullmatch((message.text or "").strip(" .!\"'"))) and bool(leave_everywhere(message.from_address))
