"""Giving, replacing and withdrawing instructions, and how the parties answer. All under the incident's lock."""

from collections.abc import Callable
from dataclasses import dataclass

from app.areas.models import Actor
from app.direction import queries
from app.direction.models import (
    INSTRUCTION_STATES,
    Instruction,
    InstructionReceipt,
    InstructionState,
    PoliceActKind,
)
from app.direction.operations.standing import changed, end, tell
from app.direction.police_word import PoliceSaid, record
from app.errors import Refused
from app.extensions import db
from app.incidents import log
from app.incidents.access import Reader
from app.incidents.documents import document_of
from app.incidents.locks import locked
from app.incidents.models import Incident
from app.incidents.ruling import demand
from app.lib import clock
from app.lib.i18n import N_, Reason
from app.logbook.kinds import Kind
from app.plans.tracks import Ruling, may_acknowledge_instruction, may_deviate, may_instruct


@dataclass(frozen=True)
class Typed:
    """What was typed. `actors` None: all parties, also those that join later. `said`: heard from the police."""

    text: str
    actors: tuple[Actor, ...] | None = None
    said: PoliceSaid | None = None
    not_cpr: bool = False


def give(incident: Incident, reader: Reader, typed: Typed) -> Instruction:
    """The next instruction; the parties it is for are told at once. Raises Refused."""
    incident = _may_instruct(incident, reader, typed.said)
    return _issue(incident, reader, typed)


def replace(old: Instruction, reader: Reader, typed: Typed) -> Instruction:
    """A new number in the place of the old one, to be acknowledged anew."""
    incident = _may_instruct(old.incident, reader, typed.said)
    _must_be_in_force(old)
    new = _issue(incident, reader, typed, old)
    end(old, InstructionState.REPLACED, f"Erstattet af nr. {new.number}.")
    return new


def withdraw(
    instruction: Instruction, reader: Reader, why: str, *, said: PoliceSaid | None = None, not_cpr: bool = False
) -> None:
    """Nobody needs to follow it any more; the parties it was for are told at once."""
    incident = _may_instruct(instruction.incident, reader, said)
    _must_be_in_force(instruction)
    told = queries.addressees(instruction)
    if said:
        instruction.ended_act_id = record(incident, PoliceActKind.INSTRUCTION_END, said, by=reader.by).id
    end(instruction, InstructionState.WITHDRAWN, why)
    entry = log.write(
        incident, Kind.INSTRUCTION, f"Anvisning nr. {instruction.number} er trukket tilbage: {why}", by=reader.by,
        on_behalf_of=said.in_the_log if said else None, at=said.said_at if said else None, not_cpr=not_cpr,
    )  # fmt: skip
    tell(incident, told, f"Politiet har trukket anvisning nr. {instruction.number} tilbage.", str(entry.seq), reader)
    changed(incident)


def acknowledge(instruction: Instruction, reader: Reader) -> bool:
    """Set og forstået, for the reader's party. False when it had said so before. Raises Refused once it has ended."""
    receipt = _own_receipt(instruction, reader, may_acknowledge_instruction)
    if receipt.acknowledged_at and not receipt.deviates:
        return False
    words = "følger nu anvisning" if receipt.deviates else "har set og forstået anvisning"
    receipt.acknowledged_at, receipt.acknowledged_by_id = clock.now(), reader.user.id
    receipt.deviation = receipt.deviated_at = receipt.deviated_by_id = None
    incident = instruction.incident
    log.write(incident, Kind.CONTACT, f"{reader.actor.name} {words} nr. {instruction.number}", by=reader.by)
    changed(incident)
    return True


def deviate(instruction: Instruction, reader: Reader, reason: str, *, not_cpr: bool = False) -> None:
    """The reader's party does otherwise, for a reason; the police are told, once."""
    receipt = _own_receipt(instruction, reader, may_deviate)
    if receipt.deviates:
        raise Refused(Reason(N_("I har allerede meldt, at I afviger fra anvisningen.")))
    receipt.deviation, receipt.deviated_at, receipt.deviated_by_id = reason, clock.now(), reader.user.id
    incident = instruction.incident
    text = f"{reader.actor.name} afviger fra anvisning nr. {instruction.number}: {reason}"
    entry = log.write(incident, Kind.DECISION, text, by=reader.by, not_cpr=not_cpr)
    tell(incident, [incident.leader], text, str(entry.seq), reader)
    changed(incident)


def _may_instruct(incident: Incident, reader: Reader, said: PoliceSaid | None) -> Incident:
    incident = locked(incident)
    facts = queries.full_facts(incident)
    demand(may_instruct(document_of(incident), reader.who, facts, on_behalf=said is not None), incident.area)
    return incident


def _issue(incident: Incident, reader: Reader, typed: Typed, old: Instruction | None = None) -> Instruction:
    said = typed.said
    new = Instruction(
        incident=incident, number=queries.next_number(incident), text=typed.text, for_all=typed.actors is None,
        replaces=old, given_at=clock.now(), given_by_id=reader.user.id, given_as=reader.actor,
        police_act=record(incident, PoliceActKind.INSTRUCTION, said, by=reader.by) if said else None,
    )  # fmt: skip
    told = queries.may_be_told(incident) if typed.actors is None else list(typed.actors)
    new.receipts = [_first_receipt(actor, reader) for actor in told]
    db.session.add(new)
    db.session.flush()
    log.write(
        incident, Kind.INSTRUCTION, _in_the_log(new, old), by=reader.by, data={"instruction": new.number},
        on_behalf_of=said.in_the_log if said else None, at=said.said_at if said else None, not_cpr=typed.not_cpr,
    )  # fmt: skip
    instead = f" (i stedet for nr. {old.number})" if old else ""
    tell(incident, told, f"Ny anvisning fra politiet{instead}: {typed.text}", f"given:{new.number}", reader)
    changed(incident)
    return new


def _first_receipt(actor: Actor, reader: Reader) -> InstructionReceipt:
    # Whoever wrote it down has seen it.
    if actor.id != reader.actor.id:
        return InstructionReceipt(actor=actor)
    return InstructionReceipt(actor=actor, acknowledged_at=clock.now(), acknowledged_by_id=reader.user.id)


def _in_the_log(new: Instruction, old: Instruction | None) -> str:
    whom = "alle parter" if new.for_all else ", ".join(receipt.actor.name for receipt in new.receipts)
    instead = f", i stedet for nr. {old.number}" if old else ""
    return f"Anvisning nr. {new.number} til {whom}{instead}: {new.text}"


def _own_receipt(instruction: Instruction, reader: Reader, rule: Callable[..., Ruling]) -> InstructionReceipt:
    incident = locked(instruction.incident)
    db.session.refresh(instruction)
    is_for_us = reader.actor.id in {actor.id for actor in queries.addressees(instruction)}
    demand(rule(document_of(incident), reader.who, queries.full_facts(incident), is_for_us=is_for_us), incident.area)
    _must_be_in_force(instruction)
    if (receipt := instruction.receipt_of(reader.actor)) is None:
        receipt = InstructionReceipt(actor=reader.actor)
        instruction.receipts.append(receipt)
    return receipt


def _must_be_in_force(instruction: Instruction) -> None:
    db.session.refresh(instruction)
    if instruction.is_in_force:
        return
    params = {"n": instruction.number, "state": INSTRUCTION_STATES[instruction.state], "why": instruction.ended_why}
    raise Refused(Reason(N_("Anvisning nr. %(n)s gælder ikke længere. Den er %(state)s. %(why)s"), params))
