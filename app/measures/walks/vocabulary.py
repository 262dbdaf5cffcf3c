"""The words of a walk: English keys, Danish labels beside them."""

from enum import StrEnum

from app.lib.i18n import N_


class WalkState(StrEnum):
    """Planned until somebody says that it was held, or that it was called off."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


WALK_STATE_LABELS = {
    WalkState.PLANNED: N_("planlagt"),
    WalkState.HELD: N_("holdt"),
    WalkState.CALLED_OFF: N_("aflyst"),
}


class Participant(StrEnum):
    """Who walks, by what they are: a walk knows numbers, never names."""

    RESIDENTS = "residents"
    YOUNG = "young"
    ELDERLY = "elderly"
    BOARD = "board"
    HOUSING = "housing"
    HELHEDSPLAN = "helhedsplan"
    MUNICIPALITY = "municipality"
    POLICE = "police"
    BUSINESSES = "businesses"
    OTHERS = "others"


PARTICIPANT_LABELS = {
    Participant.RESIDENTS: N_("beboere"),
    Participant.YOUNG: N_("børn og unge"),
    Participant.ELDERLY: N_("ældre"),
    Participant.BOARD: N_("afdelingsbestyrelse"),
    Participant.HOUSING: N_("boligorganisation og drift"),
    Participant.HELHEDSPLAN: N_("helhedsplan"),
    Participant.MUNICIPALITY: N_("kommune"),
    Participant.POLICE: N_("politi"),
    Participant.BUSINESSES: N_("virksomheder"),
    Participant.OTHERS: N_("foreninger og andre"),
}


class FindingKind(StrEnum):
    """What to look for; nice places too."""

    LIGHT = "light"
    SIGHT = "sight"
    PLANTING = "planting"
    LITTER = "litter"
    GRAFFITI = "graffiti"
    VANDALISM = "vandalism"
    ACCESS = "access"
    BICYCLES = "bicycles"
    MEETING_PLACE = "meeting_place"
    OTHER = "other"


FINDING_KIND_LABELS = {
    FindingKind.LIGHT: N_("lys"),
    FindingKind.SIGHT: N_("oversigt"),
    FindingKind.PLANTING: N_("beplantning"),
    FindingKind.LITTER: N_("affald"),
    FindingKind.GRAFFITI: N_("graffiti"),
    FindingKind.VANDALISM: N_("hærværk"),
    FindingKind.ACCESS: N_("adgang og stier"),
    FindingKind.BICYCLES: N_("cykelskure"),
    FindingKind.MEETING_PLACE: N_("opholdssted"),
    FindingKind.OTHER: N_("andet"),
}


class Verdict(StrEnum):
    """What those who walked felt there."""

    BAD = "bad"
    GOOD = "good"


VERDICT_LABELS = {Verdict.BAD: N_("utrygt eller skal ordnes"), Verdict.GOOD: N_("godt, bør bevares")}


class FindingState(StrEnum):
    """What became of it. A good place is only noted: nobody has to answer it."""

    OPEN = "open"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOTED = "noted"


FINDING_STATE_LABELS = {
    FindingState.OPEN: N_("åben"),
    FindingState.DONE: N_("ordnet"),
    FindingState.NOT_POSSIBLE: N_("kan ikke lade sig gøre"),
    FindingState.NOTED: N_("noteret"),
}
