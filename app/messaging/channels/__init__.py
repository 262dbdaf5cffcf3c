"""The ways out. Which are open is decided by the configuration alone.

Twilio's place: `twilio_sms.py` and `twilio_voice.py`, each a class that keeps the promise of `base.Channel` around
twilio's async client (set its time-out: the default waits for ever), loaded below when credentials are configured;
`channel_for` then answers them for "sms" and "voice". Their status callbacks are checked in a webhook and handed to
`receipts.settle`, replies to `inbox.receive`. Nothing else in this package changes.
"""

from collections.abc import Callable

from flask import current_app

from app.messaging.channels.base import Channel
from app.messaging.channels.log import LogChannel
from app.messaging.channels.smtp import SmtpChannel
from config import Config

LOADERS: dict[str, Callable[[Config], Channel]] = {"log": lambda config: LogChannel(), "smtp": SmtpChannel.from_config}
PREFERRED = {"sms": "twilio_sms", "voice": "twilio_voice", "email": "smtp"}


def load(config: Config) -> dict[str, Channel]:
    """The channels that may send, by name."""
    return {name: LOADERS[name](config) for name in config.channels}


def channel_for(kind: str) -> str:
    """The channel for a kind of contact point (sms, voice or email): the true one when it is open, else the log."""
    config: Config = current_app.config["BEREDSKAB"]
    wanted = PREFERRED[kind]
    return wanted if wanted in config.channels else "log"
