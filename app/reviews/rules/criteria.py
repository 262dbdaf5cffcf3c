"""The five criteria of an evaluation, and the parts of a plan that learning may change."""

from enum import StrEnum

from app.lib.i18n import N_


class Criterion(StrEnum):
    """What an evaluation looks at."""

    TIMELINESS = "timeliness"
    CORRECTNESS = "correctness"
    ROLES = "roles"
    NARRATIVE = "narrative"
    TRYGHED = "tryghed"


CRITERION_LABELS = {
    Criterion.TIMELINESS: N_("Rettidighed"),
    Criterion.CORRECTNESS: N_("Korrekthed"),
    Criterion.ROLES: N_("Rolleklarhed"),
    Criterion.NARRATIVE: N_("Fælles fortælling"),
    Criterion.TRYGHED: N_("Effekt på tryghed"),
}

QUESTIONS = {
    Criterion.TIMELINESS: N_("Kom vi i tide, og fik de besked i tide?"),
    Criterion.CORRECTNESS: N_("Var det, vi sagde, rigtigt?"),
    Criterion.ROLES: N_("Vidste alle, hvem der ledede, og hvad de selv skulle?"),
    Criterion.NARRATIVE: N_("Sagde vi det samme?"),
    Criterion.TRYGHED: N_("Hvad betød det for trygheden? Tallene kan ikke svare på det, men I kan."),
}


class PlanPart(StrEnum):
    """Where in the plan a learning point would change something."""

    PARTIES = "parties"
    ACTIVATION = "activation"
    CHAIN = "chain"
    CARDS = "cards"
    AUDIENCES = "audiences"
    MESSAGES = "messages"
    CATEGORIES = "categories"
    ENDING = "ending"
    OTHER = "other"


PLAN_PART_LABELS = {
    PlanPart.PARTIES: N_("parter og kontakter"),
    PlanPart.ACTIVATION: N_("aktivering"),
    PlanPart.CHAIN: N_("tilkald"),
    PlanPart.CARDS: N_("actionkort"),
    PlanPart.AUDIENCES: N_("målgrupper"),
    PlanPart.MESSAGES: N_("beskedskabeloner"),
    PlanPart.CATEGORIES: N_("hændelsestyper"),
    PlanPart.ENDING: N_("afblæsning og evaluering"),
    PlanPart.OTHER: N_("andet"),
}
