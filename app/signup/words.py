"""The few texts that residents read, in six languages, from one file that a native reader can check."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from app.lib.languages import Language

FILE = Path(__file__).with_name("words.toml")
Say = Callable[..., str]


@cache
def words() -> Mapping[Language, Mapping[str, str]]:
    """By language, then by key."""
    return {Language(tag): said for tag, said in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def say(language: Language, key: str, **values: object) -> str:
    """The text with its {braces} filled."""
    return words()[language][key].format(**values)


def speaker(language: Language, **always: object) -> Say:
    """`t("title")` for a page in one language; `always` fills what every text may name."""

    def t(key: str, **values: object) -> str:
        return say(language, key, **{**always, **values})

    return t
