"""What a person hears when the machine rings, in Danish. Pure: the provider's language in, text out."""

from twilio.twiml.voice_response import Gather, VoiceResponse

from app.lib.i18n import N_

DANISH = {"language": "da-DK", "voice": "Polly.Naja"}
WAITS = 8  # seconds for a key, after each reading
ANSWERED = N_("Der er allerede svaret. Du skal ikke gøre mere. Tak.")
SILENCE = N_("Vi hørte intet tast. Svar på sms'en, hvis du kan. Farvel.")


def question(text: str, answer_to: str) -> str:
    """The text twice; a key at any time goes to the address `answer_to`."""
    said = VoiceResponse()
    gather = Gather(num_digits=1, timeout=WAITS, action=answer_to, method="POST")
    gather.say(text, **DANISH)
    gather.pause(length=1)
    gather.say(text, **DANISH)
    said.append(gather)
    said.say(SILENCE, **DANISH)
    said.hangup()
    return str(said)


def statement(text: str) -> str:
    """The text twice, and nothing to answer."""
    said = VoiceResponse()
    said.say(text, **DANISH)
    said.pause(length=1)
    said.say(text, **DANISH)
    said.hangup()
    return str(said)


def farewell(text: str) -> str:
    """One sentence, and the call is over."""
    said = VoiceResponse()
    said.say(text, **DANISH)
    said.hangup()
    return str(said)


def silence() -> str:
    """To a machine nothing is said: a voicemail may be heard by anybody, and is no answer."""
    said = VoiceResponse()
    said.hangup()
    return str(said)


def nothing() -> str:
    """No answer to a text; what is to be said goes through the outbox."""
    return '<?xml version="1.0" encoding="UTF-8"?><Response/>'
