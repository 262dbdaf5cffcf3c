"""The texts of the program as catalogues: what the code says, what is translated. For scripts and tests alone."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

APP = Path(__file__).parent.parent
FOLDER = APP / "translations"
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS: dict[str, dict[str, Any]] = {"**/templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
WORDS: dict[str, Any] = {"_": None, "gettext": None, "N_": None, "lazy": None, "ngettext": (1, 2)}


def of_the_code() -> Catalog:
    """Every text that is marked in code and templates."""
    found = Catalog(project="Beredskab", charset="utf-8", fuzzy=False)
    for _file, _line, text, _comments, _context in extract_from_dir(APP, METHODS, OPTIONS, WORDS):
        found.add(text)
    return found


def is_translated(message: Message) -> bool:
    """Each of its forms says something."""
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(said)
