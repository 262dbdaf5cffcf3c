"""Moments as the files say them, the same whenever they are made."""

from datetime import datetime

from app.templating import clock_time, day


def at(iso: str | None) -> str:
    """`22.11.2026 kl. 23.58`, Danish clocks; empty for none."""
    if not iso:
        return ""
    moment = datetime.fromisoformat(iso)
    return f"{day(moment)} kl. {clock_time(moment)}"


def on(iso: str) -> str:
    """A day: `24.12.2026`."""
    return datetime.fromisoformat(iso).strftime("%d.%m.%Y")
