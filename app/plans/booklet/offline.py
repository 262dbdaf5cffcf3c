"""*Offline-udgave*: everything for the night on paper, with the day it was printed and how long it holds."""

from datetime import date, timedelta
from typing import Any

from app.areas.acting import Acting
from app.lib import clock
from app.lib.i18n import N_, _
from app.plans.booklet import parts
from app.plans.booklet.blocks import Block, blank, framed, heading, new_page, paper, points, steps
from app.plans.booklet.people import everybody, warning
from app.plans.booklet.standing import Standing, foot, printed

HOLDS = timedelta(days=31)  # people, numbers and duties change faster than plans
FOUR = (N_("Hvad er der sket?"), N_("Hvor?"), N_("Hvordan er det nu?"), N_("Hvad er sat i gang?"))


def holds_until(standing: Standing, today: date) -> date:
    """The last day: a month, or the plan's own review where that comes before. An overdue plan shortens nothing."""
    reviewed = standing.plan.review_on if standing.plan else None
    month = today + HOLDS
    return min(month, reviewed) if reviewed and reviewed >= today else month


def offline(standing: Standing, who: Acting) -> dict[str, Any]:
    """Everything that stands in it."""
    until = f"{holds_until(standing, clock.local(clock.now()).date()):%d.%m.%Y}"
    mark = _("Udskrevet %(when)s · gælder til %(until)s", when=printed(), until=until)
    mark = " · ".join(filter(None, [standing.mark, mark, _("FORTROLIG")]))
    pairs = [*standing.pairs, (_("Udskrevet"), printed()), (_("Gælder til"), until)]
    blocks = [
        *_how_long(standing, until), *_without_the_app(standing), heading(_("Hvem må aktivere")),
        *parts.activation(standing.document), heading(_("Hvem tilkaldes hvornår")), parts.categories(standing.document),
        new_page(), heading(_("Kontakter")), warning(), *_deeper(everybody(standing, who)), new_page(),
        heading(_("Hvem skal have besked")), parts.audiences(standing.document), heading(_("Kort til den første time")),
        *parts.cards(standing.document), new_page(), heading(_("Tekster på forhånd")),
        *parts.templates(standing.document), *_to_write_on(standing),
    ]  # fmt: skip
    title = _("Offline-udgave for %(area)s", area=standing.area.name)
    return paper(title, pairs, blocks, mark=mark, foot=foot(standing, who), contents=_("Indhold"))


def _how_long(standing: Standing, until: str) -> list[Block]:
    lines = [_("Gælder til og med %(until)s. Print en ny, og makulér denne.", until=until)]
    if standing.mark:
        lines.append(standing.warning)
    return [framed(standing.mark or _("Papiret ved ikke, hvad der er ændret siden"), lines)]


def _without_the_app(standing: Standing) -> list[Block]:
    chain = standing.document.chain
    lines = [
        _("Ved fare for liv: ring 112."),
        _("Er det en politisag? Så leder politiet. Ellers leder den, der aktiverer, og politiet er ikke part."),
        _("Den, der må aktivere, ringer parterne op: først nr. 1, efter %(deputy)s min nr. 2, efter %(all)s min alle.",
          deputy=chain.deputy_after_minutes, all=chain.all_after_minutes),
        _("Sig, hvem der leder, med nummer. Svar på fire spørgsmål: hvad, hvor, hvordan nu, hvad er sat i gang."),
        _("Hver part tager sit kort frem og gør det øverste først."),
        _("Skriv på logarket, hvad I ved, gør og beslutter, med klokkeslæt. Ingen navne på dem, det handler om."),
        _("Når Beredskab virker igen: skriv det ind under »Det er allerede slut« eller som sene linjer i loggen."),
    ]  # fmt: skip
    return [heading(_("Når Beredskab ikke virker")), steps(lines)]


def _deeper(blocks: list[Block]) -> list[Block]:
    """The contact list's chapters as parts of one chapter."""
    return [block | {"level": block["level"] + 1} if block["is"] == "heading" else block for block in blocks]


def _to_write_on(standing: Standing) -> list[Block]:
    document = standing.document
    told = [[audience.label, "", "", ""] for audience in document.audiences]
    informed = blank([_("Målgruppe"), _("Kl."), _("Hvordan"), _("Af hvem")], len(told), [2, 0.8, 1.6, 1.6])
    first = _("Første situationsbillede senest efter %(n)s min.", n=document.first_report_minutes)
    return [
        new_page(), heading(_("Til at skrive på: alarmen")), blank([_("Spørgsmål"), _("Svar")], 0, [1, 3])
        | {"rows": [[_(asked), ""] for asked in FOUR]},
        heading(_("Til at skrive på: situationsbillede")), points([first]),
        blank([_("Kl."), _("Det ved vi (kilde)"), _("Det ved vi ikke"), _("Det gør vi")], 6, [0.6, 2, 2, 2]),
        heading(_("Til at skrive på: hvem er informeret")), informed | {"rows": told},
        new_page(), heading(_("Til at skrive på: log")),
        blank([_("Kl."), _("Hvad"), _("Hvem skrev")], 22, [0.7, 5, 1.4]),
        heading(_("Beredskabet kan afsluttes, når")), points(document.stand_down_criteria),
    ]  # fmt: skip
