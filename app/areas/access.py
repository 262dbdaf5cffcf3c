"""What a person can reach: objects are fetched through these, so an outsider meets 404."""

from flask import abort

from app.accounts.models import User
from app.accounts.permissions import Permission
from app.areas.acting import memberships_of
from app.areas.grants import role_grants
from app.areas.models import Area, Membership


def grants(user: User, permission: Permission) -> bool:
    """Does the person hold the permission in any area? The administrator holds ADMINISTER and no other."""
    if permission is Permission.SELF:
        return True
    if user.is_administrator or permission is Permission.ADMINISTER:
        return user.is_administrator and permission is Permission.ADMINISTER
    return any(role_grants(m.role, permission) for m in memberships_of(user))


def area_or_404(user: User, public_id: str) -> Area:
    """An area where the person has a role."""
    areas = (membership.actor.area for membership in memberships_of(user))
    return next((area for area in areas if area.public_id == public_id), None) or abort(404)


def own_membership_or_404(user: User, public_id: str) -> Membership:
    """One of the person's own memberships in force."""
    return next((m for m in memberships_of(user) if m.public_id == public_id), None) or abort(404)
