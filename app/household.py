"""Programs that live together: one that dies is started again, and if it keeps dying, all end."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS_TO_END = 8
# A program that dies this often within a minute is broken; starting it again would only hide that.
DEATHS_A_MINUTE = 5


class Household:
    """Named programs, watched from this process."""

    def __init__(self, programs: dict[str, Sequence[str]]) -> None:
        self.programs = programs
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.deaths: dict[str, deque[float]] = {name: deque(maxlen=DEATHS_A_MINUTE) for name in programs}
        self.leaving = threading.Event()

    def run(self, greet: Callable[[], None]) -> int:
        """Start all, watch until told to leave, end all. Answers the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.leaving.set())
        try:
            for name in self.programs:
                self._start(name)
            greet()
            while not self.leaving.wait(0.2):
                for name in self.programs:
                    if not self._alive(name):
                        return 1
            return 0
        finally:
            self._end_all()

    def _start(self, name: str) -> None:
        # A session of its own: Ctrl-C reaches only us, and we end the others in good order.
        self.running[name] = subprocess.Popen(
            self.programs[name], cwd=ROOT, start_new_session=True, preexec_fn=_die_with_parent
        )
        print(f"{name} is process {self.running[name].pid}", flush=True)

    def _alive(self, name: str) -> bool:
        code = self.running[name].poll()
        if code is None:
            return True
        _end_orphans(self.running[name])
        deaths = self.deaths[name]
        deaths.append(time.monotonic())
        if len(deaths) == DEATHS_A_MINUTE and deaths[-1] - deaths[0] < 60:
            print(f"{name} ended again (exit code {code}): giving up, everything stops", file=sys.stderr, flush=True)
            return False
        print(f"{name} ended (exit code {code}): starting it again", file=sys.stderr, flush=True)
        self.leaving.wait(1)
        self._start(name)
        return True

    def _end_all(self) -> None:
        for program in self.running.values():
            if program.poll() is None:
                program.terminate()
        limit = time.monotonic() + SECONDS_TO_END
        for program in self.running.values():
            try:
                program.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
            _end_orphans(program)


def _end_orphans(program: subprocess.Popen[bytes]) -> None:
    # A web server killed outright leaves its own processes behind, answering on the port beside the new ones.
    with suppress(ProcessLookupError):
        os.killpg(program.pid, signal.SIGKILL)


def _die_with_parent() -> None:
    # Linux only: should we be killed outright, the programs get SIGTERM rather than keep the port for ever.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
