"""A tap too many: stopped at once, and "du skal ikke gøre noget" to exactly those who were called."""

from app.demo.acts import begin, deliveries
from app.demo.stage import Stage
from app.plans.vocabulary import Track
from app.transitions.annul import UNDO_WITHIN, annul


def false_alarm(stage: Stage) -> None:
    """Annulled within the minute."""
    incident = begin(
        stage, "ssp", Track.NON_POLICE, "youth_gathering", "Stort fremmøde ved klubben", "Ungdomsklubben"
    )  # fmt: skip
    stage.pass_time(seconds=20)
    called = {d.address for d in deliveries(incident, "incident") if d.sent_at}
    annul(incident, stage.as_("ssp"), "Jeg trykkede forkert")
    stage.pass_time(seconds=30)
    early = deliveries(incident, "ending", sent=True)
    stage.expect(not early, "fejlaktiveringen blev meldt ud, før fortryd-tiden var gået")
    stage.pass_time(seconds=UNDO_WITHIN.total_seconds())
    told = [d.address for d in deliveries(incident, "ending", sent=True)]
    stage.expect(sorted(told) == sorted(called), f"kaldt {sorted(called)}, men meldt fra til {sorted(told)}")
    stage.pass_time(minutes=10)
    after = {d.address for d in deliveries(incident, "incident") if d.sent_at}
    stage.expect(after == called, "der blev kaldt flere efter annulleringen")
    stage.print_timeline("Fejlaktivering · ikke politisag", incident)
