"""The rules of honesty, one test each: what neither the page nor a file can be made to say.

The pure rules are tried with any figures there may be in test_rules.py and test_charts.py, the database's own refusals
in test_reference.py, and who is told of which incidents in test_area_page.py and test_exports.py.
"""

import json
import re
from dataclasses import dataclass

import pytest

from app.indicators import exports, operations
from app.indicators.dimensions import DIMENSION_LABELS, Dimension
from app.indicators.groups import FINDINGS
from app.indicators.rules import Block, DoesNotBelongTogether
from app.indicators.vocabulary import CrimeKind, ImportKind, Law
from tests.factories import Visitor
from tests.indicators.figures import figure
from tests.indicators.files import csv_file, row
from tests.indicators.making import make_crime, make_import, make_round
from tests.indicators.taken import asked, table

PLACE = "hele Linde Kommune, ikke kun området"


@pytest.fixture
def backend() -> str:
    return "sqlite"


@dataclass(frozen=True)
class Everywhere:
    """All that a board member can see: the page, and what stands in each file."""

    page: str
    paper: dict
    notes: list[str]
    rows: list[dict[str, str]]

    @property
    def texts(self) -> list[str]:
        return [self.page, json.dumps(self.paper, ensure_ascii=False), json.dumps(self.rows, ensure_ascii=False)]

    def card(self, dimension: str) -> str:
        pattern = rf'<section class="panel" id="dimension-{dimension}".*?(?=<section class="panel")'
        return re.search(pattern, self.page, re.S)[0]

    def rows_of(self, part: str) -> list[dict[str, str]]:
        return [one for one in self.rows if one["afsnit"] == part]


@pytest.fixture
def everywhere(scene, at):
    def look(visitor: Visitor | None = None) -> Everywhere:
        visitor = visitor or at(scene.cast.board)
        content = exports.as_csv(asked(visitor, "csv"))
        return Everywhere(visitor.text("/indicators"), asked(visitor, "pdf"), *table(content))

    return look


@pytest.fixture
def own(scene):
    """A round of the area's own: `own(2025, T1=62.5)`."""
    by = scene.reader(scene.cast.ssp).by
    return lambda *about, **said: make_round(make_import(scene.cast.lindevangen, by), *about, **said)


@pytest.fixture
def crime(scene):
    """Three laws, reports and charges; no two numbers whose sum is a third."""
    by = scene.reader(scene.cast.ssp).by
    quarterly = make_import(scene.cast.lindevangen, by, ImportKind.STRAF11)
    yearly = make_import(scene.cast.lindevangen, by, ImportKind.STRAF22)
    for law, (reports, charges) in {Law.PENAL_CODE: (100, 33), Law.DRUGS: (15, 7), Law.WEAPONS: (4, 2)}.items():
        make_crime(quarterly, {(2024, q): reports for q in (1, 2, 3, 4)} | {(2025, 1): None}, law=law)
        make_crime(yearly, {(2024, 0): charges}, law=law, kind=CrimeKind.CHARGES)


def test_seven_of_ten_is_words_and_never_seventy(everywhere):
    seen = everywhere()
    for text in seen.texts:
        assert "7 ud af 10" in text
        assert not re.search(r"\b70([,.]0)?\s*pct", text.replace("ikke som 70,0 pct.", ""))
    about = [one for one in seen.rows_of("oplevet") if re.search("ud af 10|godt|omtrent|halvdelen", one["værdi"])]
    assert len(about) > 10
    assert {one[name] for one in about for name in ("pct.", "mindst pct.", "højst pct.", "antal")} == {""}


def test_what_was_not_published_is_not_stated_with_its_reason_and_is_never_drawn(everywhere):
    seen = everywhere()
    for text in seen.texts:
        assert "ikke oplyst (kun vist i en figur)" in text
    life = next(card for card in seen.paper["cards"] if card["title"] == "Livskvalitet")
    assert "<svg" not in seen.card("quality_of_life") and [one["chart"] for one in life["sources"]] == [None]
    assert "Her er ikke oplyst noget tal." in seen.card("quality_of_life")
    assert not any(one["pct."] for one in seen.rows if one["værdi"].startswith("ikke oplyst"))
    assert {one["værdi"] for one in seen.rows_of("oplevet")}.isdisjoint({"", "0", "0 pct.", "None"})


