"""The six tryghed dimensions of VIVE 2019. They are shown one by one: their figures cannot be compared."""

from enum import StrEnum

from app.lib.i18n import N_


class Dimension(StrEnum):
    """What a survey question is about."""

    SAFETY = "safety"
    COHESION = "cohesion"
    COLLECTIVE_ACTION = "collective_action"
    TRUST = "trust"
    SATISFACTION = "satisfaction"
    QUALITY_OF_LIFE = "quality_of_life"


DIMENSION_LABELS = {
    Dimension.SAFETY: N_("oplevet tryghed"),
    Dimension.COHESION: N_("social sammenhængskraft"),
    Dimension.COLLECTIVE_ACTION: N_("kollektiv handlekraft"),
    Dimension.TRUST: N_("tillid"),
    Dimension.SATISFACTION: N_("tilfredshed med boligområdet"),
    Dimension.QUALITY_OF_LIFE: N_("livskvalitet"),
}
DEFINITIONS = {
    Dimension.SAFETY: N_("Om beboerne føler sig trygge i boligområdet og i egen bolig."),
    Dimension.COHESION: N_("Om folk hjælper og stoler på hinanden, og hvem de ses med i og uden for området."),
    Dimension.COLLECTIVE_ACTION: N_("Om beboerne griber ind, gør noget sammen og er lette at mobilisere."),
    Dimension.TRUST: N_("Om beboerne har tillid til politiet og til politikerne."),
    Dimension.SATISFACTION: N_("Om beboerne er glade for at bo her og helst vil blive boende."),
    Dimension.QUALITY_OF_LIFE: N_("Om beboerne er tilfredse med livet, alt taget i betragtning."),
}
