"""Run as a program by typesetting.py: sets `paper.typ` of a folder as `paper.pdf`. Imports nothing of the app."""

import resource
import sys
from pathlib import Path

MOST_MEMORY = 2 * 1024**3  # bytes of address space
MOST_SECONDS = 30  # of a processor


def main(root: Path, fonts: Path) -> None:
    """Within its limits, with the house's fonts alone."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    import typst  # here, so that its absence is told like every other fault

    typst.compile(
        str(root / "paper.typ"), output=str(root / "paper.pdf"), root=str(root), font_paths=[str(fonts)],
        ignore_system_fonts=True, pdf_standards=["ua-1"],
    )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
