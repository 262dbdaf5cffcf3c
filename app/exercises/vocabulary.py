"""What an exercise can be, and how it stands."""

from enum import StrEnum

from app.lib.i18n import N_


class DrillKind(StrEnum):
    """A drill of the call-out alone, a table-top told in words, or everything as for real."""

    CALLOUT = "callout"
    TABLETOP = "tabletop"
    FULL = "full"


DRILL_KIND_LABELS = {
    DrillKind.CALLOUT: N_("Øvelse i tilkald"),
    DrillKind.TABLETOP: N_("Skrivebordsøvelse"),
    DrillKind.FULL: N_("Hel øvelse"),
}
DRILL_KIND_HINTS = {
    DrillKind.CALLOUT: N_("Øvelse i tilkald: kun tilkaldet. Svar, og så er det slut."),
    DrillKind.TABLETOP: N_("Skrivebordsøvelse: I sidder sammen. Ingen ringes op, og historien kommer bid for bid."),
    DrillKind.FULL: N_("Hel øvelse: tilkald, kort, situationsbillede og beskeder, alt sammen som øvelse."),
}


class DrillState(StrEnum):
    """Where in its life a planned exercise is."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    BROKEN_OFF = "broken_off"
    CALLED_OFF = "called_off"


DRILL_STATE_LABELS = {
    DrillState.PLANNED: N_("planlagt"),
    DrillState.RUNNING: N_("i gang"),
    DrillState.HELD: N_("holdt"),
    DrillState.BROKEN_OFF: N_("afbrudt"),
    DrillState.CALLED_OFF: N_("aflyst"),
}
