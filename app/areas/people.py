"""What areas tell the accounts' pages about a person: roles in words, and whom to ring."""

from collections.abc import Collection

from app.accounts.models import User
from app.accounts.sign_in import Number
from app.areas import queries
from app.areas.models import Area
from app.areas.roles import LABELS
from app.lib.i18n import _


def roles_of(user: User) -> list[str]:
    """`Koordinator hos SSP, Lindevangen`, for each role in force."""
    return [
        _(
            "%(role)s hos %(actor)s, %(area)s",
            role=_(LABELS[m.role]).capitalize(),
            actor=m.actor.name,
            area=m.actor.area.name,
        )
        for m in queries.memberships_of(user)
    ]


def numbers_in(area: Area, actor_keys: Collection[str]) -> list[Number]:
    """The function numbers of these actors."""
    return [Number(area.name, a.name, a.phone) for a in area.actors if a.phone and a.key in actor_keys]
