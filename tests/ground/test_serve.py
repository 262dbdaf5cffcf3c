"""`make run`, from outside: honest refusals, web and worker together, a clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from app import serve
from tests.architecture.source import ROOT


def environment(tmp_path, port, **more):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"BEREDSKAB_MODE": "demo", "BEREDSKAB_DATA": str(tmp_path / "data"), "PORT": str(port), **more}


@pytest.fixture
def port():
    """A free port on this machine."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def refusal(tmp_path, port, monkeypatch, capsys):
    """Start in this process, where it must not come further than one clear message; answers the message."""

    def refusal(**more):
        for name in (*os.environ, "BEREDSKAB_MODE"):
            if name.startswith(("BEREDSKAB", "SECRET", "DATABASE", "SMTP")):
                monkeypatch.delenv(name, raising=False)
        for name, value in environment(tmp_path, port, **more).items():
            monkeypatch.setenv(name, value)
        assert serve.main() == 2
        return capsys.readouterr().err

    return refusal


def test_a_taken_port_is_named_with_a_way_out(refusal):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port}" in refusal(PORT=str(port))


def test_a_database_that_does_not_answer_is_named_without_its_password(refusal):
    said = refusal(DATABASE_URL="postgresql://someone:hemmelig@127.0.0.1:9/beredskab")
    assert "127.0.0.1:9" in said
    assert "hemmelig" not in said


def test_a_file_that_is_no_database_is_named(refusal, tmp_path):
    (tmp_path / "letter").write_text("Kære nabo" * 200)
    assert "letter" in refusal(DATABASE_URL=f"sqlite:///{tmp_path / 'letter'}")


def test_a_missing_secret_outside_demo_is_named(refusal):
    assert "SECRET_KEY" in refusal(BEREDSKAB_MODE="production")


class House:
    """A running `app.serve`, seen from outside."""

    def __init__(self, tmp_path, port):
        self.port, self.output = port, tmp_path / "output"
        with open(self.output, "wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.serve"],
                cwd=ROOT, env=environment(tmp_path, port), stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def health(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1) as answer:
                return answer.read().decode().splitlines()[0]
        except urllib.error.HTTPError as error:
            error.close()
            return str(error.code)
        except OSError:
            return "silence"

    def children(self):
        """Names and process numbers of the programs that live in the house, as it told them last."""
        return {name: int(number) for name, number in re.findall(r"(\w+) is process (\d+)", self.output.read_text())}

    def until(self, question):
        """Ask again until the answer is yes; fail with what the house has said."""
        for _ in range(900):
            if self.process.poll() is None and question():
                return
            time.sleep(0.1)
        pytest.fail(f"it never came:\n{self.output.read_text()}")


@pytest.fixture
def house(tmp_path, port):
    house = House(tmp_path, port)
    yield house
    if house.process.poll() is None:
        house.process.kill()
        house.process.wait()


def test_web_and_worker_live_together_are_started_again_and_end_together(house):
    house.until(lambda: house.health() == "ok")
    house.until(lambda: f"http://127.0.0.1:{house.port}" in house.output.read_text())
    for name in ("web", "worker"):
        was = house.children()[name]
        os.kill(was, signal.SIGKILL)
        house.until(lambda name=name, was=was: house.children().get(name, was) != was and house.health() == "ok")
    programs = house.children()
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(15) == 0
    for number in programs.values():
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
    assert house.health() == "silence"
    assert "Traceback" not in house.output.read_text()
