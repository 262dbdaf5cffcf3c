"""The booklet's practices to start a measure from: about places and what people do together, never about a person.

The texts and the dimension are proposals; whoever writes the measure changes both.
"""

from dataclasses import dataclass

from app.indicators.dimensions import Dimension
from app.lib.i18n import N_
from app.measures.vocabulary import Horizon

_D, _H = Dimension, Horizon


@dataclass(frozen=True)
class Practice:
    """One line of the catalogue."""

    key: str
    title: str
    dimension: Dimension
    horizon: Horizon
    what: str
    expected: str


CATALOGUE = (
    Practice(
        "safety_walk", N_("Tryghedsvandring"), _D.SAFETY, _H.BRIDGE,
        N_(
            "Beboere viser de steder, der føles utrygge, og de gode steder. En, der kan beslutte, går med. "
            "Hvert fund får en ansvarlig og en frist."
        ),
        N_("De steder, beboerne peger på, bliver rettet, og beboerne kan se det."),
    ),
    Practice(
        "zero_tolerance", N_("Nul-tolerance over for graffiti og hærværk"), _D.SAFETY, _H.BRIDGE,
        N_("Graffiti og hærværk meldes med sted og fjernes hurtigt. Vi måler tiden, fra det er meldt, til det er væk."),
        N_("Udearealerne ser passede ud, og færre steder føles utrygge."),
    ),
    Practice(
        "hot_spot", N_("Hyppig tilstedeværelse på et sted"), _D.SAFETY, _H.BRIDGE,
        N_(
            "Politiet er ofte til stede på et bestemt sted i et bestemt tidsrum. Der er en startdato og en slutdato. "
            "Det handler om stedet, ikke om personer."
        ),
        N_("Det bliver roligere på stedet i det tidsrum, og beboerne bruger det igen."),
    ),
    Practice(
        "local_police", N_("Synligt nærpoliti"), _D.TRUST, _H.CAPACITY,
        N_("Nærpolitiet er i området på faste tider. Beboerne får at vide, hvem de kan møde, hvor og hvornår."),
        N_("Beboerne har et konkret ansigt at gå til og får mere tillid."),
    ),
    Practice(
        "outreach", N_("Kommunen tættere på"), _D.TRUST, _H.CAPACITY,
        N_("En indsats fra kommunen har fast tid og sted i området. Beboerne ved, hvem de kan møde, hvor og hvornår."),
        N_("Flere henvender sig, og tilliden til det offentlige vokser."),
    ),
    Practice(
        "common_story", N_("Fælles fortælling efter en episode"), _D.SAFETY, _H.BRIDGE,
        N_("Parterne fortæller beboerne det samme: hvad der skete, hvad vi ved, og hvad vi gør."),
        N_("Beboerne ved, hvad der skete, og rygter fylder mindre."),
    ),
    Practice(
        "for_the_young", N_("Tilbud til områdets unge"), _D.SAFETY, _H.BRIDGE,
        N_("Et tilbud inden døre på de tider, hvor mange unge ellers er ude."),
        N_("Færre samles udenfor sent, og flere beboere føler sig trygge ude om aftenen."),
    ),
    Practice(
        "youth_job", N_("Fritidsjob"), _D.QUALITY_OF_LIFE, _H.CAPACITY,
        N_("Vi finder fritidsjob sammen med lokale arbejdspladser og hjælper med det første skridt."),
        N_("Flere unge har et fritidsjob og noget at stå op til."),
    ),
    Practice(
        "leisure", N_("Fritidsaktivitet"), _D.QUALITY_OF_LIFE, _H.CAPACITY,
        N_("Et forløb for børn eller unge, fx brandkadetter eller rollespil."),
        N_("Flere børn og unge er med i noget fast og lærer andre voksne at kende."),
    ),
    Practice(
        "neighbours", N_("Naboskabsarrangement"), _D.COHESION, _H.BRIDGE,
        N_("Et arrangement, hvor naboer mødes og gør noget sammen."),
        N_("Flere kender deres naboer, og uenighed bliver talt om i tide."),
    ),
    Practice(
        "stairwell", N_("Opgangsmøde"), _D.COHESION, _H.BRIDGE,
        N_("Et møde i opgangen om det, der fylder. Alle kan komme til orde, og der bliver aftalt noget."),
        N_("Naboerne har aftaler, de selv har lavet, og taler sammen igen."),
    ),
    Practice(
        "newcomers", N_("Velkomst til tilflyttere"), _D.COHESION, _H.CAPACITY,
        N_("Nye beboere bliver budt velkommen og møder deres naboer."),
        N_("Nye beboere kender nogen og ved, hvor de kan gå hen."),
    ),
    Practice(
        "common_meal", N_("Fællesspisning eller sommerfest"), _D.COHESION, _H.BRIDGE,
        N_("Et arrangement, som beboere selv er med til at lave, og som kan være åbent for omverdenen."),
        N_("Flere mødes på tværs af afdelinger og med folk udefra."),
    ),
    Practice(
        "parents", N_("Mødre- eller fædregruppe"), _D.COLLECTIVE_ACTION, _H.CAPACITY,
        N_("En fast gruppe, der mødes og kan være ude i området, når der er brug for det."),
        N_("Flere voksne kender hinanden og griber ind sammen."),
    ),
    Practice(
        "democracy", N_("Beboerdemokrati eller ungeråd"), _D.COLLECTIVE_ACTION, _H.CAPACITY,
        N_("Flere beboere kommer med, hvor der besluttes, fx i en afdelingsbestyrelse eller et ungeråd."),
        N_("Flere bruger deres indflydelse, og det er lettere at samle folk."),
    ),
    Practice(
        "advice", N_("Rådgivning eller temaaften"), _D.QUALITY_OF_LIFE, _H.CAPACITY,
        N_("Økonomisk rådgivning eller en temaaften for dem, der har lyst."),
        N_("Flere klarer selv de ting, der fylder i hverdagen."),
    ),
    Practice(
        "renovation", N_("Fysisk renovering"), _D.SATISFACTION, _H.CAPACITY,
        N_("Et sted i området bliver sat i stand. Beboerne er med til at vælge, hvad der skal ske."),
        N_("Flere er glade for at bo her, og stedet bliver brugt."),
    ),
)  # fmt: skip


def practice(key: str) -> Practice | None:
    """One of them by its key."""
    return next((one for one in CATALOGUE if one.key == key), None)
