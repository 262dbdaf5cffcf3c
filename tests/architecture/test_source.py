"""Habits that a reader would otherwise have to trust: one clock, no database defaults, small files, honest names."""

import ast
import re

from tests.architecture.source import APP, ROOT, here, python_files, templates, tree

LONGEST = 300
# Time comes from app.lib.clock alone, so that tests and the demo can drive it, and is never the database's own.
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "func.now"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "handler", "handlers", "common"}


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_time_comes_from_the_one_clock():
    found = [
        f"{here(path)}:{node.lineno} {_dotted(node)}"
        for path in python_files()
        if path != APP / "lib" / "clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ".".join(_dotted(node).split(".")[-2:]) in CLOCKS
    ]
    assert found == []


def test_no_column_is_filled_in_by_the_database():
    found = [
        f"{here(path)}:{node.value.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg in ("server_default", "server_onupdate")
    ]
    assert found == []


def test_no_file_is_too_long_to_read_at_once():
    long = {here(p): n for p in [*python_files(), *templates()] if (n := len(p.read_text().splitlines())) > LONGEST}
    assert long == {}, "split by subject into a package of the same name"


def test_files_have_honest_names():
    assert [here(path) for path in python_files() if {path.stem, path.parent.name} & FORBIDDEN_NAMES] == []


def test_every_module_says_what_it_is():
    silent = [here(path) for path in python_files() if path.read_text().strip() and not ast.get_docstring(tree(path))]
    assert silent == []


def test_rules_channels_and_models_stay_in_their_place():
    """What import-linter's patterns cannot name: sub-packages called rules, tracks or states."""
    found = []
    for path in python_files():
        parts = {*path.relative_to(ROOT).with_suffix("").parts}
        banned = ()
        if parts & {"rules", "tracks", "states"}:
            banned = ("flask", "sqlalchemy", "app.extensions", "app.errors", "app.lib.clock")
        elif "channels" in parts:
            banned = ("sqlalchemy", "app.extensions")
        found += [f"{here(path)} imports {name}" for name in _imports(tree(path)) if name.startswith(banned or ("\0",))]
    assert found == []


def _imports(module: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
INLINE = re.compile(r"<style\b|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:|\bhx-on\b", re.IGNORECASE)


def test_pages_carry_nothing_that_the_content_security_policy_forbids():
    html = {path: JINJA.sub(" ", path.read_text()) for path in templates()}
    assert {here(path): found for path, text in html.items() if (found := INLINE.findall(text))} == {}


def test_pages_escape_whatever_they_show():
    raw = re.compile(r"(?<!['\s])\s*\|\s*safe\b|autoescape\s+false")  # 'a literal' | safe may stay
    assert [here(path) for path in templates() if raw.search(path.read_text())] == []
