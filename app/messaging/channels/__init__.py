"""The ways out. Which are open is decided by the configuration alone."""

from collections.abc import Callable

from flask import current_app

from app.messaging.channels.base import Channel
from app.messaging.channels.log import LogChannel
from app.messaging.channels.smtp import SmtpChannel
from app.messaging.channels.twilio_sms import TwilioSms
from app.messaging.channels.twilio_voice import TwilioVoice
from config import Config

VOICE = "twilio_voice"
LOADERS: dict[str, Callable[[Config], Channel]] = {
    "log": lambda config: LogChannel(),
    "smtp": SmtpChannel.from_config,
    "twilio_sms": TwilioSms.from_config,
    VOICE: TwilioVoice.from_config,
}
PREFERRED = {"sms": "twilio_sms", "voice": VOICE, "email": "smtp"}


def load(config: Config) -> dict[str, Channel]:
    """The channels that may send, by name."""
    return {name: LOADERS[name](config) for name in config.channels}


def channel_for(kind: str) -> str:
    """The channel for a kind of contact point (sms, voice or email): the true one when it is open, else the log."""
    config: Config = current_app.config["BEREDSKAB"]
    wanted = PREFERRED[kind]
    return wanted if wanted in config.channels else "log"


def can_call() -> bool:
    """Whether the machine may ring to people."""
    config: Config = current_app.config["BEREDSKAB"]
    return VOICE in config.channels
