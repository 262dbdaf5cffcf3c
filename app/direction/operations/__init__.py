"""Police instructions in a politisag and the agreed plan elsewhere."""

from app.direction.operations.acknowledging import acknowledge_for_police, undo_acknowledgement
from app.direction.operations.agreed_plan import (
    MadeMeanwhile,
    Said,
    record_stance,
    remove_line,
    save_line,
    take_stance,
    tell,
)
from app.direction.operations.denial import undo_ended, undo_given
from app.direction.operations.glimpse import turn_glimpse, undo_glimpse
from app.direction.operations.instructions import Typed, acknowledge, deviate, give, replace, withdraw
from app.direction.operations.silence import note_silence

__all__ = [
    "MadeMeanwhile",
    "Said",
    "Typed",
    "acknowledge",
    "acknowledge_for_police",
    "deviate",
    "give",
    "note_silence",
    "record_stance",
    "remove_line",
    "replace",
    "save_line",
    "take_stance",
    "tell",
    "turn_glimpse",
    "undo_acknowledgement",
    "undo_ended",
    "undo_given",
    "undo_glimpse",
    "withdraw",
]
