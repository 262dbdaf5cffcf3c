"""Calls by Twilio. What is said is asked from us when somebody lifts the phone, so no text lies with the provider."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from twilio.base.exceptions import TwilioRestException

from app.messaging.channels.base import Accepted, Outgoing
from app.messaging.channels.twilio_account import TwilioChannel, meaning

RINGS_FOR = 40  # seconds
LASTS_AT_MOST = 180  # seconds, whatever is pressed
LOOKED_AT = 20
OVER = 21220  # the call is not there any more


@dataclass
class TwilioVoice(TwilioChannel):
    """One request begins a call; it has been answered only when a person presses a key."""

    name: str = "twilio_voice"

    async def send(self, outgoing: Outgoing) -> Accepted:
        """Accepted when the provider has given the call an id; the phone may not ring yet."""
        try:
            call = await self.account.client().calls.create_async(
                to=outgoing.address,
                from_=self.account.twilio.voice_number,
                url=self.account.back("voice", outgoing),
                status_callback=self.account.back("status", outgoing),
                status_callback_event=["initiated", "ringing", "answered", "completed"],
                machine_detection="Enable",
                timeout=RINGS_FOR,
                time_limit=LASTS_AT_MOST,
            )
        except TwilioRestException as error:
            raise meaning(error) from None
        return Accepted(str(call.sid))

    async def end(self, provider_id: str) -> None:
        """Stop it ringing. Whoever has lifted the phone already is not cut off; they hear that somebody answered."""
        try:
            await self.account.client().calls(provider_id).update_async(status="canceled")
        except TwilioRestException as error:
            if error.code != OVER and error.status != 404:
                raise meaning(error) from None

    async def look_up(self, address: str, text: str, since: datetime) -> list[str]:
        """The provider's ids of calls to this address since then; none proves nothing."""
        found = await self.account.client().calls.list_async(
            to=address, start_time_after=since - timedelta(minutes=1), limit=LOOKED_AT
        )
        return [str(one.sid) for one in found]