def test_the_six_dimensions_are_never_compared(everywhere, own):
    with pytest.raises(DoesNotBelongTogether):
        Block(Dimension.SAFETY, "VIVE", 2018, (figure(series="VIVE", year=2018, dimension=Dimension.TRUST),))
    own(2025, T1=1.5)  # the lowest stands where the highest would
    seen = everywhere()
    for text in (seen.page, str(seen.paper), str(seen.notes)):
        assert "De seks sider kan ikke sammenlignes med hinanden" in text
    drawn = [seen.card(dimension).count("<svg role=") for dimension in Dimension]
    assert sum(drawn) + 1 == seen.page.count("<svg role=")  # the last is the time axis: no picture of several
    assert not re.search("gennemsnit|samlet|indeks|i alt", " ".join(seen.texts).casefold())
    order = list(dict.fromkeys(one["emne"] for one in seen.rows_of("oplevet")))
    assert order == list(DIMENSION_LABELS.values())
    assert [card["title"].casefold() for card in seen.paper["cards"]] == order


def test_one_round_shows_no_development(everywhere, own):
    own(2023, T1=58.0)
    own(2025, "En anden måling", T1=70.0)
    seen = everywhere()
    assert "Udvikling" not in seen.page
    assert all(source["trend"] is None for card in seen.paper["cards"] for source in card["sources"])
    assert all("Den viser ingen udvikling" in one["sådan læser du det"] for one in seen.rows_of("oplevet"))
    own(2025, T1=62.5)
    seen = everywhere()
    assert seen.page.count("Udvikling i samme måling") == 1
    assert sum(source["trend"] is not None for card in seen.paper["cards"] for source in card["sources"]) == 1
    assert "forskellen fra 2023 til 2025 kan være tilfældig" in seen.page
    assert seen.card("safety").count("Den viser ingen udvikling") == 2  # VIVE's and the other's


def test_sources_are_never_joined(everywhere, own):
    own(2025, T1=62.5)
    seen = everywhere()
    card = seen.card("safety")
    assert card.index("62,5 pct. i Lindevangen er grundlæggende trygge") < card.index("7 ud af 10 i områder")
    charts = re.findall(r"<svg.*?</svg>", card, re.S)
    assert ["62,5 pct." in chart for chart in charts] == [True, False]
    assert ["7 ud af 10" in chart for chart in charts] == [False, True]
    papers = [source["chart"]["svg"] for source in seen.paper["cards"][0]["sources"]]
    assert [("62,5" in one, "7 ud af 10" in one) for one in papers] == [(True, False), (False, True)]
    assert all(one["udgiver"] and one["kilde"] and one["år"] for one in seen.rows if one["afsnit"] != "fortalt")


def test_there_is_no_league_table(everywhere, own, scene, at):
    own(2025, T1=62.5)
    for visitor, other in ((None, "Skovkanten"), (at(scene.cast.neighbour), "Lindevangen")):
        seen = everywhere(visitor)
        for text in seen.texts:
            assert other not in text
            assert not re.search(r"\bnr\. \d|placering|bedst af|dårligst", text.casefold())
    assert all("62,5" not in text for text in seen.texts)
    assert any("ingen rangliste" in note for note in seen.notes)


def test_an_interval_is_shown_where_n_is_known_and_nowhere_else(everywhere, own):
    own(2025, T1=62.5)
    seen = everywhere()
    assert "(54-71)" in seen.page and "62,5 pct. (54-71), n = 120" in str(seen.paper)
    for one in seen.rows_of("oplevet"):
        assert bool(one["mindst pct."]) == bool(one["højst pct."]) == (one["antal svar (n)"] == "120")


def test_nothing_below_ten_answers_is_seen_anywhere(everywhere, send, scene):
    imported = send(csv_file([row(værdi="83,5", antal_svar="9"), row(kode="T2", værdi="41,5", antal_svar="10")]))
    operations.save(imported, by=scene.reader(scene.cast.ssp).by)
    seen = everywhere()
    for text in seen.texts:
        assert "83,5" not in text and "n = 9" not in text
        assert "vises ikke (færre end 10 svar)" in text and "41,5 pct." in text
    assert "9" not in {one["antal svar (n)"] for one in seen.rows}


