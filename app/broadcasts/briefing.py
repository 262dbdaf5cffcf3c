"""The briefing of a board: one text under three headings, put together and taken apart again. Pure."""

from app.lib.i18n import N_

SITUATION, CONSEQUENCES, MEASURES = N_("Situationen"), N_("Mulige konsekvenser"), N_("Mulige tiltag")
HEADINGS = (SITUATION, CONSEQUENCES, MEASURES)


def joined(situation: str, consequences: str, measures: str) -> str:
    """As it is sent: each heading on a line of its own above what it is about."""
    parts = zip(HEADINGS, (situation, consequences, measures), strict=True)
    return "\n\n".join(f"{heading}:\n{said}" for heading, said in parts)


def parts(text: str) -> list[tuple[str, str]]:
    """(heading, what was said) of a briefing; empty for any other text, and for one whose headings were edited away."""
    found = []
    for heading, following in zip(HEADINGS, (*HEADINGS[1:], None), strict=True):
        start = f"{heading}:\n"
        if not text.startswith(start):
            return []
        said, end, rest = text.removeprefix(start).partition(f"\n\n{following}:\n") if following else (text, "", "")
        said = said if following else text.removeprefix(start)
        if following and not end:
            return []
        found.append((heading, said.strip()))
        text = f"{following}:\n{rest}"
    return found
