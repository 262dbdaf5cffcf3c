"""Imports only go down the shelves."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def test_the_contracts_of_import_linter_hold():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
