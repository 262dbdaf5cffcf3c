"""A language that nobody speaks: every text of the program says itself, in brackets that no person types."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask

from app.lib import catalogues

MARK, END = "⟦", "⟧"


def write(folder: Path) -> None:
    """As the catalogue that English readers get."""
    texts = catalogues.of_the_code()
    marked = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message in texts:
        if message.id:
            said = message.id if isinstance(message.id, tuple | list) else (message.id,)
            brackets = tuple(f"{MARK}{text}{END}" for text in said)
            marked.add(message.id, brackets if len(brackets) > 1 else brackets[0])
    place = folder / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "messages.mo").open("wb") as file:
        write_mo(file, marked)


@pytest.fixture(scope="session")
def marked_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marked")
    write(folder)
    return folder


@pytest.fixture
def marking(app: Flask, marked_texts: Path) -> Iterator[None]:
    """Whoever has chosen English reads the marked texts."""
    babel = app.extensions["babel"]
    before = babel.instance.domain_instance.cache, babel.translation_directories
    babel.translation_directories = [str(marked_texts)]
    babel.instance.domain_instance.cache = {}
    yield
    babel.instance.domain_instance.cache, babel.translation_directories = before
