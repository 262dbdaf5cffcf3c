"""Starts a party's round, takes its steps, and ends it at the first yes. All under the incident's lock."""

from app.callout.operations.asking import caller_of, line_of, reachable_line, ways_to
from app.callout.operations.declining import decline
from app.callout.operations.ending import acknowledge, let_answer, record_attempt, resume, stop_all, tell_called
from app.callout.operations.rounds import start, start_again, take_due_steps, take_up, waits

__all__ = [
    "acknowledge",
    "caller_of",
    "decline",
    "let_answer",
    "line_of",
    "reachable_line",
    "record_attempt",
    "resume",
    "start",
    "start_again",
    "stop_all",
    "take_due_steps",
    "take_up",
    "tell_called",
    "waits",
    "ways_to",
]
