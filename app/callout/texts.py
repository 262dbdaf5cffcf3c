"""What a duty person reads: who leads, with a number, and how to say yes. Short, GSM-7."""

from app.incidents.models import Incident
from app.lib import phone
from app.lib.text import plain
from app.plans.vocabulary import Track


def _short(text: str, room: int) -> str:
    return text[:room].rstrip(" .")


def _opening(incident: Incident) -> str:
    prefix = "ØVELSE. " if incident.is_exercise else ""
    track = "POLITISAG" if incident.track is Track.POLICE else "Ikke politisag"
    return f"{prefix}Beredskab {incident.area.name}. {track}: {_short(incident.what, 70)}. Sted: {_short(incident.where, 60)}."


def _leader(incident: Incident) -> str:
    title = "Leder" if incident.track is Track.POLICE else "Tovholder"
    number = f", tlf. {phone.spaced(incident.leader_phone)}" if incident.leader_phone else ""
    return f"{title}: {incident.leader_label}{number}."


def call(incident: Incident, code: str, link: str) -> str:
    """Asks one person: the code answers by SMS, the link opens a page with a button."""
    return plain(f"{_opening(incident)} {_leader(incident)} Svar {code}, når du har set det. Eller: {link}")


def told(incident: Incident) -> str:
    """Tells a party that is not called: nothing to answer."""
    return plain(f"{_opening(incident)} {_leader(incident)} Du skal ikke rykke ud. Se mere i Beredskab.")


def false_alarm(incident: Incident) -> str:
    """To exactly those who were called."""
    prefix = "ØVELSE. " if incident.is_exercise else ""
    return plain(f"{prefix}Beredskab {incident.area.name}: Fejlaktivering. Du skal ikke gøre noget. {_leader(incident)}")


def ended(incident: Incident) -> str:
    """To those who were called, at stand-down."""
    prefix = "ØVELSE. " if incident.is_exercise else ""
    return plain(f"{prefix}Beredskab {incident.area.name} er afblæst: {_short(incident.what, 70)}. Tak for hjælpen. {_leader(incident)}")


def exercise_broken_off(incident: Incident) -> str:
    """To everybody in an exercise that stops early."""
    return plain(f"ØVELSE AFBRUDT. Beredskab {incident.area.name}: Øvelsen er slut. Du skal ikke gøre mere.")
