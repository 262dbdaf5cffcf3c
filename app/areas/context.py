"""What every page knows about its reader: `current` in templates. Only shown; rights: ask `acting` and `access`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, g, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.guard import by_phone
from app.accounts.models import User
from app.areas import acting
from app.areas.models import Membership
from app.areas.roles import LABELS
from app.lib.i18n import _

Link = tuple[str, str]

# Filled in wiring.py: links that higher packages add to the menu of a signed-in person.
more_links: list[Callable[[User], list[Link]]] = []


@dataclass(frozen=True)
class Choice:
    """One of the memberships that a person may act as."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Current:
    """The reader of the page; everything empty for a stranger."""

    user: User | None = None
    by_phone: bool = False
    is_administrator: bool = False
    area_name: str = ""
    acting_label: str = ""
    acting_choices: list[Choice] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sign_out_url: str = ""
    sign_in_url: str = ""


def init_app(app: Flask) -> None:
    """Attach to the application."""
    app.context_processor(lambda: {"current": reader()})


def reader() -> Current:
    """The reader, worked out once in a request. A page that tells of a broken database is shown as to a stranger."""
    if "current" not in g:
        try:
            g.current = _reader()
        except SQLAlchemyError:
            g.current = Current()
    current: Current = g.current
    return current


def _reader() -> Current:
    if not current_user.is_authenticated:
        return Current(sign_in_url=url_for("accounts.sign_in"))
    user: User = current_user._get_current_object()
    mine, now_as = acting.mine(), acting.unchecked()
    return Current(
        user=user,
        by_phone=by_phone(),
        is_administrator=user.is_administrator,
        area_name=now_as.actor.area.name if now_as else "",
        acting_label=now_as.actor.name if now_as else _("administrator") if user.is_administrator else "",
        acting_choices=[_choice(m, mine, m is now_as) for m in mine] if len(mine) > 1 else [],
        links=[(_("Log ind"), url_for("accounts.sign_in"))] if by_phone() else _links(user),
        sign_out_url="" if by_phone() else url_for("accounts.sign_out"),
    )


def _choice(membership: Membership, mine: list[Membership], is_current: bool) -> Choice:
    return Choice(_label(membership, mine), url_for("areas.act_as", public_id=membership.public_id), is_current)


def _label(membership: Membership, mine: list[Membership]) -> str:
    actor = membership.actor
    several_areas = len({m.actor.area_id for m in mine}) > 1
    where = f" ({actor.area.name})" if several_areas else ""
    return f"{actor.name}{where}, {_(LABELS[membership.role])}"


def _links(user: User) -> list[Link]:
    links = [link for more in more_links for link in more(user)]
    if user.is_administrator:
        links.append((_("Administration"), url_for("administration.people")))
    return [*links, (_("Min side"), url_for("accounts.me"))]
