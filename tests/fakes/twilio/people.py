"""What a person at a phone sees, hears and does."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from tests.fakes.twilio.lines import Answer

if TYPE_CHECKING:
    from tests.fakes.twilio.server import TwilioServer


@dataclass
class Text:
    """One text that the provider took. `was_read`: the test expected it."""

    server: "TwilioServer"
    sid: str
    to: str
    sender: str
    body: str
    callback: str
    valid_for: int
    was_read: bool = False

    def report(self, status: str, *, error: int | None = None, token: str | None = None) -> Answer:
        """Tell our side what became of it; with another `token` it is a forgery."""
        form = {"MessageSid": self.sid, "MessageStatus": status, "To": self.to}
        form |= {"ErrorCode": str(error)} if error else {}
        return self.server.tell(self.callback, form, token)


@dataclass
class Call:
    """One call. It rings until it is lifted, ends by itself, or is called off."""

    server: "TwilioServer"
    sid: str
    to: str
    sender: str
    url: str
    callback: str
    detects_machines: bool
    status: str = "ringing"
    was_read: bool = False
    heard: list[str] = field(default_factory=list)
    keys_go_to: str | None = None

    @property
    def rings(self) -> bool:
        return self.status == "ringing"

    def lift(self, by: str = "human") -> list[str]:
        """Somebody takes it; answers what was said."""
        assert self.rings, f"the phone of {self.to} does not ring, it is {self.status}"
        self.status = "in-progress"
        return self._listen(self.server.tell(self.url, self._form(AnsweredBy=by)))

    def press(self, key: str) -> list[str]:
        """A key, when one was asked for."""
        assert self.status == "in-progress", f"nobody holds the phone of {self.to}, it is {self.status}"
        assert self.keys_go_to, "no key was asked for"
        return self._listen(self.server.tell(self.keys_go_to, self._form(Digits=key, AnsweredBy="human")))

    def voicemail(self) -> list[str]:
        """Nobody takes it: the machine does."""
        said = self.lift(by="machine_start")
        self.hang_up()
        return said

    def ring_out(self, status: str = "no-answer") -> Answer:
        """Nobody takes it, or the line is busy."""
        self.status = status
        return self.report(status)

    def hang_up(self) -> Answer:
        """It is over."""
        self.status = "completed"
        return self.report("completed")

    def report(self, status: str, *, token: str | None = None) -> Answer:
        """Tell our side how it stands; with another `token` it is a forgery."""
        return self.server.tell(self.callback, self._form(CallStatus=status), token)

    def _form(self, **more: str) -> dict[str, str]:
        return {"CallSid": self.sid, "CallStatus": self.status, "To": self.to, "From": self.sender} | more

    def _listen(self, answer: Answer) -> list[str]:
        assert answer.status == 200, answer
        root = ElementTree.fromstring(answer.body)
        gather = root.find("Gather")
        self.keys_go_to = gather.get("action") if gather is not None else None
        heard = [say.text or "" for say in root.iter("Say")]
        assert all(say.get("language") == "da-DK" for say in root.iter("Say"))
        self.heard += heard
        if gather is None:
            self.status = "completed"
        return heard


@dataclass
class Phone:
    """Somebody with a phone: reads what comes, and answers when the test says so."""

    server: "TwilioServer"
    number: str

    def texts(self) -> list[str]:
        """Everything that came and was not read yet; now it is."""
        new = [text for text in self.server.texts if text.to == self.number and not text.was_read]
        for text in new:
            text.was_read = True
        return [text.body for text in new]

    def text(self, containing: str = "") -> Text:
        """The next unread text, which holds these words."""
        new = next((one for one in self.server.texts if one.to == self.number and not one.was_read), None)
        assert new is not None, f"no text came to {self.number}"
        assert containing in new.body, f"{containing!r} is not in {new.body!r}"
        new.was_read = True
        return new

    def call(self) -> Call:
        """The next call that was not seen yet."""
        new = next((one for one in self.server.calls if one.to == self.number and not one.was_read), None)
        assert new is not None, f"the phone of {self.number} never rang"
        new.was_read = True
        return new

    def is_silent(self) -> bool:
        """Nothing new came."""
        return not any(one.to == self.number and not one.was_read for one in [*self.server.texts, *self.server.calls])

    def reply(self, body: str, to: str | None = None, *, sid: str | None = None, token: str | None = None) -> Answer:
        """Write to the number that texts come from."""
        form = {
            "MessageSid": sid or self.server.new_sid("SM"), "From": self.number, "To": to or self.server.number,
            "Body": body,
        }  # fmt: skip
        return self.server.tell(f"{self.server.public_url}/webhooks/twilio/sms", form, token)
