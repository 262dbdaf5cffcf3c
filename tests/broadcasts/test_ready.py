"""Er du klar? Everything that should be known before a text goes to somebody else's eyes; no figure is made up."""

from dataclasses import replace
from decimal import Decimal

import pytest

import config
from app.contacts.models import PointKind
from app.contacts.operations import add_contact
from app.extensions import db
from app.messaging.rates import Rate, time_for
from config import Twilio
from tests.broadcasts.making import compose, sent
from tests.room.incident_forms import at as address
from tests.room.incident_forms import plain

FROM = Twilio("AC" + "0" * 32, "token", number="+4520999999", name="Linden", per_second=10)


def ready(visitor, incident, made):
    return plain(visitor.text(address(incident, f"/broadcasts/{made.public_id}/ready")))


@pytest.fixture
def configured(app, monkeypatch):
    """`configured(twilio=FROM)`: as if it stood in the environment."""
    before = app.config["BEREDSKAB"]
    return lambda **more: monkeypatch.setitem(app.config, "BEREDSKAB", replace(before, **more))


@pytest.fixture
def town(scene):
    """Two hundred and eleven residents more."""
    for n in range(211):
        points = [(PointKind.MOBILE, f"40{n:06}")]
        add_contact(scene.cast.lindevangen, name=f"Beboer {n}", points=points, audiences=("residents",))
    db.session.commit()


def test_sender_time_parts_and_price_as_configured(configured, scene, incident, town, at):
    made = compose(scene, incident, None, "residents", "institutions", text="Æ" * 161)
    mail = {"smtp_host": "127.0.0.1", "mail_from": "beredskab@linden.example"}
    configured(twilio=FROM, **mail, sms_segment_price=Decimal("0.35"))
    shown = ready(at(scene.cast.ssp), incident, made)
    assert "214, hver får den én gang" in shown
    assert "213 som sms fra Linden." in shown and "Det tager under et minut" in shown
    assert "1 som mail fra beredskab@linden.example." in shown
    assert "Sms-dele i alt 426" in shown and "2 sms (GSM-7, 161 tegn)" in shown
    assert "149,10 kr. (0,35 kr. for hver del)" in shown


def test_nobody_said_a_price_so_none_is_shown(configured, scene, incident, at):
    made = compose(scene, incident)
    configured(twilio=FROM)
    assert "kr." not in ready(at(scene.cast.ssp), incident, made)


def test_where_nothing_leaves_it_says_so_and_costs_nothing(configured, scene, incident, at):
    configured(sms_segment_price=Decimal("0.35"))
    shown = ready(at(scene.cast.ssp), incident, compose(scene, incident))
    assert "2 som sms. Her sendes intet ud: de skrives kun ned." in shown and "kr." not in shown


def test_who_cannot_get_it_the_police_left_out_and_what_they_were_sent_lately(scene, incident, at):
    sent(scene, incident, text="Den første.")
    shown = ready(at(scene.cast.ssp), incident, compose(scene, incident))
    assert "Udeladt: politi (2)" in shown and "1 kan ikke få den" in shown and "Carla uden telefon" in shown
    assert "Andre beskeder til de samme, de sidste 6 timer" in shown and "Den første." in shown


@pytest.mark.parametrize(
    ("rate", "count", "seconds"),
    [(None, 5000, 0), (Rate(10, 10), 10, 0), (Rate(10, 10), 1900, 189), (Rate(0, 1), 9, 0)],
)
def test_how_long_the_sending_takes(rate, count, seconds):
    assert time_for(rate, count).total_seconds() == seconds


@pytest.mark.parametrize("text", ["gratis", "-1", "0.123456", "1e3"])
def test_a_price_that_is_no_price_is_named_at_the_start(tmp_path, text):
    env = {"BEREDSKAB_MODE": "demo", "BEREDSKAB_DATA": str(tmp_path), "SMS_SEGMENT_PRICE": text}
    with pytest.raises(config.ConfigurationError, match="SMS_SEGMENT_PRICE"):
        config.load(env)


def test_a_price_may_be_written_with_a_comma(tmp_path):
    env = {"BEREDSKAB_MODE": "demo", "BEREDSKAB_DATA": str(tmp_path)}
    assert config.load(env | {"SMS_SEGMENT_PRICE": "0,35"}).sms_segment_price == Decimal("0.35")
    assert config.load(env).sms_segment_price is None
