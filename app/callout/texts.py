"""What a duty person reads: who leads, with a number, and how to say yes. Short, GSM-7."""

from app.incidents.models import Incident
from app.incidents.texts import marked
from app.lib import phone
from app.lib.text import plain
from app.plans.vocabulary import Track


def call(incident: Incident, code: str, link: str) -> str:
    """Asks one person: the code answers by SMS, the link opens a page with a button."""
    asked = f"Svar {code}, når du har set det. Eller: {link}"
    return marked(incident, f"{_opening(incident)} {_leader(incident)} {asked}")


def spoken(incident: Incident) -> str:
    """The same in a call; a key answers."""
    asked = "Tryk 1, når du har hørt det. Tryk 2, hvis du ikke kan komme."
    return marked(incident, f"{_opening(incident)} {_leader(incident)} {asked}")


def told(incident: Incident) -> str:
    """Tells a party that is not called: nothing to answer."""
    return marked(incident, f"{_opening(incident)} {_leader(incident)} Du skal ikke rykke ud. Se mere i Beredskab.")


def false_alarm(incident: Incident) -> str:
    """To exactly those who were called."""
    return marked(incident, f"{_sender(incident)}: Fejlaktivering. Du skal ikke gøre noget. {_leader(incident)}")


def ended(incident: Incident) -> str:
    """To those who were called, at stand-down."""
    what = _short(incident.what, 70)
    return marked(incident, f"{_sender(incident)} er afblæst: {what}. Tak for hjælpen. {_leader(incident)}")


def exercise_broken_off(incident: Incident) -> str:
    """To everybody in an exercise that stops early."""
    real = "Kommer der en besked uden ordet ØVELSE, er den virkelig."
    return plain(f"ØVELSE AFBRUDT. {_sender(incident)}: Øvelsen er slut. Du skal ikke gøre mere i den. {real}")


def _sender(incident: Incident) -> str:
    return f"Beredskab {incident.area.name}"


def _opening(incident: Incident) -> str:
    track = "POLITISAG" if incident.track is Track.POLICE else "Ikke politisag"
    return f"{_sender(incident)}. {track}: {_short(incident.what, 70)}. Sted: {_short(incident.where, 60)}."


def _leader(incident: Incident) -> str:
    title = "Leder" if incident.track is Track.POLICE else "Tovholder"
    number = f", tlf. {phone.spaced(incident.leader_phone)}" if incident.leader_phone else ""
    return f"{title}: {incident.leader_label}{number}."


def _short(text: str, room: int) -> str:
    return text[:room].rstrip(" .")
