"""The police deny what somebody recorded for them: what can be undone is undone, on the record."""

from app.areas.models import Actor
from app.direction import queries
from app.direction.models import Instruction, InstructionState, PoliceAct
from app.direction.operations.standing import changed, end, is_denied, put_in_force, tell
from app.incidents import log
from app.logbook.kinds import Kind


def undo_given(act: PoliceAct) -> None:
    """They never gave it: it is withdrawn, and the one that it replaced holds again."""
    instruction = queries.given_by(act)
    if instruction is None or not instruction.is_in_force:
        return
    told = queries.addressees(instruction)
    end(instruction, InstructionState.WITHDRAWN, "Politiet har afkræftet den.")
    text = f"Anvisning nr. {instruction.number} gælder ikke: politiet har afkræftet den."
    if (former := _real_one_before(instruction)) is not None:
        put_in_force(former)
        text += f" Nr. {former.number} gælder igen."
    _say(act, told, text)


def undo_ended(act: PoliceAct) -> None:
    """They never took it back: it holds."""
    instruction = queries.ended_by(act)
    if instruction is None or is_denied(instruction):
        return
    put_in_force(instruction)
    text = f"Anvisning nr. {instruction.number} gælder igen: politiet har ikke trukket den tilbage."
    _say(act, queries.addressees(instruction), text)


def _real_one_before(instruction: Instruction) -> Instruction | None:
    former = instruction.replaces
    while former is not None and is_denied(former):
        former = former.replaces
    return former


def _say(act: PoliceAct, told: list[Actor], text: str) -> None:
    incident = act.incident
    log.write(incident, Kind.INSTRUCTION, text, by=None)
    tell(incident, told, text, f"denied:{act.id}", None)
    changed(incident)
