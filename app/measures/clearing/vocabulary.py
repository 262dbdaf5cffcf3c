"""The words of a report: English keys, Danish labels beside them."""

from enum import StrEnum

from app.lib.i18n import N_


class DamageKind(StrEnum):
    """What stands there."""

    GRAFFITI = "graffiti"
    VANDALISM = "vandalism"
    LITTER = "litter"


DAMAGE_KIND_LABELS = {
    DamageKind.GRAFFITI: N_("graffiti"),
    DamageKind.VANDALISM: N_("hærværk"),
    DamageKind.LITTER: N_("affald"),
}


class ReportState(StrEnum):
    """Standing until it is removed, or until somebody says that there is nothing to remove."""

    STANDING = "standing"
    REMOVED = "removed"
    DROPPED = "dropped"


REPORT_STATE_LABELS = {
    ReportState.STANDING: N_("ikke fjernet endnu"),
    ReportState.REMOVED: N_("fjernet"),
    ReportState.DROPPED: N_("lukket uden at blive fjernet"),
}
