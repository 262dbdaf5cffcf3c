"""Deny by default: every address says who may come."""

import re

import pytest

from app.accounts.guard import Permission


@pytest.mark.parametrize("backend", ["sqlite"])
def test_every_view_declares_exactly_one_guard(app):
    silent = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "_guard")
    ]
    assert silent == []


@pytest.mark.parametrize("backend", ["sqlite"])
def test_every_guard_is_one_that_exists(app):
    known = {*Permission, "public", "signed_by_provider"}
    guards = {getattr(view, "_guard", None) for name, view in app.view_functions.items() if name != "static"}
    assert guards <= known


@pytest.mark.parametrize("backend", ["sqlite"])
def test_paths_are_lower_case_english_words(app):
    fixed = [re.sub(r"<.*?>", "", rule.rule) for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    assert [path for path in fixed if not re.fullmatch(r"[a-z0-9/.-]*", path)] == []
