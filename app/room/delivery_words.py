"""What became of one text or one call, in words. Sent, taken and answered are three things."""

from app.lib.i18n import N_, _
from app.messaging.channels import VOICE
from app.messaging.models import Delivery
from app.messaging.states import LABELS, DeliveryState

D = DeliveryState
CALL_LABELS = {
    D.QUEUED: N_("Ringes op, hvis der ikke svares før"),
    D.SENDING: N_("Ringes op nu"),
    D.SENT: N_("Ringet op"),
    D.DELIVERED: N_("Tog telefonen"),
    D.FAILED: N_("Opkaldet lykkedes ikke"),
    D.CANCELLED: N_("Ikke ringet op"),
    D.EXPIRED: N_("Ikke ringet op, for sent"),
    D.UNCERTAIN: N_("Uvist, om der blev ringet op"),
}
WHY_CALL = {
    "voicemail": N_("Telefonsvarer, det er intet svar"),
    "busy": N_("Optaget"),
    "no_answer": N_("Tog den ikke"),
}


def text_words(text: Delivery, *, is_stopped: bool = False) -> str:
    """`Sendt`, `Mislykket`, `Tog den ikke`; of a round that was stopped also what no stop could hold back."""
    said = _call_words(text) if text.channel == VOICE else _(LABELS[text.state])
    if is_stopped and text.has_left:
        said = _("%(state)s, nåede at blive sendt", state=said)
    return said[:1].upper() + said[1:]


def _call_words(text: Delivery) -> str:
    if text.state is D.FAILED and text.error_code in WHY_CALL:
        return _(WHY_CALL[text.error_code])
    if text.state is D.SENT and text.end_wanted_at is not None:
        return _("Ringet op, til der blev svaret")
    return _(CALL_LABELS[text.state])
