"""Opens the review at stand-down, takes the parties' words, locks it, and keeps learning points until closed."""

from app.reviews.operations.debrief import answer, answer_by_link, send_link
from app.reviews.operations.evaluation import add_addendum, comment, conclude, lock, sign_off, waits_for
from app.reviews.operations.learning import (
    Proposal,
    add_learning_point,
    carried_out,
    close_learning_point,
    owners,
    remind_of_point,
)
from app.reviews.operations.opening import DEBRIEF_WITHIN, open_review, remind_of_debrief
from app.reviews.operations.summary import approve_summary, write_summary

__all__ = [
    "DEBRIEF_WITHIN", "Proposal", "add_addendum", "add_learning_point", "answer", "answer_by_link", "approve_summary",
    "carried_out", "close_learning_point", "comment", "conclude", "lock", "open_review", "owners", "remind_of_debrief",
    "remind_of_point", "send_link", "sign_off", "waits_for", "write_summary",
]  # fmt: skip
