"""What becomes of a file that was taken in."""

from enum import StrEnum

from app.lib.i18n import N_


class ImportState(StrEnum):
    """Only what is `SAVED` is shown to anybody; the rest is on its way in or out."""

    QUEUED = "queued"
    CHECKING = "checking"
    CHECKED = "checked"
    REFUSED = "refused"
    SAVED = "saved"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


IMPORT_STATE_LABELS = {
    ImportState.QUEUED: N_("venter"),
    ImportState.CHECKING: N_("læses igennem"),
    ImportState.CHECKED: N_("klar til at gemme"),
    ImportState.REFUSED: N_("har fejl, intet er gemt"),
    ImportState.SAVED: N_("gemt"),
    ImportState.REPLACED: N_("erstattet af en nyere"),
    ImportState.WITHDRAWN: N_("taget tilbage"),
}
WAITING = frozenset({ImportState.QUEUED, ImportState.CHECKING})
