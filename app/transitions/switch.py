"""What ends with an incident that lives on in another: calls, texts, guests, open tasks."""

from collections.abc import Collection

from app.broadcasts import operations as broadcasts
from app.broadcasts.models import Broadcast
from app.callout import operations as callout
from app.extensions import db
from app.incidents import log
from app.incidents.models import Incident
from app.lib import clock
from app.messaging.models import Delivery
from app.plans.vocabulary import IncidentStatus
from app.tasks import operations as tasks
from app.transitions.colleague import passes_of
from app.transitions.stand_down import mail_head


def end_as(incident: Incident, status: IncidentStatus, carried: Collection[Broadcast] = ()) -> list[Delivery]:
    """The caller has asked whether it may and has written the log. Answers the calls' texts that had left.

    `carried`: the texts to audiences that live on as drafts.
    """
    called = callout.stop_all(incident)
    broadcasts.end_for_switch(incident, "Hændelsen er slut.", carried)
    tasks.move_open_to_follow_up(incident)
    end_passes(incident)
    # Not before the log's own last word, which may come from a host whose clock is ahead.
    incident.status, incident.ended_at = status, max(clock.now(), incident.chain.head_at)
    incident.next_update_at = None
    db.session.flush()
    mail_head(incident)
    log.changed(incident, *log.TOPICS)
    return called


def end_passes(incident: Incident) -> None:
    """Colleagues let in for 24 hours were let in to this one alone."""
    for held in passes_of(incident):
        held.ended_at = clock.now()
        held.user.session_epoch += 1
    db.session.flush()
