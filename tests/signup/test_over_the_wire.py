"""The whole way by real providers: the code and the news as SMS and mail, STOP as the provider hands it over."""

import re
from dataclasses import replace

from app.contacts.models import Contact, ContactSource
from app.extensions import db
from app.messaging.dispatcher import Dispatcher
from tests.broadcasts.making import sent
from tests.fakes.smtp import smtp_server
from tests.fakes.twilio import Within, twilio_server
from tests.messaging.conftest import switched_on
from tests.narrative.making import make_message
from tests.signup.conftest import ANNA, Resident

PHONE = "+4530001122"


def drained(app):
    db.session.commit()
    Dispatcher(app).drain()
    db.session.expire_all()


def on_the_list():
    query = db.session.query(Contact).filter(Contact.source == ContactSource.SIGN_UP, Contact.ended_at.is_(None))
    found = query.count()
    db.session.rollback()
    return found


def code_in(text):
    return re.search(r"\b\d{6}\b", text)[0]


def sign_up(app, who, number, read):
    page = who.ask(number).headers["Location"]
    drained(app)
    own = who.post(page, code=code_in(read())).headers["Location"]
    assert who.post(own, consent="y", reads="da").status_code == 303
    drained(app)


def test_from_the_code_to_stop_by_text_and_to_the_link_by_mail(app, scene):
    with (
        twilio_server(Within(app)) as twilio, switched_on(app, twilio, TWILIO_SENDER_NAME="Beredskab"),
        smtp_server() as mails,
    ):  # fmt: skip
        app.config["BEREDSKAB"] = replace(
            app.config["BEREDSKAB"], smtp_host="localhost", smtp_port=mails.port, smtp_tls="none"
        )
        anna, phone = Resident(app), twilio.phone(PHONE)
        sign_up(app, anna, ANNA, lambda: phone.text("er din kode").body)
        welcome = phone.text("Du får nu beskeder")
        assert "Afmeld: send STOP til" in welcome.body and welcome.sender == "Beredskab"
        sign_up(app, anna, "anna@eksempel.dk", lambda: mails.mails[-1].get_content())
        assert mails.mails[-1]["Subject"] == "Du er tilmeldt" and on_the_list() == 2
        incident = scene.activate(scene.cast.ssp)
        make_message(scene, incident)
        sent(scene, incident, text="Alt er roligt.")
        drained(app)
        assert phone.text("Alt er roligt.").body == "Alt er roligt."  # no link, no foot in a text
        link = re.search(r"Afmeld dig her: https?://[^/]+(/\S+)", mails.mails[-1].get_content())[1]
        assert "Du er afmeldt" in anna.post(link).text and on_the_list() == 1
        phone.reply("STOP", to=twilio.environment["TWILIO_NUMBER"])
        assert on_the_list() == 0
        drained(app)
        assert "Du er afmeldt" in phone.text("Du er afmeldt").body
        twilio.ignore(*(contact.points[0].address for contacts in scene.contacts.values() for contact in contacts))
