"""The catalogue says everything that the code says, with the same blanks to fill in, and nothing else."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from app.accounts import language
from app.lib import catalogues

BLANKS = re.compile(r"%\((\w+)\)[sd]|%%")
LANGUAGES = [tag for tag in language.SPOKEN if tag != language.DANISH]


@pytest.fixture(scope="module")
def said_by_the_code() -> set[object]:
    return {message.id for message in catalogues.of_the_code() if message.id}


@pytest.fixture(params=LANGUAGES)
def written(request: pytest.FixtureRequest) -> Catalog:
    with (catalogues.FOLDER / request.param / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=request.param)


def test_every_text_is_translated_and_no_other(written: Catalog, said_by_the_code: set[object]) -> None:
    done = {message.id for message in written if message.id and catalogues.is_translated(message)}
    assert sorted(map(str, said_by_the_code - done)) == []
    assert sorted(map(str, done - said_by_the_code)) == []


def test_the_blanks_are_the_same(written: Catalog) -> None:
    for message in written:
        for asked, said in zip(forms(message.id), forms(message.string), strict=True):
            assert set(BLANKS.findall(said)) == set(BLANKS.findall(asked)), asked
            assert said.startswith(" ") == asked.startswith(" "), asked
            assert said.endswith(" ") == asked.endswith(" "), asked


def test_what_is_read_is_what_was_written(written: Catalog) -> None:
    path = catalogues.FOLDER / str(written.locale) / "LC_MESSAGES" / "messages.mo"
    with path.open("rb") as file:
        compiled = {forms(message.id): forms(message.string) for message in read_mo(file) if message.id}
    assert compiled == {forms(message.id): forms(message.string) for message in written if message.id}


def forms(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """One, or one for each number."""
    return (said,) if isinstance(said, str) else tuple(said)
