"""Who and what the demo area holds. All made up: names, numbers and `.example` addresses."""

from dataclasses import dataclass, field

from app.areas.models import OrganisationKind, PlaceKind
from app.areas.roles import Role
from app.plans.vocabulary import AudienceKey

PASSWORD = "lindevangen-demo"


@dataclass(frozen=True)
class DemoActor:
    """An actor with its organisation and the function's number."""

    key: str
    name: str
    organisation: str
    kind: OrganisationKind
    phone: str | None = None


@dataclass(frozen=True)
class DemoPerson:
    """A login; `places` are (actor key, role). `line` says in the printed list what this person shows."""

    login: str
    name: str
    places: tuple[tuple[str, Role], ...]
    line: str
    phone: str | None = None
    is_administrator: bool = False


@dataclass(frozen=True)
class DemoContact:
    """A person to reach. `points` are told apart by the @; a fixed line begins with 3."""

    name: str
    function: str
    points: tuple[str, ...]
    actor: str | None = None
    audiences: tuple[AudienceKey, ...] = ()
    is_police: bool = False
    is_volunteer: bool = False
    language: str = "da"
    place: str | None = None
    entrance: str = ""


@dataclass(frozen=True)
class DemoArea:
    """Everything of one area."""

    slug: str
    name: str
    municipality: str
    places: tuple[tuple[str, PlaceKind], ...]
    actors: tuple[DemoActor, ...]
    people: tuple[DemoPerson, ...]
    contacts: tuple[DemoContact, ...] = field(default=())


_K, _R, _A = OrganisationKind, Role, AudienceKey
_C, _RE, _OB, _BO = Role.COORDINATOR, Role.RESPONDER, Role.OBSERVER, Role.BOARD_MEMBER

