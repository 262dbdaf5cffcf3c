"""The incident lives on in another: what has not left becomes drafts there, and who was told is said there.

No row of the new incident points into the old one: whoever reads the new may not be allowed the old.
"""

from collections.abc import Collection

from app.areas.by import By
from app.areas.models import Actor
from app.broadcasts import queries
from app.broadcasts.models import Broadcast, BroadcastAuthor, BroadcastText, Informed
from app.broadcasts.operations.holding import called, note
from app.broadcasts.operations.sending import annul, stop_rest
from app.broadcasts.publishing.operations import take_down
from app.broadcasts.standing import Row
from app.broadcasts.states import INHERITING, BroadcastState, How, Phase
from app.extensions import db
from app.incidents import log
from app.incidents.documents import document_of
from app.incidents.models import Incident
from app.lib import clock
from app.lib.i18n import N_
from app.logbook.kinds import Kind

GONE_ON = N_("Gået videre som kladde.")


def carry(text: Broadcast, into: Incident, signer: Actor, by: By | None) -> Broadcast:
    """The same words as a draft of the new incident. `signer` answers for it there; its authors stay its authors.

    It is made from no shared message, since the old one cannot be read by all who read the new incident.
    """
    meant = text.corrects or text  # a correction is for those its first text was for, and nobody else
    made = Broadcast(
        incident=into, number=queries.next_number(into), made_at=clock.now(), made_as=signer, message=None,
        phase=Phase.UPDATE if text.phase in INHERITING else text.phase, audiences=list(text.audiences),
        place_ids=list(meant.place_ids), entrances=list(meant.entrances), named=dict(meant.named),
        is_enough=meant.is_enough, text=text.text, not_cpr=text.not_cpr, state=BroadcastState.DRAFT,
        is_carried=True,
    )  # fmt: skip
    # Nobody lets go what he wrote himself, on either side of the switch.
    made.authors = [BroadcastAuthor(user_id=user_id, actor_id=signer.id) for user_id in sorted(text.author_ids)]
    made.texts = [
        BroadcastText(
            language=one.language, text=one.text, danish=one.danish, written_at=clock.now(),
            written_by_id=one.written_by_id, written_as=signer,
        )
        for one in text.texts
    ]  # a translation is read again too: nobody has approved it here
    db.session.add(made)
    to_whom = called(document_of(into), made.audiences)
    note(made, f"skrevet før skiftet til {to_whom}. Læs den igen: {made.text}", by)
    return made


def end_for_switch(incident: Incident, why: str, carried: Collection[Broadcast] = ()) -> None:
    """Nothing more of it leaves here, but for what takes a wrong text back: that waits for nobody.

    What stands on the public page goes silently: whoever leads from here says what the public is told.
    """
    take_down(incident, silently=True)
    for broadcast in queries.broadcasts_of(incident):
        if broadcast.state is BroadcastState.UNDER_WAY:
            if broadcast.phase is not Phase.WITHDRAWAL:
                _stop(broadcast)
        elif broadcast.state is not BroadcastState.CANCELLED:
            annul(broadcast, GONE_ON if broadcast in carried else why)


def _stop(broadcast: Broadcast) -> None:
    stopped = stop_rest(broadcast, "switched")
    if stopped.cancelled:
        left = len(stopped.already_left)
        note(broadcast, f"stoppet. {stopped.cancelled} blev ikke sendt, {left} nåede at blive sendt.", None)


def say_told(row: Row, into: Incident, signer: Actor, by: By, *, logged_by: By | None) -> None:
    """This audience heard of it before the switch: when, and nothing of what or how."""
    if row.first_at is None:
        return
    db.session.add(
        Informed(
            incident_id=into.id, audience_key=row.audience.key, how=How.BEFORE, at=row.first_at, by_id=by.user.id,
            as_id=signer.id,
        )
    )  # fmt: skip
    db.session.flush()
    text = f"{row.audience.label}: informeret før skiftet, kl. {clock.local(row.first_at):%H.%M}."
    log.write(into, Kind.CONTACT, text, by=logged_by)
    log.changed(into, "informed")
