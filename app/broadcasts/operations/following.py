"""What follows a text: a withdrawal, a correction, an after-message; to exactly those who got it."""

from datetime import datetime

from app.broadcasts import queries
from app.broadcasts.models import Broadcast
from app.broadcasts.operations.holding import hold, note, take
from app.broadcasts.operations.sending import queue, stop_rest
from app.broadcasts.operations.telling import others, tell
from app.broadcasts.operations.translating import add_fixed
from app.broadcasts.operations.writing import Typed, begin, freeze
from app.broadcasts.publishing.queries import anything_published, was_ever_published
from app.broadcasts.states import STOPPABLE, Phase, ReleaseKind
from app.errors import Refused
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.plans.messages import DANISH_FIXED, NEXT_AT, SENT_AT, filled
from app.plans.tracks import may_withdraw, may_write_broadcast
from app.plans.vocabulary import AudienceKey, FixedKey


def follow_up(incident: Incident, reader: Reader, text: str, *, corrects: Broadcast | None, not_cpr: bool) -> Broadcast:
    """A correction to exactly those who got `corrects`; without it an after-message to all who got anything.

    An after-message may also be written when the incident is over.
    """
    incident = hold(incident, reader, may_write_broadcast, after=corrects is None or corrects.is_after)
    got = queries.got(corrects) if corrects else queries.got_anything(incident)
    is_public = was_ever_published(corrects) if corrects else anything_published(incident)
    if not got and not is_public:
        raise Refused(Reason(N_("Ingen har fået noget endnu.")))
    # What stands for everybody to read needs the yes that residents need, whether any of them got a text or not.
    everybody = [AudienceKey.RESIDENTS.value] if is_public else []
    audiences = tuple(dict.fromkeys([*(one.audience_key for one in got), *everybody]))
    typed = Typed(Phase.CORRECTION if corrects else Phase.AFTER, audiences, text, not_cpr=not_cpr)
    made = begin(incident, reader, typed, corrects)
    note(made, f"skrevet til dem, der fik {_what(corrects)}: {made.text}", reader.by)
    return made


def _what(corrects: Broadcast | None) -> str:
    return f"besked {corrects.number}" if corrects else "en besked"


def withdraw(broadcast: Broadcast, reader: Reader, next_at: datetime) -> Broadcast:
    """One person takes it back: the rest is stopped, and exactly those who got it get the fixed text at once."""
    incident = take(broadcast, STOPPABLE)
    hold(incident, reader, may_withdraw, after=broadcast.is_after)
    if queries.withdrawal_of(broadcast) is not None:
        raise Refused(Reason(N_("Beskeden er allerede trukket tilbage.")))
    stop_rest(broadcast, "withdrawn")
    if not queries.got(broadcast) and not was_ever_published(broadcast):
        raise Refused(Reason(N_("Intet af den nåede at blive sendt. Stop den i stedet.")))
    typed = Typed(Phase.WITHDRAWAL, tuple(broadcast.audiences), withdrawal_text(broadcast, next_at), not_cpr=True)
    made = begin(incident, reader, typed, broadcast)
    add_fixed(made, reader, FixedKey.WITHDRAWAL, _times(broadcast, next_at))
    count = freeze(made)
    made.asked_at = made.released_at = clock.now()
    made.release_kind, made.released_by_id, made.released_as = ReleaseKind.WITHDRAWN, reader.user.id, reader.actor
    queue(made)
    note(made, f"trækker besked {broadcast.number} tilbage hos {count}: {made.text}", reader.by)
    for actor in others(incident, reader.actor):
        text = f"Besked {broadcast.number} er trukket tilbage. Skriv en rettelse."
        tell(made, actor, text, "withdrawn", send=actor.id == incident.leader_actor_id)
    return made


def withdrawal_text(broadcast: Broadcast, next_at: datetime) -> str:
    """Fixed, so that one person is enough."""
    return filled(DANISH_FIXED[FixedKey.WITHDRAWAL], _times(broadcast, next_at))


def _times(broadcast: Broadcast, next_at: datetime) -> dict[str, str]:
    sent_at = broadcast.queued_at or broadcast.made_at
    return {SENT_AT: f"{clock.local(sent_at):%H.%M}", NEXT_AT: f"{clock.local(next_at):%H.%M}"}
