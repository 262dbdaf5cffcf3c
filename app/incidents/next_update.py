"""When the parties hear again: the choices that every form offers."""

from datetime import datetime, timedelta

from app.lib import clock
from app.lib.i18n import N_

MINUTES = {
    15: N_("Om 15 minutter"), 30: N_("Om en halv time"), 60: N_("Om en time"), 120: N_("Om to timer"),
    240: N_("Om fire timer"), 0: N_("Ingen aftalt tid"),
}  # fmt: skip


def after(minutes: int) -> datetime | None:
    """The moment so many minutes from now; None for no agreed time."""
    return clock.now() + timedelta(minutes=minutes) if minutes else None


def choice_near(minutes: int) -> str:
    """The choice that comes nearest to what the plan says."""
    return str(min((choice for choice in MINUTES if choice), key=lambda choice: abs(choice - minutes)))
