"""What a long night told: versions of the report and the message, broadcasts, and what became of their deliveries."""

from itertools import cycle

import sqlalchemy as sa

from app.broadcasts.states import Phase
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.messaging.models import Delivery, DeliveryState
from tests.broadcasts.making import awaiting, compose, sent
from tests.narrative.making import make_fact, make_message, make_report
from tests.scene import Scene

# Of ten texts eight arrive, one fails, and of one nobody knows.
FATES = (*[DeliveryState.DELIVERED] * 8, DeliveryState.FAILED, DeliveryState.UNCERTAIN)


def tell(scene: Scene, incident: Incident, *, reports: int, broadcasts: int, residents: int) -> None:
    """So many versions of each; so many broadcasts, each to all the residents; the last two have not left yet."""
    for n in range(residents):
        _add_resident(scene, n)
    for n in range(reports):
        make_fact(scene, incident, f"Der er set {n} unge ved torvet", ("confirmed", "unconfirmed", "refuted")[n % 3])
        make_report(scene, incident, situation=f"Flere unge er samlet ved torvet. Ottende melding, nr. {n}.")
        make_message(scene, incident, what_happened=f"Der er uro ved torvet. Melding {n}.")
    for n in range(broadcasts - 2):
        sent(scene, incident, phase=Phase.UPDATE if n else Phase.FIRST, text=f"Beredskabet følger sagen. Melding {n}.")
    _settle()
    compose(scene, incident, text="Der er ro igen.")
    awaiting(scene, incident, scene.cast.helhedsplan, text="Der er ro. Vi er på gaden i aften.")


def _add_resident(scene: Scene, n: int) -> None:
    points = [(PointKind.MOBILE, f"31{n:06}")]
    audiences = ("residents",) if n % 25 else ("residents", "associations")
    add_contact(scene.cast.lindevangen, name=f"Beboer {n}", points=points, audiences=audiences)


def _settle() -> None:
    texts = sa.select(Delivery.id).where(Delivery.group.startswith("broadcast:")).order_by(Delivery.id)
    rows = [
        {"id": id, "state": fate, "sent_at": clock.now(), "settled_at": None if fate is FATES[-1] else clock.now()}
        for id, fate in zip(db.session.scalars(texts), cycle(FATES), strict=False)
    ]
    db.session.execute(sa.update(Delivery), rows)
    db.session.commit()
