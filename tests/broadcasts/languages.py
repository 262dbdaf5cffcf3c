"""People who read other languages, and translations at every stage."""

from app.accounts.models import User
from app.areas.by import By
from app.broadcasts import operations
from app.broadcasts.models import Broadcast
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.lib.languages import Language
from app.plans.models import Plan
from app.plans.operations import approve, create_from_template
from tests.scene import Scene

AMIRA, TARIK, DORIS = "+4530000011", "+4530000012", "+4530000013"
ARABIC = "كل شيء هادئ."
APPROVER = "Samira Said, tolk"


def add_readers(scene: Scene) -> None:
    """Amira reads Arabic, Tarik Turkish; Doris shares her phone with a Turkish reader."""
    area = scene.cast.lindevangen
    people = (
        ("Amira", AMIRA, Language.ARABIC), ("Tarik", TARIK, Language.TURKISH),
        ("Doris", DORIS, Language.DANISH), ("Devrim hos Doris", DORIS, Language.TURKISH),
    )  # fmt: skip
    for name, number, language in people:
        points = [(PointKind.MOBILE, number)]
        add_contact(area, name=name, points=points, audiences=["residents"], language=language)
    db.session.commit()


def translated(
    scene: Scene, broadcast: Broadcast, user: User | None = None, text: str = ARABIC,
    language: Language = Language.ARABIC,
) -> None:
    """Written by SSP, approved by nobody."""  # fmt: skip
    operations.translate(
        broadcast, scene.reader(user or scene.cast.ssp), language, text, version=broadcast.version
    )
    db.session.commit()


def approved(
    scene: Scene, broadcast: Broadcast, user: User | None = None, approver: str = APPROVER,
    language: Language = Language.ARABIC,
) -> None:
    """SSP writes down that Samira says yes."""  # fmt: skip
    reader = scene.reader(user or scene.cast.ssp)
    operations.approve_translation(broadcast, reader, language, approver, version=broadcast.version)
    db.session.commit()


def plan_with(scene: Scene, **fields: object) -> Plan:
    """An approved plan that holds these texts; incidents activated from now on work by it."""
    by = By(scene.cast.helhedsplan, scene.cast.actors["helhedsplan"])
    plan = create_from_template(scene.cast.lindevangen, by)
    plan.document = plan.document | fields
    approve(plan, by)
    db.session.commit()
    return plan
