"""What the owner's coordinators are told of a measure. Neutral words: a screen is read over shoulders."""

from app.areas.by import By
from app.areas.queries import members_of
from app.areas.roles import Role
from app.lib import clock
from app.measures.models import Measure
from app.notices.operations import notify_user


def about(measure: Measure) -> str:
    """What the notices of this measure are about."""
    return f"measure:{measure.public_id}"


def of_ownership(measure: Measure, *, by: By) -> None:
    """The owner hears that there is one, unless it is their own coordinator who wrote it."""
    if by.actor.id != measure.owner.id:
        text = f"{measure.owner.name} har fået ansvaret for et tiltag. Frist {measure.due_on:%d.%m.%Y}."
        tell(measure, text, key=f"owner:{measure.version}")


def of_deadline(measure: Measure, due: str) -> None:
    """A week before, on the day, and some times after."""
    when = f"{measure.due_on:%d.%m.%Y}"
    text = f"Fristen for et tiltag hos {measure.owner.name} er {when}."
    if due.startswith("overdue"):
        text = f"Fristen for et tiltag hos {measure.owner.name} var {when}. Afslut det, eller sæt en ny frist."
    tell(measure, text, key=f"{measure.due_on.isoformat()}:{due}")


def tell(measure: Measure, text: str, *, key: str) -> None:
    """Each coordinator of the owner, once: the key is natural, so no second worker says it again."""
    hidden = measure.without_police and not measure.is_published
    for held in members_of(measure.area):
        is_theirs = held.actor_id == measure.owner_actor_id and held.role is Role.COORDINATOR
        if is_theirs and held.user.may_sign_in(clock.now()):
            notify_user(
                held.user_id, text, about=about(measure), without_police=hidden,
                key=f"measure:{measure.public_id}:{key}:{held.user_id}",
            )  # fmt: skip
