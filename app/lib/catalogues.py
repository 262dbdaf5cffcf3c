"""The texts of the program as catalogues: what the code says, what is translated. For scripts and tests alone."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

APP = Path(__file__).parent.parent
FOLDER = APP / "translations"
WORDS: dict[str, Any] = {"_": None, "gettext": None, "N_": None, "lazy": None, "ngettext": (1, 2)}
OPTIONS: dict[str, dict[str, Any]] = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}


def of_the_code() -> Catalog:
    """Every text that is marked in code and templates."""
    found = Catalog(project="Beredskab", charset="utf-8", fuzzy=False)
    for _file, _line, text, _comments, _context in extract_from_dir(APP, [("**.html", "jinja2")], OPTIONS, WORDS):
        found.add(text)
    for path in sorted(APP.rglob("*.py")):
        for text in _marked_in(ast.parse(path.read_text("utf-8"))):
            found.add(text)
    return found


def is_translated(message: Message) -> bool:
    """Each of its forms says something."""
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(said)


def _marked_in(tree: ast.AST) -> Iterator[str]:
    # Read as a tree, since Babel's own reader does not look inside f-strings.
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS and node.args:
            said = node.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield said.value
