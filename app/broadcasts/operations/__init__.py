"""A broadcast from the first word to the last delivery. All under the incident's lock."""

from app.broadcasts.operations.another_way import try_another_way
from app.broadcasts.operations.denial import UNDONE_HERE, undo_police_word
from app.broadcasts.operations.following import follow_up, withdraw, withdrawal_text
from app.broadcasts.operations.freeing import hold_back, let_free
from app.broadcasts.operations.informing import engage, record_call, record_told
from app.broadcasts.operations.press import Enquiry, note_press
from app.broadcasts.operations.releasing import break_glass, give_back, release
from app.broadcasts.operations.sending import end_waiting, send_planned, stop, stop_all
from app.broadcasts.operations.switching import carry, end_for_switch, say_told
from app.broadcasts.operations.translating import approve as approve_translation
from app.broadcasts.operations.translating import translate
from app.broadcasts.operations.writing import Typed, cancel, compose, edit, reword, send_to_release

__all__ = [
    "UNDONE_HERE",
    "Enquiry",
    "Typed",
    "approve_translation",
    "break_glass",
    "cancel",
    "carry",
    "compose",
    "edit",
    "end_for_switch",
    "end_waiting",
    "engage",
    "follow_up",
    "give_back",
    "hold_back",
    "let_free",
    "note_press",
    "record_call",
    "record_told",
    "release",
    "reword",
    "say_told",
    "send_planned",
    "send_to_release",
    "stop",
    "stop_all",
    "translate",
    "try_another_way",
    "undo_police_word",
    "withdraw",
    "withdrawal_text",
]
