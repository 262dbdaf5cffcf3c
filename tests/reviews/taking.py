"""Asking for a file as a browser does, the worker's turn, and what came of it."""

import importlib.util
import io
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from pypdf import PdfReader

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


def words_of(name: str, data: bytes) -> str:
    """Everything that can be read in a file: a package's files, a PDF's pages and what it bears unseen."""
    if name in ("package", "zip"):
        return "\n".join(words_of(inner, content) for inner, content in unpacked(data).items())
    if name == "pdf" or name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(data))
        return " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    return data.decode("utf-8-sig")


def faults_of(package: bytes) -> list[str]:
    """The same without a process of its own: what is wrong with it, in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pakke.zip"
        path.write_bytes(package)
        return list(load_script().verify(path)[0])


@cache
def load_script() -> Any:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("verify_package", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
