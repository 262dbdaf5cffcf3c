"""The words of measures: English keys, Danish labels beside them."""

from enum import StrEnum

from app.lib.i18n import N_


class Horizon(StrEnum):
    """The booklet's two complementary types: solving something concrete, and building capacity."""

    BRIDGE = "bridge"
    CAPACITY = "capacity"


HORIZON_LABELS = {
    Horizon.BRIDGE: N_("kort sigt: brobygning, løser noget konkret"),
    Horizon.CAPACITY: N_("langt sigt: bygger kapacitet op"),
}


class Status(StrEnum):
    """Where a measure stands. The last two are ends, with a result."""

    PROPOSED = "proposed"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"


STATUS_LABELS = {
    Status.PROPOSED: N_("foreslået"),
    Status.STARTED: N_("i gang"),
    Status.DONE: N_("gennemført"),
    Status.DROPPED: N_("opgivet"),
}
OPEN = frozenset({Status.PROPOSED, Status.STARTED})
ENDS = (Status.DONE, Status.DROPPED)


class OriginKind(StrEnum):
    """What a measure came of; with the id of the thing it names a page or nothing at all."""

    HAND = "hand"
    INCIDENT = "incident"
    LEARNING = "learning"
    WALK = "walk"


ORIGIN_LABELS = {
    OriginKind.HAND: N_("Skrevet af parterne"),
    OriginKind.INCIDENT: N_("Kommer af en hændelse"),
    OriginKind.LEARNING: N_("Kommer af et læringspunkt"),
    OriginKind.WALK: N_("Kommer af en tryghedsvandring"),
}


class ChangeKind(StrEnum):
    """What somebody did to a measure."""

    CREATED = "created"
    CHANGED = "changed"
    PUBLISHED = "published"
    CLOSED = "closed"
    REOPENED = "reopened"


CHANGE_LABELS = {
    ChangeKind.CREATED: N_("Oprettet"),
    ChangeKind.CHANGED: N_("Rettet"),
    ChangeKind.PUBLISHED: N_("Gjort synligt for alle i området"),
    ChangeKind.CLOSED: N_("Afsluttet"),
    ChangeKind.REOPENED: N_("Genåbnet"),
}
