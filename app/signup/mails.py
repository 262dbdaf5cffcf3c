"""What stands below a mail to whoever signed up: a link to sign off by, which opens a page with one button."""

from collections.abc import Mapping

import sqlalchemy as sa
from flask import current_app

from app.areas.models import Area
from app.contacts.models import Contact, ContactSource
from app.extensions import db
from app.lib.languages import Language
from app.signup.hashes import link_of
from app.signup.words import say
from config import Config

AT_ONCE = 500


def feet(area: Area, wanted: Mapping[int, Language]) -> dict[int, str]:
    """By the contact's id, in its language; those whom others wrote on the list have none."""
    config: Config = current_app.config["BEREDSKAB"]
    ids, found = sorted(wanted), {}
    for start in range(0, len(ids), AT_ONCE):
        own = sa.select(Contact.id, Contact.public_id).where(
            Contact.id.in_(ids[start : start + AT_ONCE]), Contact.source == ContactSource.SIGN_UP
        )
        for row in db.session.execute(own):
            link = f"{config.public_url}/area/{area.slug}/off/{link_of(row.public_id)}"
            found[row.id] = "\n\n" + say(wanted[row.id], "mail_foot", link=link)
    return found
