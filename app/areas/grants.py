"""What each role grants. The administrator's flag grants ADMINISTER and nothing else: no incidents."""

from app.accounts.permissions import Permission
from app.areas.roles import Role

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: frozenset({Permission.READ_AREA, Permission.READ_ROOM, Permission.ACT, Permission.COORDINATE}),
    Role.RESPONDER: frozenset({Permission.READ_AREA, Permission.READ_ROOM, Permission.ACT}),
    Role.OBSERVER: frozenset({Permission.READ_AREA, Permission.READ_ROOM}),
    Role.BOARD_MEMBER: frozenset({Permission.READ_AREA}),
}


def role_grants(role: Role, permission: Permission) -> bool:
    """True when somebody in this role may do it. Their own account (SELF) is everybody's."""
    return permission is Permission.SELF or permission in GRANTS[role]
