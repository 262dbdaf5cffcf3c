"""Whoever reads English writes Danish: nothing that is stored or sent is in the language of somebody's screen."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from tests.factories import Visitor
from tests.languages.marking import MARK
from tests.leaks.filling import forms_of
from tests.leaks.test_kept_text import in_a, in_b, in_b_when_over, of_the_administrator, of_the_area
from tests.scene import Scene

ENDS = ("annul", "stand", "end", "removal", "closure", "close", "sign-out", "leave", "language")


@pytest.mark.parametrize("place", [in_b, in_b_when_over, in_a, of_the_area, of_the_administrator])
def test_what_an_english_reader_causes_is_kept_in_danish(app: Flask, scene: Scene, at, marking, place) -> None:
    user, paths = place(app, scene)
    user.language = "en"
    db.session.commit()
    visitor = at(user)
    sent = send_every_form(visitor, paths)
    assert len(sent) > 5
    assert MARK in visitor.get("/me").text
    assert "\n".join(kept_with_mark()) == ""


def send_every_form(visitor: Visitor, paths: list[str]) -> list[str]:
    """Each form once, filled in; those that end something at last."""
    targets: dict[str, dict[str, str]] = {}
    for path in paths:
        page = visitor.get(path)
        if page.status_code != 200 or "html" not in page.content_type:
            continue
        for form in forms_of(page.text):
            targets.setdefault(form.action or path, form.data)
    order = sorted(targets, key=lambda target: any(word in target.split("/")[-1] for word in ENDS))
    for target in order:
        if "language" in target or "sign-out" in target:
            continue
        data = {name: value for name, value in targets[target].items() if name not in ("csrf_token", "digest")}
        fresh = visitor.get(target)
        form = next((f for f in forms_of(fresh.text) if f.typed), None) if fresh.status_code == 200 else None
        visitor.post(target, {n: v for n, v in (form.data if form else data).items() if n != "csrf_token"})
    return order


def kept_with_mark() -> list[str]:
    """Column and text wherever the database holds a text of the screen."""
    db.session.rollback()
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)).mappings():
            found += [f"{table.name}.{name}: {str(value)[:400]}" for name, value in row.items() if MARK in str(value)]
    return found
