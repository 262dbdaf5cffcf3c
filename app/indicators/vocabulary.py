"""The words of figures: English keys, Danish labels beside them."""

from enum import StrEnum

from app.importing.states import IMPORT_STATE_LABELS as IMPORT_STATE_LABELS
from app.importing.states import WAITING as WAITING
from app.importing.states import ImportState as ImportState
from app.lib.i18n import N_


class Group(StrEnum):
    """Who a figure is about. Different areas and people: shown beside each other, never merged."""

    OWN_AREA = "own_area"
    PROJECT_AREAS = "project_areas"
    POPULATION = "population"
    MUNICIPALITY = "municipality"
    SUB_AREAS = "sub_areas"
    SOCIAL_HOUSING = "social_housing"


GROUP_LABELS = {
    Group.OWN_AREA: N_("vores område"),
    Group.PROJECT_AREAS: N_("områder med helhedsplan"),
    Group.POPULATION: N_("befolkningen"),
    Group.MUNICIPALITY: N_("kommunen"),
    Group.SUB_AREAS: N_("SUB-områder"),
    Group.SOCIAL_HOUSING: N_("almene boliger"),
}


class Missing(StrEnum):
    """Why there is no figure."""

    FIGURE_ONLY = "figure_only"
    NOT_STATED = "not_stated"
    TOO_FEW = "too_few"


MISSING_LABELS = {
    Missing.FIGURE_ONLY: N_("ikke oplyst (kun vist i en figur)"),
    Missing.NOT_STATED: N_("ikke oplyst"),
    Missing.TOO_FEW: N_("vises ikke (færre end 10 svar)"),
}


class Law(StrEnum):
    """The three laws of the booklet; each is a series of its own, and they are never added up."""

    PENAL_CODE = "penal_code"
    DRUGS = "drugs"
    WEAPONS = "weapons"


LAW_LABELS = {
    Law.PENAL_CODE: N_("straffeloven"),
    Law.DRUGS: N_("lov om euforiserende stoffer"),
    Law.WEAPONS: N_("våbenloven"),
}


class CrimeKind(StrEnum):
    """A report is no charge."""

    REPORTS = "reports"
    CHARGES = "charges"


CRIME_KIND_LABELS = {CrimeKind.REPORTS: N_("anmeldelser"), CrimeKind.CHARGES: N_("sigtelser")}


class CrimePlace(StrEnum):
    """There are no open figures below the municipality."""

    MUNICIPALITY = "municipality"
    COUNTRY = "country"


CRIME_PLACE_LABELS = {CrimePlace.MUNICIPALITY: N_("hele kommunen"), CrimePlace.COUNTRY: N_("hele landet")}


class ImportKind(StrEnum):
    """What a file holds."""

    SURVEY = "survey"
    STRAF11 = "straf11"
    STRAF22 = "straf22"


IMPORT_KIND_LABELS = {
    ImportKind.SURVEY: N_("Målinger (spørgeskema)"),
    ImportKind.STRAF11: N_("STRAF11: anmeldelser pr. kvartal"),
    ImportKind.STRAF22: N_("STRAF22: anmeldelser og sigtelser pr. år"),
}


class AreaList(StrEnum):
    """Three different lists are all called *udsat*; an area may be on any of them in a given year."""

    PROJECT_FUNDED = "project_funded"
    ALMENBOLIGLOVEN_61A = "almenboligloven_61a"
    POLICE_SUB = "police_sub"


AREA_LIST_LABELS = {
    AreaList.PROJECT_FUNDED: N_("får støtte fra Landsbyggefonden til en boligsocial helhedsplan"),
    AreaList.ALMENBOLIGLOVEN_61A: N_("står på ministeriets årlige liste efter almenboliglovens § 61 a"),
    AreaList.POLICE_SUB: N_("står på politiets liste over særligt udsatte boligområder (SUB)"),
}
