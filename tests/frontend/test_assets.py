"""What is served to browsers: complete, packed, pinned, and within the content security policy."""

import gzip
import re
import runpy
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "app/static"
TEMPLATES = sorted(ROOT.glob("app/**/templates/**/*.html"))


@pytest.fixture
def backend() -> str:
    """Nothing here meets the database."""
    return "sqlite"


def bundle(app: Flask, name: str) -> str:
    with app.test_request_context():
        return str(app.jinja_env.globals["bundle"](name))  # type: ignore[operator]


def test_the_vendored_files_are_those_of_the_lock():
    assert runpy.run_path(str(ROOT / "scripts/vendor"))["check"]() == 0


def test_each_colour_of_the_design_system_has_a_name_of_ours_by_day_and_thereby_by_night():
    vendored = (STATIC / "vendor/dkfds/dkfds.css").read_text()
    asked = set(re.findall(r"var\((--fds-(?:ink|ground|line)-[0-9a-f]+)", vendored))
    given = dict(re.findall(r"(--fds-[a-z]+-[0-9a-f]+): ([^;]+);", (STATIC / "css/tokens.css").read_text()))
    assert asked and asked <= given.keys(), asked - given.keys()
    assert all(value.startswith("var(--") for value in given.values())


def test_each_named_property_of_our_stylesheets_is_defined():
    sheets = "".join(path.read_text() for path in STATIC.glob("css/*.css"))
    vendored = (STATIC / "vendor/dkfds/dkfds.css").read_text()
    used = set(re.findall(r"var\((--[a-z0-9-]+)", sheets))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", sheets + vendored))


def test_colours_are_written_in_one_place_only():
    for path in STATIC.glob("css/*.css"):
        if path.name not in ("tokens.css", "print.css"):
            assert not re.findall(r"#[0-9a-f]{3,6}\b(?![0-9a-f])", path.read_text()), path.name


def test_each_file_that_a_stylesheet_names_is_there(app):
    css = gzip.decompress(app.extensions["bundles"]["beredskab.css"].packed).decode()
    named = {url for url in re.findall(r"url\(\"?([^)\"]+)", css) if not url.startswith("data:")}
    assert len(named) == 8
    for url in named:
        with app.test_client().get(url) as answer:
            assert answer.status_code == 200, url


def test_each_icon_that_a_template_names_is_there():
    icons = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendor/dkfds/icons.svg").read_text()))
    for path in TEMPLATES:
        named = set(re.findall(r'(?:(?:icon|draw)\(|icon=)"([a-z-]+)"', path.read_text()))
        assert named <= icons, (path, named - icons)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_template_carries_what_the_content_security_policy_refuses(path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son(?!ce=|ly=)[a-z]+\s*=|hx-on|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_a_bundle_comes_packed_and_stays_for_a_year(app):
    answer = app.test_client().get(bundle(app, "beredskab.css"), headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.data) < 20_000
    assert gzip.decompress(answer.data) == app.test_client().get(bundle(app, "beredskab.css")).data


def test_a_page_from_before_a_release_gets_the_present_bundle_but_may_not_keep_it(app):
    answer = app.test_client().get("/assets/0123456789ab/beredskab.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert app.test_client().get("/assets/0123456789ab/other.js").status_code == 404


def test_pages_are_packed_and_their_length_does_not_tell(app):
    answers = [app.test_client().get("/no-such-page", headers={"Accept-Encoding": "gzip"}) for _ in range(6)]
    assert all(a.status_code == 404 and a.headers["Content-Encoding"] == "gzip" for a in answers)
    assert all("Siden findes ikke" in gzip.decompress(a.data).decode() for a in answers)
    assert len({len(a.data) for a in answers}) > 1


def test_the_first_visit_is_light(app):
    packed = sum(len(b.packed) for b in app.extensions["bundles"].values())
    folder = STATIC / "vendor/dkfds/fonts"
    fonts = sum((folder / f"IBMPlexSans-{s}-Latin1.woff2").stat().st_size for s in ("Regular", "SemiBold"))
    assert packed + fonts < 100_000