LINDEVANGEN = DemoArea(
    slug="lindevangen",
    name="Lindevangen",
    municipality="Linde Kommune",
    places=(
        ("Lindehuse", PlaceKind.SECTION),
        ("Vangeparken", PlaceKind.SECTION),
        ("Søndertoften", PlaceKind.SECTION),
        ("Butikstorvet", PlaceKind.PLACE),
        ("Parkeringspladsen ved Vangeparken", PlaceKind.PLACE),
        ("Ungdomsklubben", PlaceKind.PLACE),
        ("Lindeskolen", PlaceKind.PLACE),
    ),
    actors=(
        DemoActor("police", "Østkystens Politi", "Østkystens Politi", _K.POLICE, "20000010"),
        DemoActor("ssp", "SSP og opsøgende team", "Linde Kommune", _K.MUNICIPALITY, "20000020"),
        DemoActor("youth_club", "Ungdomsklubben", "Linde Kommune", _K.MUNICIPALITY, "20000030"),
        DemoActor("family_centre", "Center for Børn og Familier", "Linde Kommune", _K.MUNICIPALITY, "20000040"),
        DemoActor("helhedsplan", "Lindevangen på Vej", "Lindevangen på Vej", _K.HELHEDSPLAN, "20000050"),
        DemoActor("municipality", "Linde Kommune", "Linde Kommune", _K.MUNICIPALITY, "20000060"),
        DemoActor("housing", "Boligselskabet Linden", "Boligselskabet Linden", _K.HOUSING, "20000070"),
        DemoActor("board", "Afdelingsbestyrelsen Lindehuse", "Afdelingsbestyrelsen Lindehuse", _K.CIVIL),
    ),
    people=(
        DemoPerson("ssp", "Sanne Spang", (("ssp", _C),), "SSP: kan aktivere, når det ikke er en politisag", "20000021"),
        DemoPerson("gade", "Rasmus Rask", (("ssp", _RE),), "opsøgende medarbejder: handler og skriver log", "20000022"),
        DemoPerson(
            "helhedsplan", "Helle Plan", (("helhedsplan", _C),), "helhedsplanens sekretariat: kan aktivere", "20000051"
        ),
        DemoPerson(
            "klub", "Klaus Klubbe", (("youth_club", _C),), "ungdomsklubben: er part, beder om aktivering", "20000031"
        ),
        DemoPerson(
            "familier", "Fatma Familien", (("family_centre", _C),), "Center for Børn og Familier: er part", "20000041"
        ),
        DemoPerson("politi", "Poul Betjent", (("police", _C),), "politiet: kun politisager", "20000011"),
        DemoPerson(
            "bolig", "Bo Lejer", (("housing", _C),), "boligorganisation: kan aktivere, er ikke part", "20000071"
        ),
        DemoPerson(
            "kommune", "Mona Kommun", (("municipality", _C),), "kommunen: kan aktivere, er ikke part", "20000061"
        ),
        DemoPerson(
            "dobbelt", "Pia Toskjold", (("ssp", _C), ("police", _RE)), "politi og SSP: ser ingen hændelser uden politi"
        ),
        DemoPerson("observator", "Olga Observa", (("ssp", _OB),), "observatør: læser med"),
        DemoPerson("bestyrelse", "Bente Bestyr", (("board", _BO),), "bestyrelsesmedlem: får orienteringer"),
        DemoPerson(
            "admin",
            "Adam Administrator",
            (),
            "administrator: personer og indstillinger, ingen hændelser",
            is_administrator=True,
        ),
    ),
    contacts=(
        DemoContact("Vagtchefen", "vagthavende, Østkystens Politi", ("20000010",), "police"),
        DemoContact("Poul Betjent", "lokalbetjent", ("20000011", "poul@politi.example"), "police"),
        DemoContact("Sanne Spang", "SSP-konsulent", ("20000021", "sanne@linde.example"), "ssp"),
        DemoContact("Rasmus Rask", "opsøgende team", ("20000022", "rasmus@linde.example"), "ssp"),
        DemoContact("Vagttelefon SSP", "aften og weekend", ("20000020",), "ssp"),
        DemoContact("Klaus Klubbe", "klubleder", ("20000031", "klaus@linde.example"), "youth_club"),
        DemoContact("Kirsten Klub", "souschef", ("20000032", "kirsten@linde.example"), "youth_club"),
        DemoContact("Karim Klub", "pædagog", ("20000033",), "youth_club"),
        DemoContact("Fatma Familien", "afdelingsleder", ("20000041", "fatma@linde.example"), "family_centre"),
        DemoContact("Finn Familien", "socialrådgiver, vagt", ("20000042",), "family_centre"),
        DemoContact("Helle Plan", "projektleder", ("20000051", "helle@paavej.example"), "helhedsplan"),
        DemoContact("Hassan Plan", "boligsocial medarbejder", ("20000052", "hassan@paavej.example"), "helhedsplan"),
        DemoContact("Bo Lejer", "driftschef", ("20000071", "bo@linden.example"), "housing", (_A.OPERATIONS,)),
        DemoContact("Mona Kommun", "beredskabskoordinator", ("20000061", "mona@linde.example"), "municipality"),
        DemoContact(
            "Natteravnene Lindevangen", "turleder", ("20000081",), audiences=(_A.CIVIL_NETWORKS,), is_volunteer=True
        ),
        DemoContact("Fædregruppen", "kontaktperson", ("20000082",), audiences=(_A.CIVIL_NETWORKS,), is_volunteer=True),
        DemoContact(
            "Mødregruppen",
            "kontaktperson",
            ("20000083",),
            audiences=(_A.CIVIL_NETWORKS,),
            is_volunteer=True,
            language="ar",
        ),
        DemoContact(
            "Bente Bestyr",
            "formand, Lindehuse",
            ("20000084", "bente@lindehuse.example"),
            audiences=(_A.SECTION_BOARDS,),
        ),
        DemoContact(
            "Viggo Vang",
            "formand, Vangeparken",
            ("20000085", "viggo@vangeparken.example"),
            audiences=(_A.SECTION_BOARDS,),
        ),
        DemoContact("Signe Sønder", "formand, Søndertoften", ("20000086",), audiences=(_A.SECTION_BOARDS,)),
        DemoContact(
            "Dorte Direktør",
            "formand, boligsocial bestyrelse",
            ("dorte@linden.example",),
            audiences=(_A.SOCIAL_HOUSING_BOARD,),
        ),
        DemoContact(
            "Bjarne Borgm",
            "boligsocial bestyrelse, kommunen",
            ("bjarne@linde.example",),
            audiences=(_A.SOCIAL_HOUSING_BOARD,),
        ),
        DemoContact(
            "Driftskontoret Lindevangen", "driftsvagt", ("30000001", "drift@linden.example"), audiences=(_A.OPERATIONS,)
        ),
        DemoContact(
            "Beboer i Lindehuse 1", "tilmeldt beboer", ("20000091",), audiences=(_A.RESIDENTS,), place="Lindehuse",
            entrance="11",
        ),
        DemoContact(
            "Beboer i Lindehuse 2", "tilmeldt beboer", ("20000092",), audiences=(_A.RESIDENTS,), language="tr",
            place="Lindehuse", entrance="13",
        ),
        DemoContact(
            "Beboer i Vangeparken", "tilmeldt beboer", ("20000093",), audiences=(_A.RESIDENTS,), language="ar",
            place="Vangeparken", entrance="3",
        ),
        DemoContact(
            "Lindeskolen", "kontoret", ("30000002", "kontor@lindeskolen.example"), audiences=(_A.INSTITUTIONS,)
        ),
        DemoContact(
            "Børnehuset Linden", "leder", ("30000003", "leder@bornehuset.example"), audiences=(_A.INSTITUTIONS,)
        ),
        DemoContact("Torvets Købmand", "indehaver", ("20000095",), audiences=(_A.BUSINESSES,)),
        DemoContact(
            "Lindevangens Boldklub", "formand", ("20000096", "formand@boldklub.example"), audiences=(_A.ASSOCIATIONS,)
        ),
        DemoContact("Linde Avis", "redaktionen", ("redaktion@lindeavis.example",), audiences=(_A.PRESS,)),
    ),
)

SKOVKANTEN = DemoArea(
    slug="skovkanten",
    name="Skovkanten",
    municipality="Linde Kommune",
    places=(("Skovhusene", PlaceKind.SECTION),),
    actors=(
        DemoActor("police", "Østkystens Politi", "Østkystens Politi", _K.POLICE, "20000110"),
        DemoActor("ssp", "SSP og opsøgende team", "Linde Kommune", _K.MUNICIPALITY, "20000120"),
        DemoActor("helhedsplan", "Skovkanten Sammen", "Skovkanten Sammen", _K.HELHEDSPLAN, "20000150"),
    ),
    people=(
        DemoPerson(
            "nabo", "Niels Nabo", (("helhedsplan", _C),), "naboområdet Skovkanten: ser intet af Lindevangen", "20000151"
        ),
    ),
    contacts=(
        DemoContact("Niels Nabo", "projektleder", ("20000151", "niels@skovkanten.example"), "helhedsplan"),
        DemoContact("Sune Skov", "SSP-konsulent", ("20000121",), "ssp"),
    ),
)

AREAS = (LINDEVANGEN, SKOVKANTEN)


def email_of(person: DemoPerson, area: DemoArea) -> str:
    """The login name."""
    return f"{person.login}@{area.slug}.example"
