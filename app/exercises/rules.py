"""Who knows of a planned exercise, how fast a party answered, and when it is time for the next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.areas.roles import Role
from app.lib.i18n import N_, Reason
from app.plans.tracks.facts import ROOM_ROLES, Who
from app.plans.vocabulary import Track

EVERY = timedelta(days=92)  # a quarter
TOLD_AGAIN_AFTER = timedelta(days=31)
FEWEST = 3  # answers from which anything is said about a party over time
IN_WORDS = (
    N_("ingen"), N_("én"), N_("to"), N_("tre"), N_("fire"), N_("fem"), N_("seks"), N_("syv"), N_("otte"), N_("ni"),
    N_("ti"), N_("elleve"), N_("tolv"),
)  # fmt: skip


def may_know(who: Who, track: Track, participants: Sequence[str], *, is_unannounced: bool, planned_by: str) -> bool:
    """Whether a planned exercise exists for this person: its parties', and unannounced for their coordinators alone.

    People of the police know of none that is no politisag.
    """
    if not who.is_member or who.role not in ROOM_ROLES or (track is Track.NON_POLICE and who.police_in_area):
        return False
    if who.actor_key not in (*participants, planned_by):
        return False
    return who.role is Role.COORDINATOR or not is_unannounced


class Verdict(StrEnum):
    """A party's answer against the plan's target."""

    IN_TIME = "in_time"
    LATE = "late"
    SILENT = "silent"
    WAITING = "waiting"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Asked:
    """One step of a round: when it was taken, and who was asked in it; `told` says when somebody could not come."""

    number: int
    at: datetime
    people: tuple[str, ...]
    declined: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """How one party answered. `target` is the plan's: how long until everybody there is called."""

    party: str
    began_at: datetime
    target: timedelta
    is_called: bool
    is_over: bool
    answered_at: datetime | None = None
    how: str = ""
    who: str = ""
    steps: tuple[Asked, ...] = ()

    @property
    def took(self) -> timedelta | None:
        return None if self.answered_at is None else max(self.answered_at - self.began_at, timedelta(0))

    @property
    def verdict(self) -> Verdict:
        if not self.is_called:
            return Verdict.NOT_ASKED
        if self.took is not None:
            return Verdict.IN_TIME if self.took <= self.target else Verdict.LATE
        return Verdict.SILENT if self.is_over else Verdict.WAITING

    @property
    def answered_in(self) -> Asked | None:
        """The step that had been taken last when the answer came."""
        if self.answered_at is None:
            return None
        return next((step for step in reversed(self.steps) if step.at <= self.answered_at), None)


def minutes(length: timedelta) -> Reason:
    """`under et minut`, `efter 4 min`."""
    whole = int(length.total_seconds() // 60)
    return Reason(N_("inden for et minut")) if whole < 1 else Reason(N_("efter %(n)s min"), {"n": whole})


def said_of(answers: Sequence[timedelta | None]) -> Reason:
    """One party over its exercises, oldest first; None is silence. Small numbers in words, and nobody's rank."""
    called, answered = len(answers), sum(one is not None for one in answers)
    if called == 0:
        return Reason(N_("Ikke kaldt i en øvelse endnu."))
    if called < FEWEST:
        return Reason(
            N_("Kaldt i %(called)s, svarede i %(answered)s. For få til at sige noget om udviklingen."),
            {"called": in_words(called), "answered": in_words(answered)},
        )
    return Reason(
        N_("Svarede i %(answered)s af de seneste %(called)s."),
        {"called": in_words(called), "answered": in_words(answered)},
    )


def in_words(number: int) -> str:
    """`tre`; above twelve `13`."""
    return IN_WORDS[number] if number < len(IN_WORDS) else str(number)


def overdue_round(last_held: datetime | None, area_since: datetime, now: datetime) -> int | None:
    """How many times by now the area should have been told that it is long since; None while it is not."""
    due = (last_held or area_since) + EVERY
    return None if now < due else 1 + int((now - due) / TOLD_AGAIN_AFTER)
