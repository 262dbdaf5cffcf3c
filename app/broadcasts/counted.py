"""What became of all that an incident's texts sent: counted over every delivery when one changed, else as it was."""

from dataclasses import dataclass

from app.broadcasts.models import Broadcast
from app.broadcasts.queries import Reached, progress_of, reached_in
from app.broadcasts.sent import Out, sent_and_taken_back
from app.broadcasts.states import Progress
from app.incidents import log
from app.incidents.models import Incident
from app.live.remembered import remembered


@dataclass(frozen=True)
class Counted:
    """By audience, and by the broadcast's id."""

    reached: dict[str, Reached]
    progress: dict[int, Progress]


def counted(incident: Incident, broadcasts: list[Broadcast]) -> Counted:
    """Of all the incident's texts. Whatever changes one of these numbers raises the panel's topic."""

    def count() -> Counted:
        return Counted(reached_by(incident, sent_and_taken_back(broadcasts)), progress_of(broadcasts))

    return remembered(f"counted:{incident.public_id}", log.topic(incident, "informed"), count)


def reached_by(incident: Incident, out: Out) -> dict[str, Reached]:
    """By audience, without what was taken back."""
    return reached_in(incident, out.taken_back_ids, out.narrow, out.enough)
