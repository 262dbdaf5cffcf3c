"""How an instruction stands: ended, in force again; and telling the parties of it."""

from collections.abc import Iterable

from app.areas.models import Actor
from app.direction.models import ActState, Instruction, InstructionState
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import clock
from app.notices.operations import notify


def end(instruction: Instruction, state: InstructionState, why: str) -> None:
    """It holds no longer."""
    instruction.state, instruction.ended_at, instruction.ended_why = state, clock.now(), why[:300]
    db.session.flush()


def put_in_force(instruction: Instruction) -> None:
    """It holds again."""
    instruction.state, instruction.ended_at, instruction.ended_why = InstructionState.IN_FORCE, None, ""
    instruction.ended_act_id = None
    db.session.flush()


def is_denied(instruction: Instruction) -> bool:
    """The police say that they never gave it."""
    return instruction.police_act is not None and instruction.police_act.state is ActState.DENIED


def tell(incident: Incident, actors: Iterable[Actor], text: str, key: str, reader: Reader | None) -> None:
    """On the front page and by text, to those who take part now; not to the party of whoever did it."""
    here = {p.actor_id for p in incident.participations if p.ended_at is None}
    for actor in actors:
        if actor.id in here and (reader is None or actor.id != reader.actor.id):
            notify(
                actor, marked(incident, text)[:500], about=f"incident:{incident.public_id}",
                key=f"instruction:{incident.id}:{key}:{actor.id}", without_police=False, send=True,
                is_exercise=incident.is_exercise, group=f"incident:{incident.id}",
            )  # fmt: skip


def changed(incident: Incident) -> None:
    """The room shows something new."""
    db.session.flush()
    log.changed(incident, "direction", "state")
