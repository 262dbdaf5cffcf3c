"""Texts by Twilio: duty people get a number that they can answer, residents a name that they can trust."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from twilio.base.exceptions import TwilioRestException

from app.lib import clock
from app.messaging.channels.base import Accepted, Outgoing
from app.messaging.channels.twilio_account import TwilioChannel, meaning
from app.messaging.states import Priority, ReceiverKind

LONGEST_VALID = 36_000  # seconds, the provider's own limit
LOOKED_AT = 50


@dataclass
class TwilioSms(TwilioChannel):
    """One request for each text."""

    name: str = "twilio_sms"

    async def send(self, outgoing: Outgoing) -> Accepted:
        """Accepted when the provider has given it an id."""
        try:
            message = await self.account.client().messages.create_async(
                to=outgoing.address,
                from_=self.sender(outgoing),
                body=outgoing.text,
                status_callback=self.account.back("status", outgoing),
                validity_period=_valid_for(outgoing.valid_until),
            )
        except TwilioRestException as error:
            raise meaning(error) from None
        return Accepted(str(message.sid))

    def sender(self, outgoing: Outgoing) -> str:
        """Who the phone says that it is from."""
        twilio = self.account.twilio
        if outgoing.receiver_kind is not ReceiverKind.PARTY:
            return twilio.name or twilio.number
        return twilio.callout_number if outgoing.priority == Priority.CALLOUT else twilio.number

    async def look_up(self, address: str, text: str, since: datetime) -> list[str]:
        """The provider's ids of this text to this address; none proves nothing."""
        found = await self.account.client().messages.list_async(
            to=address, date_sent_after=since - timedelta(minutes=1), limit=LOOKED_AT
        )
        return [str(one.sid) for one in found if one.body == text]


def _valid_for(until: datetime) -> int:
    return max(1, min(LONGEST_VALID, int((until - clock.now()).total_seconds())))
