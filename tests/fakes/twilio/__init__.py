"""A Twilio on this machine, with a person at the other end of each phone.

`with twilio_server() as twilio:` serves its interface on loopback, from a thread of its own; point TWILIO_API_URL at
`twilio.url`. `twilio.phone("+45…")` is a person: `text()` is the next text that they got, `call()` the call that rings.
What nobody in the test has read or lifted when the block ends was unexpected, and fails the test.
"""

from tests.fakes.twilio.lines import OverHttp, Within
from tests.fakes.twilio.people import Call, Phone, Text
from tests.fakes.twilio.server import ACCOUNT, TOKEN, Manner, TwilioServer, twilio_server

__all__ = ["ACCOUNT", "TOKEN", "Call", "Manner", "OverHttp", "Phone", "Text", "TwilioServer", "Within", "twilio_server"]
