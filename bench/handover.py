"""How soon what must hurry stands at the provider's door: `python -m bench.handover`.

Thirty people are called by one activation; a text to 200 residents is released twenty times. One worker, limits off.
"""

import statistics
import time
from datetime import timedelta

from app.broadcasts import operations as broadcasts
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.incidents.models import Incident
from app.lib import clock
from app.messaging import queries
from app.messaging.dispatcher import Dispatcher
from app.messaging.states import DeliveryState
from app.roster import operations as roster
from app.roster.rules import Rank
from bench import results
from bench._provider import began, provider, seen
from bench.dispatcher import application, working
from tests.broadcasts.making import awaiting
from tests.narrative.making import make_message
from tests.scene import Scene

CALLED, RESIDENTS, ROUNDS, RELEASES = 30, 200, 5, 20
PATIENCE = 10.0  # seconds
PARTIES = ("youth_club", "helhedsplan")  # whom a rumour wakes
HEAD = f"""| | activation → last of {CALLED} call-outs, median / longest | release → first text, median / p95 |
|---|---|---|"""


def everybody_on_duty(scene: Scene) -> None:
    """So many at each party that one activation calls thirty, all at once."""
    now = clock.now()
    for party in PARTIES:
        for n in range(CALLED // len(PARTIES)):
            points = [(PointKind.MOBILE, f"40{PARTIES.index(party)}{n:05}")]
            actor = scene.cast.actors[party]
            contact = add_contact(scene.cast.lindevangen, name=f"Vagt {n}", points=points, actor=actor, position=9)
            roster.add_single(contact, Rank.ON_DUTY, now - timedelta(hours=1), now + timedelta(hours=9), instead=True)
    db.session.commit()


def activation(scene: Scene, url: str) -> float:
    """Seconds from the tap to the last request at the provider's door."""
    began(url)
    start = time.monotonic()
    incident = scene.activate(scene.cast.ssp)
    while seen(url) < CALLED:
        time.sleep(0.02)
    last = max(began(url).values())
    incident.ended_at = clock.now()
    db.session.commit()
    return last - start


def release(scene: Scene, url: str, incident: Incident, nth: int) -> float:
    """Seconds from the tap to the first request at the provider's door."""
    text = awaiting(scene, incident, text=f"Alt er roligt. Næste besked kommer kl. {nth}.30.")
    began(url)
    start = time.monotonic()
    broadcasts.release(text, scene.reader(scene.cast.helhedsplan), version=text.version)
    db.session.commit()
    while not (found := {to: at for to, at in began(url).items() if to.startswith("+4541")}):
        time.sleep(0.02)
    handed_over = min(found.values()) - start
    until = time.monotonic() + PATIENCE
    while queries.progress(group=text.group).get(DeliveryState.SENT, 0) < RESIDENTS and time.monotonic() < until:
        db.session.rollback()
        time.sleep(0.05)  # each begins when all is quiet again
    db.session.rollback()
    return handed_over


def measure(engine: str, url: str) -> str:
    """One row."""
    with application(engine, url) as app, app.app_context(), working(Dispatcher(app)):
        scene = Scene()
        everybody_on_duty(scene)
        for n in range(RESIDENTS):
            points = [(PointKind.MOBILE, f"41{n:06}")]
            add_contact(scene.cast.lindevangen, name=f"Beboer {n}", points=points, audiences=["residents"])
        db.session.commit()
        calls = sorted(activation(scene, url) for _ in range(ROUNDS))
        incident = scene.activate(scene.cast.ssp)
        make_message(scene, incident)
        texts = sorted(release(scene, url, incident, nth) for nth in range(RELEASES))
        db.session.remove()
        db.engine.dispose()
    p95 = texts[int(len(texts) * 0.95) - 1]
    return (
        f"| {engine} | {statistics.median(calls) * 1000:.0f} / {calls[-1] * 1000:.0f} ms "
        f"| {statistics.median(texts) * 1000:.0f} / {p95 * 1000:.0f} ms |"
    )


def main() -> None:
    """Measure, print, and write the section of RESULTS.md."""
    with provider() as url:
        rows = [measure(engine, url) for engine in ("sqlite", "postgresql")]
    text = f"""{results.machine()}.
From the tap, the operation and its commit included, to the request at a provider over HTTP; one worker in the same
process, limits off. Activation: {ROUNDS} times; release of a text to {RESIDENTS} residents: {RELEASES} times.

{HEAD}
""" + "\n".join(rows)
    print(text)
    results.write("Handed over (`python -m bench.handover`)", text)


if __name__ == "__main__":
    main()
