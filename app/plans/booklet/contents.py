"""The booklet: the plan's twelve chapters and their appendices, without any contact's name or number."""

from typing import Any

from app.areas.acting import Acting
from app.areas.models import PlaceKind
from app.lib.i18n import N_, _
from app.plans.booklet import parts
from app.plans.booklet.blocks import Block, framed, heading, new_page, paper, points, soft, steps, table, words
from app.plans.booklet.standing import Standing, foot
from app.plans.vocabulary import HELHEDSPLAN, SHARING_LEVEL_LABELS, SharingLevel, Track

SHARED = {
    SharingLevel.OWN_ORGANISATION: N_("Læses kun af den organisation, der skrev det."),
    SharingLevel.PARTIES: N_(
        "Læses af dem, der er med i hændelsen. Det er sådan, loggen er, når intet andet er valgt."
    ),
    SharingLevel.NETWORK: N_("Må siges til civile netværk og bestyrelser."),
    SharingLevel.PUBLIC: N_("Må siges til alle."),
}
NEVER = (
    N_("Beredskabet skriver intet om dem, en hændelse handler om: mistænkte, forurettede, vidner, familier og børn."),
    N_("Oplysninger om enkeltpersoner drøftes i SSP mellem myndighederne, ikke her."),
    N_("Er I bekymrede for et barn, så lav en underretning. Den hører ikke til her."),
    N_("Oplysninger efter almenboliglovens § 63 d skrives aldrig her."),
)


def booklet(standing: Standing, who: Acting) -> dict[str, Any]:
    """Everything that stands in it, ready to be set."""
    title = _("Beredskabsplan for %(area)s", area=standing.area.name)
    warned = [framed(standing.mark, [standing.warning])] if standing.mark else []
    chapters = [block for chapter in CHAPTERS for block in chapter(standing)]
    return paper(
        title, standing.pairs, [*warned, new_page(), *chapters], mark=standing.mark, foot=foot(standing, who),
        contents=_("Indhold"),
    )  # fmt: skip


def _purpose(standing: Standing) -> list[Block]:
    danger = framed(
        _("Ved fare for liv: ring 112"),
        [_("Varsling af befolkningen er politiets opgave. Planen ændrer intet ved det.")],
    )
    return [heading(_("1 Formål")), points(standing.document.purpose), danger]


def _area(standing: Standing) -> list[Block]:
    area = standing.area
    sections = [place.name for place in area.places if place.kind is PlaceKind.SECTION]
    lines = [points(sections)] if sections else [soft(_("Der er ikke skrevet afdelinger ind endnu."))]
    where = words(_("%(area)s ligger i %(municipality)s.", area=area.name, municipality=area.municipality))
    return [heading(_("2 Område og afdelinger")), where, *lines]


def _activation(standing: Standing) -> list[Block]:
    return [heading(_("3 Hvornår aktiveres, og af hvem")), *parts.activation(standing.document)]


def _parties(standing: Standing) -> list[Block]:
    note = _("Kontaktlisten er et dokument for sig. Kun koordinatorer hos planens parter kan hente den.")
    return [heading(_("4 Parter, roller og stedfortrædere")), *parts.parties(standing.document), soft(note)]


def _duties(standing: Standing) -> list[Block]:
    found = [heading(_("5 De fire opgaver for helhedsplanen"))]
    for number, what in parts.DUTIES.items():
        items = [
            item.text
            for track in Track
            if (card := standing.document.card(HELHEDSPLAN, track))
            for item in card.items
            if item.duty == number
        ]
        found += [heading(f"{number}. {_(what)}", 3), points(dict.fromkeys(items))]
    return found


def _first_hour(standing: Standing) -> list[Block]:
    told = _("Hver part har et kort for hvert spor med det, der skal gøres, og hvornår. Kortene står i bilag A.")
    chain = standing.document.chain
    called = _(
        "Tilkald: vagthavende efter %(first)s min, stedfortræder efter %(deputy)s min, alle efter %(all)s min.",
        first=chain.on_duty_after_minutes, deputy=chain.deputy_after_minutes, all=chain.all_after_minutes,
    )  # fmt: skip
    return [heading(_("6 Den første time")), words(told), words(called), parts.categories(standing.document)]


