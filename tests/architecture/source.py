"""What the architecture tests read."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
APP = ROOT / "app"


def python_files() -> list[Path]:
    """Every module of the product."""
    return [*sorted(APP.rglob("*.py")), ROOT / "config.py", ROOT / "wsgi.py"]


def templates() -> list[Path]:
    """Every page and piece of a page."""
    return sorted(APP.rglob("templates/**/*.html"))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text())


def here(path: Path) -> str:
    """The file as people call it."""
    return str(path.relative_to(ROOT))
