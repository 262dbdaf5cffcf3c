"""Asking for a file as a browser does, the worker's turn, and what came of it."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from app.documents.jobs import make_documents
from app.incidents.forms import new_once
from app.incidents.models import Incident
from tests.factories import Visitor

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_package.py"


def files_page(incident: Incident) -> str:
    """Where files are asked for."""
    return f"/incidents/{incident.public_id}/review/files"


def take(visitor: Visitor, incident: Incident, kind: str = "package") -> bytes:
    """The file's bytes."""
    answer = visitor.post(files_page(incident), {"once": new_once(), "as": kind})
    assert answer.status_code == 303, f"{answer.status}: {answer.text[:500]}"
    make_documents()
    made = visitor.get(f"{answer.location}/file")
    assert made.status_code == 200, visitor.text(answer.location)
    return made.data


def unpacked(package: bytes) -> dict[str, bytes]:
    """The package's files."""
    with zipfile.ZipFile(io.BytesIO(package)) as box:
        return {name: box.read(name) for name in box.namelist()}


def prove(path: Path, *more: str) -> tuple[int, str]:
    """What the script says of it, run by a Python that knows nothing of us."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(path), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=path.parent)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout
