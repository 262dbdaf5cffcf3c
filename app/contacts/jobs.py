"""Twice a year everybody who is called or written to is asked whether their numbers still hold."""

from app.contacts import asking
from app.contacts.searching import CONFIRMED_EVERY as CONFIRMED_EVERY
from app.extensions import db
from app.lib import clock

OFFICE_HOURS = range(9, 15)
WORKING_DAYS = range(5)


def ask_to_confirm() -> None:
    """Those who have not been confirmed for half a year, in office hours; one commit each."""
    here = clock.local(clock.now())
    if here.weekday() not in WORKING_DAYS or here.hour not in OFFICE_HOURS:
        return
    for contact_id in asking.to_ask():
        asking.ask(contact_id)
        db.session.commit()
