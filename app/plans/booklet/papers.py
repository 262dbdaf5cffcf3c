"""The four papers of a plan: who may take which, and what the worker makes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.areas import acting
from app.areas.acting import Acting
from app.areas.models import Actor, Area
from app.areas.roles import Role
from app.documents.kinds import Kind
from app.documents.models import Document
from app.documents.operations import Wanted
from app.lib import clock
from app.lib.i18n import N_, _, in_danish
from app.plans.booklet import blocks, cards, contents, offline, people
from app.plans.booklet.standing import Standing, standing_of
from app.plans.queries import plan_for

PDF = "application/pdf"


@dataclass(frozen=True)
class Paper:
    """`filename` without area and day. `has_people`: names and numbers, so for coordinators of parties alone."""

    name: str
    title: str
    what: str
    filename: str
    data: Callable[[Standing, Acting], dict[str, Any]]
    has_people: bool = False


PAPERS = {
    paper.name: paper
    for paper in (
        Paper(
            "plan_booklet", N_("Planen som hæfte"), N_("Hele planen i A4, uden navne og numre. Til at dele ud."),
            "beredskabsplan", contents.booklet,
        ),
        Paper(
            "plan_card", N_("Lommekort"),
            N_("A6, et kort for hvert spor: hvem der leder, hvad du gør, hvem du ringer til."),
            "lommekort", cards.cards,
        ),
        Paper(
            "plan_contacts", N_("Kontaktliste"), N_("Navne og numre. Kun for koordinatorer hos planens parter."),
            "kontaktliste", people.contact_list, has_people=True,
        ),
        Paper(
            "plan_offline", N_("Offline-udgave"),
            N_("Alt til en nat uden net eller strøm: kort, kontakter, tekster og ark til at skrive på."),
            "offline-udgave", offline.offline, has_people=True,
        ),
    )
}  # fmt: skip


def may_take(paper: Paper, area: Area, actor: Actor, role: Role) -> bool:
    """Cards are for those who act or read along; names and numbers for coordinators of the plan's parties."""
    if paper.has_people:
        return role is Role.COORDINATOR and actor.key in plan_for(area).document.party_keys
    return paper.name != "plan_card" or role is not Role.BOARD_MEMBER


def offered(who: Acting) -> list[Paper]:
    """What this person may take."""
    return [paper for paper in PAPERS.values() if may_take(paper, who.area, who.actor, who.role)]


@in_danish()
def wanted(paper: Paper, who: Acting, back: str, party: str = "") -> Wanted:
    """What the worker is asked for; everything in it gathered now."""
    standing = standing_of(who.area)
    more = {"party": party} if party else {}
    data = cards.cards(standing, who, **more) if more else paper.data(standing, who)
    name = f"{paper.filename}-{party + '-' if party else ''}{who.area.slug}-{clock.local(clock.now()):%Y-%m-%d}.pdf"
    title = data["title"] if more else _(paper.title)
    return Wanted(paper.name, f"plan:{who.area.public_id}:{who.actor.public_id}", title, name, back, data)


def _may_read(document: Document) -> bool:
    """As long as its asker is what they were, and could still take the same."""
    __, area_id, actor_id = document.about.split(":")
    paper = PAPERS[document.kind]
    return any(
        m.actor.public_id == actor_id and m.actor.area.public_id == area_id
        and may_take(paper, m.actor.area, m.actor, m.role)
        for m in acting.mine()
    )  # fmt: skip


def _making(paper: Paper) -> Callable[[dict[str, Any]], bytes]:
    return cards.as_pdf if paper.name == "plan_card" else blocks.as_pdf


KINDS = tuple(Kind(paper.name, PDF, _making(paper), _may_read) for paper in PAPERS.values())
