"""What sort of thing an entry of the log says."""

from enum import StrEnum

from app.lib.i18n import N_


class Kind(StrEnum):
    """Kept for ever in the chain: add values, never rename one."""

    ACTIVATION = "activation"
    DECISION = "decision"
    OMISSION = "omission"
    FACT = "fact"
    INSTRUCTION = "instruction"
    AGREEMENT = "agreement"
    CONTACT = "contact"
    MESSAGE = "message"
    TASK = "task"
    SUCCESSION = "succession"
    PRESS = "press"
    REPLY = "reply"
    CORRECTION = "correction"
    NOTE = "note"
    ERASURE = "erasure"
    STAND_DOWN = "stand_down"
    EXPORT = "export"


LABELS = {
    Kind.ACTIVATION: N_("Aktivering"),
    Kind.DECISION: N_("Beslutning"),
    Kind.OMISSION: N_("Beslutning om ikke at handle"),
    Kind.FACT: N_("Oplysning"),
    Kind.INSTRUCTION: N_("Politiets anvisning"),
    Kind.AGREEMENT: N_("Aftale"),
    Kind.CONTACT: N_("Kontakt"),
    Kind.MESSAGE: N_("Besked"),
    Kind.TASK: N_("Opgave"),
    Kind.SUCCESSION: N_("Sporskifte"),
    Kind.PRESS: N_("Presse"),
    Kind.REPLY: N_("Svar modtaget"),
    Kind.CORRECTION: N_("Rettelse"),
    Kind.NOTE: N_("Notat"),
    Kind.ERASURE: N_("Sletning"),
    Kind.STAND_DOWN: N_("Afblæsning"),
    Kind.EXPORT: N_("Udtræk"),
}
