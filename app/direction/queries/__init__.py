"""What was said for the police, what they told the parties, and what the parties agreed."""

from app.direction.queries.agreed_plan import (
    AGREED_WITHIN,
    is_agreed,
    is_late,
    last_stances,
    latest_plan,
    perhaps_late,
    version,
    versions_of,
)
from app.direction.queries.instructions import (
    addressees,
    ended_by,
    given_by,
    instruction,
    instructions_of,
    may_be_told,
    next_number,
)
from app.direction.queries.police_acts import acts_of, full_facts, unconfirmed

__all__ = [
    "AGREED_WITHIN",
    "acts_of",
    "addressees",
    "ended_by",
    "full_facts",
    "given_by",
    "instruction",
    "instructions_of",
    "is_agreed",
    "is_late",
    "last_stances",
    "latest_plan",
    "may_be_told",
    "next_number",
    "perhaps_late",
    "unconfirmed",
    "version",
    "versions_of",
]
