"""What an evaluation is told of one incident. Whoever asks gathers it; `ref` is a place in the timeline."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

Ref = str | None


@dataclass(frozen=True)
class Targets:
    """What the plan asks for, from the activation."""

    first_answer: timedelta
    last_answer: timedelta
    first_report: timedelta | None  # None: an exercise that is a call-out alone


@dataclass(frozen=True)
class Happened:
    """Something that was done or said once."""

    what: str
    at: datetime
    ref: Ref = None


@dataclass(frozen=True)
class Called:
    """One party's round: when its first text was handed over, when somebody answered."""

    party: str
    handed_over_at: datetime | None = None
    answered_at: datetime | None = None
    handed_over_ref: Ref = None
    answered_ref: Ref = None


@dataclass(frozen=True)
class Version:
    """A version of report or message, and the next update that it promised."""

    number: int
    at: datetime
    promised_at: datetime | None = None
    ref: Ref = None


@dataclass(frozen=True)
class Message(Version):
    """A version of the shared message with the parties that said the same."""

    said_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Audience:
    """When it was to hear, when it did; `is_due` False where the plan's target does not count."""

    label: str
    target: timedelta
    first_at: datetime | None = None
    not_relevant: bool = False
    ref: Ref = None


@dataclass(frozen=True)
class Due:
    """A task as it ended. `taken_from` is whose card it stood on when another party took it."""

    text: str
    due_at: datetime | None
    done_at: datetime | None = None
    is_relevant: bool = True
    taken_from: str = ""
    ref: Ref = None


@dataclass(frozen=True)
class Known:
    """A fact as it stands. `was_refuted`: it stood otherwise before."""

    text: str
    was_refuted: bool = False
    is_open: bool = False
    ref: Ref = None


@dataclass(frozen=True)
class Sent:
    """A text that left. `version` is the shared message it was made of, `newest` the one that stood when it left."""

    number: int
    at: datetime
    phase: str
    version: int | None = None
    newest: int | None = None
    by_one_alone: bool = False
    ref: Ref = None


@dataclass(frozen=True)
class Evidence:
    """All of it. `is_afterwards`: registered with its real times, so no target counted while it ran."""

    activated_at: datetime
    targets: Targets
    ended_at: datetime | None = None
    is_afterwards: bool = False
    activated_ref: Ref = None
    ended_ref: Ref = None
    parties: tuple[str, ...] = ()
    called: tuple[Called, ...] = ()
    reports: tuple[Version, ...] = ()
    messages: tuple[Message, ...] = ()
    audiences: tuple[Audience, ...] = ()
    after_message: Happened | None = None
    tasks: tuple[Due, ...] = ()
    facts: tuple[Known, ...] = ()
    sent: tuple[Sent, ...] = ()
    corrected_entries: tuple[Ref, ...] = ()
    leads: tuple[Happened, ...] = ()
    against: tuple[Happened, ...] = ()  # a party disagreed with the plan, or deviated from an instruction
    never_confirmed: tuple[Happened, ...] = ()  # recorded for the police
    dimensions: tuple[str, ...] = field(default=())
