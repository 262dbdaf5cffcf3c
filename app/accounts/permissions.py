"""What a signed-in person may be allowed to do; which role grants what stands in `app/areas/grants.py`."""

from enum import StrEnum


class Permission(StrEnum):
    """What a role grants in an area; `SELF` is every signed-in person's own account."""

    SELF = "self"
    READ_AREA = "read_area"
    READ_ROOM = "read_room"
    ACT = "act"
    COORDINATE = "coordinate"
    ADMINISTER = "administer"
