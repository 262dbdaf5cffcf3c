"""The e-mail channel against a real server with bad manners."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from app.messaging.channels.smtp import SmtpChannel
from app.messaging.dispatcher import Dispatcher
from tests.fakes.smtp import Manner, smtp_server
from tests.messaging.making import callout, new, queued, resident, states

FROM = "Beredskab Lindevangen <beredskab@lindevangen.example>"
TO = "sara@klub.example"


@pytest.fixture
def server():
    with smtp_server() as server:
        yield server


def channel(port: int, tls: str = "none", **more: object) -> SmtpChannel:
    return SmtpChannel("localhost", port, "", "", tls, FROM, step_timeout=0.5, **more)  # type: ignore[arg-type]


@pytest.fixture
def dispatcher(app, server):
    return Dispatcher(app, {"smtp": channel(server.port)})


def mail(**fields: object):
    return new(**{"channel": "smtp", "address": TO} | fields)


def test_a_mail_arrives_as_it_was_written(app, clock, server, dispatcher):
    text = "Kære Sara\n\nKom til lokalerne kl. 20 – æøå ÆØÅ.\n.punktum først\nVenlig hilsen"
    (row,) = queued(mail(text=text, subject="Møde i aften: æøå"))
    dispatcher.drain()
    assert states(row) == ["sent"]
    (got,) = server.mails
    assert got.get_content().replace("\r\n", "\n").rstrip("\n") == text
    assert (got["Subject"], got["From"]) == ("Møde i aften: æøå", FROM)
    assert got["To"] == f"Sara Holm <{TO}>"
    assert got["Message-ID"] == f"<{row.public_id}@lindevangen.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Content-Language"] == "da"
    assert got["Date"].datetime == clock.now
    assert got.get_content_type() == "text/plain"
    assert row.provider_id == f"{row.public_id}@lindevangen.example"


def test_arabic_and_emoji_arrive(app, server, dispatcher):
    queued(mail(text="مرحبا 🙂", language="ar"))
    dispatcher.drain()
    assert server.mails[0].get_content().strip() == "مرحبا 🙂"


def test_an_exercise_says_so_in_the_subject(app, server, dispatcher):
    queued(mail(is_exercise=True, text="ØVELSE: brand", subject="ØVELSE: Brand"))
    dispatcher.drain()
    assert server.mails[0]["Subject"] == "ØVELSE: Brand"


def test_a_subject_with_line_breaks_makes_no_new_headers(app, server, dispatcher):
    queued(mail(subject="Møde\r\nBcc: alle@ude.example", name="Sara\r\nCc: en@ude.example"))
    dispatcher.drain()
    assert server.mails[0]["Subject"] == "Møde Bcc: alle@ude.example"
    assert server.mails[0]["Bcc"] is server.mails[0]["Cc"] is None


@pytest.mark.parametrize(
    ("manner", "kind", "state", "code", "taken"),
    [
        (Manner.BUSY, resident, "queued", "smtp_451", 0),
        (Manner.UNKNOWN, callout, "failed", "smtp_550", 0),
        (Manner.SLOW_RCPT, resident, "queued", "SMTPReadTimeoutError", 0),
        (Manner.BUSY_AFTER_DATA, resident, "queued", "smtp_text_451", 0),
        (Manner.REFUSED_AFTER_DATA, callout, "failed", "smtp_text_554", 0),
        (Manner.SILENT_AFTER_DATA, resident, "uncertain", "SMTPReadTimeoutError", 1),
        (Manner.GONE_AFTER_DATA, resident, "uncertain", "SMTPServerDisconnected", 1),
        (Manner.GONE_AFTER_DATA, callout, "queued", "SMTPServerDisconnected", 1),
    ],
)
def test_each_bad_manner_is_understood(app, clock, server, dispatcher, manner, kind, state, code, taken):
    server.manners[TO] = manner
    (row,) = queued(kind(channel="smtp", address=TO))
    dispatcher.drain()
    assert states(row) == [state]
    assert row.error_code == code
    assert len(server.mails) == taken


def test_a_repeat_carries_the_same_message_id(app, clock, server, dispatcher):
    server.manners[TO] = Manner.GONE_AFTER_DATA
    (row,) = queued(callout(channel="smtp", address=TO))
    dispatcher.drain()
    del server.manners[TO]
    clock.advance(seconds=10)
    dispatcher.drain()
    assert states(row) == ["sent"]
    assert len({m["Message-ID"] for m in server.mails}) == 1
    assert len(server.mails) == 2


def test_one_bad_address_does_not_hold_back_the_others(app, clock, server, dispatcher):
    server.manners["a@x.example"] = Manner.UNKNOWN
    server.manners["b@x.example"] = Manner.SLOW_RCPT
    rows = queued(*(mail(address=f"{name}@x.example") for name in "abcd"))
    dispatcher.drain()
    assert states(*rows) == ["failed", "queued", "sent", "sent"]


def test_a_server_that_is_away_is_tried_again(app, clock):
    with smtp_server() as gone:
        port = gone.port
    (row,) = queued(mail())
    Dispatcher(app, {"smtp": channel(port)}).drain()
    assert states(row) == ["queued"]
    assert row.error_code == "SMTPConnectError"


BROKEN = ["ingen", "a b@x.example", "x@y.example\r\nRCPT TO:<z@y.example>", "<>", "ø@x.example"]


@pytest.mark.parametrize("address", BROKEN)
def test_an_address_that_is_none_never_goes_out(app, clock, server, dispatcher, address):
    (row,) = queued(mail(address=address))
    dispatcher.drain()
    assert states(row) == ["failed"]
    assert server.mails == []


def test_a_danish_domain_is_reached(app, server, dispatcher):
    (row,) = queued(mail(address="post@rødovre.example"))
    dispatcher.drain()
    assert states(row) == ["sent"]
    assert len(server.to("post@" + "rødovre.example".encode("idna").decode())) == 1


# ---- encryption ----


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    openssl = shutil.which("openssl")
    assert openssl, "install openssl"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(file), "-out", f"{file}.cert"]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.cert").read_text())
    return file


@pytest.mark.parametrize("mode", ["starttls", "tls"])
def test_both_ways_of_encryption(app, certificate, mode):
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate)
    ours = ssl.create_default_context(cafile=f"{certificate}.cert")
    with smtp_server(theirs, starttls=mode == "starttls") as server:
        (row,) = queued(mail())
        Dispatcher(app, {"smtp": channel(server.port, mode, tls_context=ours)}).drain()
        assert states(row) == ["sent"]
        assert len(server.mails) == 1


@pytest.mark.parametrize("mode", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_is_not_trusted(app, certificate, mode):
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(certificate)
    with smtp_server(theirs, starttls=mode == "starttls") as server:
        (row,) = queued(mail())
        Dispatcher(app, {"smtp": channel(server.port, mode)}).drain()
        assert states(row) == ["queued"]
        assert server.mails == []


def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked_for(app, server):
    (row,) = queued(mail())
    Dispatcher(app, {"smtp": channel(server.port, "starttls")}).drain()
    assert states(row) == ["queued"]
    assert server.mails == []
