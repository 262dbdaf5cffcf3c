"""Audiences with contacts, and broadcasts at every stage, each in one line."""

from typing import Any

from app.accounts.models import User
from app.broadcasts import operations
from app.broadcasts.models import Broadcast
from app.broadcasts.states import Phase
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.direction.models import HeardBy
from app.direction.police_word import PoliceSaid
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.messaging.models import Delivery
from app.plans.vocabulary import Track
from tests.scene import Scene

MOBILE, EMAIL = PointKind.MOBILE, PointKind.EMAIL


def add_audiences(scene: Scene) -> None:
    """Residents and a school: two share a number, one has none, one is of the police, one has the police's mail."""
    area = scene.cast.lindevangen
    places = {place.name: place for place in area.places}

    def add(name: str, *points: tuple[PointKind, str], audiences: Any = ("residents",), **more: Any) -> None:
        add_contact(area, name=name, points=points, audiences=audiences, **more)

    add("Anna", (MOBILE, "30000001"), place=places["Lindehuse"])
    add("Bent", (MOBILE, "30000002"), place=places["Vangeparken"], audiences=("residents", "associations"))
    add("Bodil hos Bent", (MOBILE, "30000002"), place=places["Vangeparken"])
    add("Carla uden telefon", place=places["Lindehuse"])
    add("Dennis, betjent", (MOBILE, "30000004"), is_police=True, humans_only=False)
    add("Pouls postkasse", (EMAIL, scene.cast.police.email))
    add("Skolen", (EMAIL, "skolen@lindevangen.example"), audiences=("institutions",))
    db.session.commit()


def said() -> PoliceSaid:
    """The duty officer, on the phone, now."""
    return PoliceSaid("Vagtchefen", HeardBy.PHONE, clock.now())


def police_case(scene: Scene, **more: Any) -> Incident:
    """A shooting, activated by the police."""
    return scene.activate(scene.cast.police, Track.POLICE, category="shooting", what="Skyderi", **more)


def compose(scene: Scene, incident: Incident, user: User | None = None, *audiences: str, **more: Any) -> Broadcast:
    """A draft, by SSP to residents unless said otherwise; committed."""
    typed = operations.Typed(
        more.pop("phase", Phase.FIRST), audiences or ("residents",), more.pop("text", "Alt er roligt."), **more
    )
    made = operations.compose(incident, scene.reader(user or scene.cast.ssp), typed)
    db.session.commit()
    return made


def awaiting(scene: Scene, incident: Incident, user: User | None = None, *audiences: str, **more: Any) -> Broadcast:
    """The same, sent to release."""
    planned_at = more.pop("planned_at", None)
    made = compose(scene, incident, user, *audiences, **more)
    operations.send_to_release(made, scene.reader(user or scene.cast.ssp), planned_at=planned_at)
    db.session.commit()
    return made


def sent(scene: Scene, incident: Incident, *audiences: str, **more: Any) -> Broadcast:
    """Written by SSP, released by the helhedsplan (in A: the police), in the outbox."""
    made = awaiting(scene, incident, None, *audiences, **more)
    second = scene.cast.police if incident.is_police_case else scene.cast.helhedsplan
    operations.release(made, scene.reader(second), version=made.version)
    db.session.commit()
    return made


def deliveries(broadcast: Broadcast) -> list[Delivery]:
    """What stands in the outbox of it."""
    query = db.session.query(Delivery).filter_by(group=broadcast.group).order_by(Delivery.id)
    return query.populate_existing().all()


def addresses(broadcast: Broadcast) -> list[str]:
    """Where it goes, in order."""
    return sorted(delivery.address for delivery in deliveries(broadcast))
