"""Everything that changes an exercise: planned, told of, started, its story told, broken off, or found to be real."""

from app.exercises.operations.planning import Planned, call_off, change, end_callout, plan, start_planned, tell_next
from app.exercises.operations.running import break_off, start, this_is_real

__all__ = [
    "Planned", "break_off", "call_off", "change", "end_callout", "plan", "start", "start_planned", "tell_next",
    "this_is_real",
]  # fmt: skip