@pytest.mark.usefixtures("crime")
def test_reports_and_charges_are_never_added(everywhere):
    seen = everywhere()
    assert {(one["emne"], one["antal"]) for one in seen.rows_of("registreret") if one["antal"]} == {
        ("anmeldelser", "400"), ("anmeldelser", "60"), ("anmeldelser", "16"), ("sigtelser", "33"), ("sigtelser", "7"),
        ("sigtelser", "2"),
    }  # fmt: skip
    for text in seen.texts:
        assert not re.search(r">(433|67|18)<|\"(433|67|18)\"", text)
        assert "En anmeldelse er ikke en sigtelse" in text


@pytest.mark.usefixtures("crime")
def test_the_three_laws_are_never_added(everywhere):
    seen = everywhere()
    sums = {"476", "460", "416", "76", "42", "40", "35", "9"}
    assert sums.isdisjoint(one["antal"] for one in seen.rows_of("registreret"))
    assert sums.isdisjoint(cell for one in seen.paper["axis"]["registered"]["rows"] for cell in one)
    assert sums.isdisjoint(re.findall(r'class="number">(\d+)<', seen.page))
    titles = re.findall(r'<th scope="row">((?:Anmeldelser|Sigtelser), [^<]*)', seen.page)
    assert len(titles) == len(set(titles)) == len(seen.paper["axis"]["registered"]["rows"]) == 6


@pytest.mark.usefixtures("crime")
def test_the_municipalitys_figures_never_pass_for_the_areas(everywhere):
    seen = everywhere()
    assert {one["hvem eller hvor"] for one in seen.rows_of("registreret")} == {PLACE}
    assert "Registreret: Linde Kommune, ikke kun området" in seen.page  # in the picture itself
    assert "Registreret: Linde Kommune, ikke kun området" in seen.paper["axis"]["chart"]["svg"]
    assert seen.paper["axis"]["registered"]["columns"][0] == f"Registreret i {PLACE}"
    for text in seen.texts:
        assert "hele kommunen, ikke for området" in text


@pytest.mark.usefixtures("crime")
def test_a_quarter_that_is_missing_is_missing(everywhere):
    seen = everywhere()
    gaps = [one for one in seen.rows_of("registreret") if (one["år"], one["kvartal"]) == ("2025", "1")]
    assert {(one["værdi"], one["antal"]) for one in gaps} == {("ikke oplyst (et af de fire kvartaler mangler)", "")}
    assert len(gaps) == 3


@pytest.mark.usefixtures("crime")
def test_each_picture_and_each_file_says_in_plain_sight_how_to_read_it(everywhere, own):
    own(2025, T1=62.5)
    seen = everywhere()
    assert seen.page.index("Sådan læser du tallene") < seen.page.index("<svg role=")
    for dimension in Dimension:
        shown = re.sub(r"<details.*?</details>", "", seen.card(dimension), flags=re.S)
        assert "38,4 pct. svarede" in shown and "VIVE 2019" in shown and "ikke alle almene boliger" in shown
    for source in (source for card in seen.paper["cards"] for source in card["sources"]):
        said = " ".join([*source["caveats"], source["citation"]])
        assert "Gælder: " in said and "Metode: " in said and "pct. svarede" in said and "Kilde: " in said
    for text in (seen.page, str(seen.paper), str(seen.notes)):
        assert "Sådan læser du tallene" in text and "viser ikke årsager" in text
    assert all(one["sådan læser du det"] for one in seen.rows)
    assert all(one["metode"] and one["gælder"] and one["svarprocent"] for one in seen.rows_of("oplevet"))


def test_what_is_said_of_groups_is_a_note_for_planning_and_never_a_filter_on_people(everywhere, scene, at):
    incident = scene.activate(scene.cast.ssp)
    room = at(scene.cast.ssp).text(f"/incidents/{incident.public_id}/indicators")
    assert "Det bruges aldrig til at udpege nogen" in room
    seen = everywhere()
    for finding in FINDINGS:
        assert finding.group in room
        assert not any(f">{finding.group}" in text or f'"{finding.group}' in text for text in seen.texts)
    assert not re.search(r"<(select|input)[^>]*name=\"(?!once|csrf_token|as|q)", seen.page)