def _meetings(standing: Standing) -> list[Block]:
    document = standing.document
    lines = [
        _("Første situationsbillede senest efter %(n)s min.", n=document.first_report_minutes),
        _("Derefter hver %(n)s. minut, eller som I aftaler.", n=document.update_every_minutes),
        _("Et situationsbillede skiller det bekræftede fra det ubekræftede og det afkræftede, hver med sin kilde."),
        _("Alt skrives i loggen, også når I beslutter ikke at gøre noget. En fejl rettes med en ny linje."),
    ]
    return [heading(_("7 Møder, situationsbillede og log")), points(lines)]


def _messages(standing: Standing) -> list[Block]:
    document = standing.document
    lines = [
        _("Politisag: hver tekst udadtil skal have politiets ja."),
        _("Ikke politisag: den, der har skrevet en tekst, frigiver den ikke selv. Helst frigiver %(who)s.",
          who=document.called(document.releaser)),
        _("Området får besked før pressen."),
        _("Skabelonerne står i bilag B."),
    ]  # fmt: skip
    return [heading(_("8 Kommunikation")), points(lines), parts.audiences(document)]


def _sharing(standing: Standing) -> list[Block]:
    rows = [[_(label), _(SHARED[level])] for level, label in SHARING_LEVEL_LABELS.items()]
    police = _("Er det ikke en politisag, er politiet ikke part og ser intet af den.")
    return [
        heading(_("9 Hvad må deles med hvem")), table([_("Mærke"), _("Betyder")], rows, [1, 2]), words(police),
        points(_(line) for line in NEVER),
    ]  # fmt: skip


def _stand_down(standing: Standing) -> list[Block]:
    told = _("I en politisag afblæser politiet. Ellers gør tovholderen.")
    after = _("Efterbeskeden går til netop dem, der blev informeret.")
    criteria = [words(_("Beredskabet kan afsluttes, når:")), points(standing.document.stand_down_criteria)]
    return [heading(_("10 Afblæsning")), words(told), *criteria, words(after)]


def _review(standing: Standing) -> list[Block]:
    document = standing.document
    led = _("Evalueringen ledes af %(who)s.", who=document.called(document.review_leader))
    asked = words(_("Inden to arbejdsdage svarer hver part på fire spørgsmål:"))
    closed = words(
        _("Et læringspunkt får en ansvarlig og en frist og følges, til det er lukket. Det kan ændre planen.")
    )
    return [heading(_("11 Evaluering og læring")), words(led), asked, steps(document.debrief_questions), closed]


def _drills(standing: Standing) -> list[Block]:
    plan = standing.plan
    reviewed = _("Planen gennemgås senest %(day)s.", day=f"{plan.review_on:%d.%m.%Y}") if plan and plan.review_on else (
        _("Der er ikke aftalt en dag for gennemgang.")
    )  # fmt: skip
    lines = [
        _("Der øves mindst hvert kvartal: tilkald eller skrivebordsøvelse. Øvelser evalueres som det virkelige."),
        reviewed,
    ]
    return [heading(_("12 Øvelser og revision")), points(lines)]


def _cards(standing: Standing) -> list[Block]:
    return [new_page(), heading(_("Bilag A: Kort til den første time")), *parts.cards(standing.document)]


def _templates(standing: Standing) -> list[Block]:
    return [new_page(), heading(_("Bilag B: Tekster på forhånd")), *parts.templates(standing.document)]


def _places(standing: Standing) -> list[Block]:
    kinds = {PlaceKind.SECTION: _("afdeling"), PlaceKind.PLACE: _("sted")}
    rows = [[place.name, kinds[place.kind]] for place in standing.area.places]
    note = _("Et kort over området sættes ind her, hvis I har et.")
    return [heading(_("Bilag C: Afdelinger og steder")), table([_("Navn"), _("Hvad")], rows, [2, 1]), soft(note)]


CHAPTERS = (
    _purpose, _area, _activation, _parties, _duties, _first_hour, _meetings, _messages, _sharing, _stand_down,
    _review, _drills, _cards, _templates, _places,
)  # fmt: skip
