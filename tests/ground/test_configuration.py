"""The environment is checked once, with one message that names everything."""

import ast
import re

import pytest

import config
from tests.architecture.source import ROOT


def faults(tmp_path, **env):
    with pytest.raises(config.ConfigurationError) as refused:
        config.load({"BEREDSKAB_DATA": str(tmp_path / "data"), **env})
    return str(refused.value)


def test_one_message_names_every_fault(tmp_path):
    said = faults(tmp_path, PORT="eighty", SMTP_HOST="mail.example", PUBLIC_URL="beredskab.example")
    assert [name for name in ("SECRET_KEY", "PORT=eighty", "MAIL_FROM", "PUBLIC_URL") if name not in said] == []


@pytest.mark.parametrize("name", config.PROVIDER_VARIABLES)
def test_demo_mode_refuses_anything_that_could_send(tmp_path, name):
    assert name in faults(tmp_path, BEREDSKAB_MODE="demo", **{name: "something"})


@pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.0.2.7"])
def test_demo_mode_serves_its_own_machine_only(tmp_path, bind):
    assert "BEREDSKAB_BIND" in faults(tmp_path, BEREDSKAB_MODE="demo", BEREDSKAB_BIND=bind)


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://user:pass@host:port/x", "nonsense", "postgresql://host"])
def test_a_database_address_that_cannot_work_is_named(tmp_path, url):
    said = faults(tmp_path, BEREDSKAB_MODE="demo", DATABASE_URL=url)
    assert "DATABASE_URL" in said
    assert "pass" not in said.replace("password", "")


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").write_text("a file in the way")
    assert "BEREDSKAB_DATA" in faults(tmp_path, BEREDSKAB_MODE="demo")


def test_nobody_else_reads_the_data_folder_and_sessions_outlive_a_restart(tmp_path):
    env = {"BEREDSKAB_MODE": "demo", "BEREDSKAB_DATA": str(tmp_path / "data")}
    assert config.load(env).secret_key == config.load(env).secret_key
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_postgres_addresses_in_every_usual_spelling_reach_psycopg(tmp_path):
    for spelling in ("postgres", "postgresql", "postgresql+psycopg"):
        env = {"BEREDSKAB_MODE": "demo", "BEREDSKAB_DATA": str(tmp_path), "DATABASE_URL": f"{spelling}://u@h/d"}
        assert config.load(env).database_url == "postgresql+psycopg://u@h/d"


TWILIO = {
    "BEREDSKAB_MODE": "test", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "token", "TWILIO_NUMBER": "+4570000000",
    "PUBLIC_URL": "https://beredskab.example",
}  # fmt: skip


def test_sms_and_calls_are_switched_on_by_the_environment_alone(tmp_path):
    env = {"BEREDSKAB_DATA": str(tmp_path / "data"), "BEREDSKAB_MODE": "test"}
    assert config.load(env).channels == ("log",)
    assert config.load(env | TWILIO).channels == ("log", "twilio_sms")
    voice = {"TWILIO_VOICE_NUMBER": "+4570000001", "SMTP_HOST": "mail", "MAIL_FROM": "a@b.example"}
    assert config.load(env | TWILIO | voice).channels == ("log", "smtp", "twilio_sms", "twilio_voice")
    assert config.load(env | TWILIO).twilio.callout_number == "+4570000000"


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"TWILIO_AUTH_TOKEN": ""}, "TWILIO_AUTH_TOKEN is missing"),
        ({"TWILIO_NUMBER": "70 00 00 00"}, "TWILIO_NUMBER=70"),
        ({"TWILIO_SENDER_NAME": "Nørrebro"}, "TWILIO_SENDER_NAME"),
        ({"TWILIO_SENDER_NAME": "Beredskabet nu"}, "TWILIO_SENDER_NAME"),
        ({"TWILIO_SENDER_NAME": "12345"}, "TWILIO_SENDER_NAME"),
        ({"PUBLIC_URL": "http://beredskab.example"}, "PUBLIC_URL"),
        ({"TWILIO_PER_SECOND": "fast"}, "TWILIO_PER_SECOND"),
        ({"PING_URL": "somewhere"}, "PING_URL"),
    ],
)
def test_what_twilio_could_not_work_with_is_named(tmp_path, changed, named):
    assert named in faults(tmp_path, **TWILIO | changed)


def test_the_example_environment_lists_exactly_what_is_read():
    read = set()
    for node in ast.walk(ast.parse((ROOT / "config.py").read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            named = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            position = {"get": 0, "_integer": 1}.get(named)
            if position is not None and isinstance(node.args[position], ast.Constant):
                read.add(node.args[position].value)
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert listed == read | set(config.PROVIDER_VARIABLES)


def test_nothing_else_reads_the_environment():
    asks = re.compile(r"os\.environ\[|os\.getenv|(?<!request\.)environ\.get")
    modules = [path for path in (ROOT / "app").rglob("*.py") if path.name != "commands.py"]  # one person, one command
    assert [path for path in modules if asks.search(path.read_text())] == []
