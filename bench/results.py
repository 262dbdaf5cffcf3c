"""RESULTS.md is written by the benches themselves: each replaces its own section."""

import os
import platform
import timeit
from pathlib import Path

FILE = Path(__file__).with_name("RESULTS.md")


def machine() -> str:
    """What it was measured on, and how busy that was."""
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{system}, {os.cpu_count()} cores, load {load}, a million additions in {_pace():.0f} ms"


def _pace() -> float:
    # Milliseconds, the best of nine: the same virtual machine is twice as slow in some hours as in others.
    return min(timeit.repeat("for n in range(1_000_000): total += n", "total = 0", number=1, repeat=9)) * 1000


def write(heading: str, text: str) -> None:
    """Put the text under `## heading`, in place of what stood there; a new section comes last."""
    parts = FILE.read_text(encoding="utf-8").split("\n## ")
    section = f"{heading}\n{text.strip()}\n"
    known = [n for n, part in enumerate(parts) if part.splitlines()[0] == heading]
    if known:
        parts[known[0]] = section
    else:
        parts.append(section)
    FILE.write_text("\n## ".join(part.rstrip("\n") + "\n" for part in parts), encoding="utf-8")
