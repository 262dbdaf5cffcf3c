"""What areas tell the accounts' pages about a person: roles in words, and whom to ring."""

from app.accounts.models import User
from app.accounts.sign_in import Number
from app.areas import queries
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


def activator_numbers() -> list[Number]:
    """The function numbers of the actors that may be able to activate, by area."""
    return [Number(actor.area.name, actor.name, actor.phone) for actor in queries.function_numbers() if actor.phone]
