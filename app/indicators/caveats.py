"""How to read the figures: the same words with every chart and in every export, never hidden in a tooltip."""

from app.indicators.words import RoundFacts, count, number
from app.lib.i18n import N_, _

ALWAYS = (
    N_("De seks sider kan ikke sammenlignes med hinanden. Hver har sine egne spørgsmål."),
    N_("Tallene viser ikke årsager, og sammenhængene er svage. Også den mellem anmeldelser og tryghed."),
    N_("Forskellen er størst mellem beboere, ikke mellem områder. Derfor er her ingen rangliste."),
    N_("Hver kilde står for sig: andre mennesker, andre spørgsmål. De tegnes aldrig sammen."),
    N_("»7 ud af 10« er et rundt tal i ord. Det vises som et bånd, ikke som 70,0 pct."),
)
CRIME = (
    N_("Tallene er for hele kommunen, ikke for området. Der findes ingen åbne tal under kommuneniveau."),
    N_("En anmeldelse er ikke en sigtelse. De lægges aldrig sammen, og det gør de tre love heller ikke."),
    N_("Hvert punkt er de seneste fire kvartaler til og med det kvartal, så årstiden ikke snyder."),
)


def always() -> list[str]:
    """What holds for all of it."""
    return [_(text) for text in ALWAYS]


def of_crime() -> list[str]:
    """What holds for Danmarks Statistik's figures."""
    return [_(text) for text in CRIME]


def of_round(of: RoundFacts, rounds: int) -> list[str]:
    """What holds for this round, `rounds` of whose series are known."""
    return [_("Gælder: %(who)s.", who=of.population.rstrip(".")), *how_sure(of, rounds)]


def method(of: RoundFacts) -> str:
    """How it was asked: with the figures themselves."""
    return _("Metode: %(how)s.", how=of.method.rstrip("."))


def how_sure(of: RoundFacts, rounds: int) -> list[str]:
    """The same without whom, for a table that has a column for it."""
    found = []
    people = _(" (%(n)s personer)", n=count(of.respondents)) if of.respondents else ""
    if of.response_rate:
        said = {"rate": number(of.response_rate), "people": people}
        found.append(_("%(rate)s pct. svarede%(people)s. Vi ved ikke, om de andre ville svare det samme.", **said))
    else:
        found.append(_("Svarprocenten er ikke oplyst."))
    if rounds < 2:
        found.append(_("Én måling er et øjebliksbillede. Den viser ingen udvikling."))
    return found
