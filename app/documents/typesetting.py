"""Sets a paper with its data as a PDF: in a process of its own, in a folder of its own, within a time limit."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from app.documents.characters import drawable
from app.documents.faults import NotMade
from app.documents.models import Fault

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
HOUSE = HERE / "paper" / "house.typ"
# Isolated: neither the working folder nor the environment's secrets reach what compiles people's texts.
COMMAND = (sys.executable, "-I", str(HERE / "compile.py"))
TIME_LIMIT = 30.0  # seconds; a page takes a fifth of one, five thousand lines ten


def typeset(paper: Path, data: dict[str, Any]) -> bytes:
    """The PDF (PDF/UA-1: tagged, with title and language). People's text is data, never markup. Raises NotMade."""
    with tempfile.TemporaryDirectory(prefix="beredskab-paper-") as folder:
        root = Path(folder)
        (root / "house.typ").write_bytes(HOUSE.read_bytes())
        (root / "paper.typ").write_bytes(paper.read_bytes())
        shown = drawable(data, FONTS / "IBMPlexSans-Regular.ttf", FONTS / "IBMPlexSansArabic-Regular.ttf")
        (root / "data.json").write_text(json.dumps(shown), encoding="utf-8")
        _compile(root)
        return (root / "paper.pdf").read_bytes()


def _compile(root: Path) -> None:
    try:
        done = subprocess.run(
            [*COMMAND, str(root), str(FONTS)], cwd=root, env={"PATH": os.defpath, "HOME": str(root)},
            stdin=subprocess.DEVNULL, capture_output=True, timeout=TIME_LIMIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise NotMade(Fault.TOO_SLOW, f"typst took more than {TIME_LIMIT:g} seconds") from None
    if done.returncode:
        # The last line names what is wrong; what people wrote could stand in the lines before.
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NotMade(Fault.BROKEN, (said or [f"typst ended with {done.returncode}"])[-1].split(":")[0][:200])
