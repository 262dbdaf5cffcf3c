"""Every component on a few made-up pages, so that looks, contrast and scripts can be tested without any domain."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, flash, jsonify, redirect, render_template, request
from flask_wtf import FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.accounts.guard import public
from app.lib import clock

HERE = Path(__file__).parent
TRACKS = [("non_police", "Ikke politisag"), ("police", "Politiet har ringet og aktiveret")]
BANNERS = [("warning", "Afsenderen kører ikke. Ring i stedet.")]
KINDS = [("rumour", "Rygter på nettet"), ("fire", "Brand uden gerningsmand"), ("crowd", "Stort fremmøde af unge")]


class Example(FlaskForm):
    """One field of each sort."""

    track = RadioField("Spor", choices=TRACKS, validators=[DataRequired("Vælg spor.")])
    category = SelectField("Type", choices=KINDS)
    what = StringField("Hvad", validators=[DataRequired("Skriv kort, hvad der er sket.")])
    text = TextAreaField(
        "Beskriv", description="Skriv ikke navne på dem, det handler om.", validators=[Length(max=2000)]
    )
    when = DateField("Hvornår", validators=[Optional()])
    audiences = SelectMultipleField("Målgrupper", choices=[("b", "Beboere"), ("i", "Institutioner")])
    sure = BooleanField("Jeg har talt med afdelingsbestyrelsen", description="Skriv hvem i loggen bagefter.")


@dataclass
class World:
    """What the pages show, and the test changes."""

    version: int = 1
    entries: list[str] = field(default_factory=lambda: ["Helhedsplanen er ringet op.", "Beredskabet er aktiveret."])
    received: list[dict[str, str]] = field(default_factory=list)
    poll_status: int = 200
    answers_after: float = 0


def register(app: Flask) -> World:
    """Hang the pages on an application that has not served yet."""
    world = World()
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, FileSystemLoader(HERE)])  # type: ignore[list-item]
    app.register_blueprint(_pages(world))
    return world


def _pages(world: World) -> Blueprint:
    pages = Blueprint("gallery", __name__, url_prefix="/gallery")

    def show(template: str, **values: Any) -> str:
        return render_template(template, world=world, soon=_in(12), late=_in(-8), then=_in(-14.5), **values)

    @pages.context_processor
    def signed_in() -> dict[str, Any]:
        return {"current": CURRENT, "banners": BANNERS if "b" in request.args else []}

    @pages.get("/<any(front, room, components, paper):name>")
    @public
    def page(name: str) -> str:
        if "f" in request.args:
            flash("Beskeden er gemt.")
        return show(f"{name}.html")

    @pages.get("/log")
    @public
    def log() -> str:
        return show("_log.html")

    @pages.get("/live")
    @public
    def live() -> Any:
        if world.poll_status != 200:
            return "", world.poll_status
        answer = jsonify(topics={"log": world.version})
        answer.set_etag(str(world.version))
        return answer.make_conditional(request)

    @pages.route("/form", methods=["GET", "POST"])
    @public
    def form() -> Any:
        form = Example()
        time.sleep(world.answers_after)
        if form.validate_on_submit():
            world.received.append(request.form.to_dict())
            return redirect("/gallery/front")
        return show("form.html", form=form), 422 if form.errors else 200

    @pages.post("/act")
    @public
    def act() -> Any:
        world.received.append(request.form.to_dict())
        return redirect(request.referrer or "/gallery/room")

    @pages.get("/confirm")
    @public
    def confirm() -> str:
        urls = {"confirm_url": "/gallery/act", "cancel_url": "/gallery/room"}
        return show("confirming.html", confirm_label="Afslut beredskabet", **urls)

    return pages


def _in(minutes: float) -> Any:
    return clock.now() + timedelta(minutes=minutes)


CURRENT = {
    "user": "Anne",
    "area_name": "Lindevangen",
    "acting_label": "SSP",
    "acting_choices": [
        {"label": "SSP", "url": "/gallery/act", "is_current": True},
        {"label": "Ungdomsklubben", "url": "/gallery/act", "is_current": False},
    ],
    "links": [("Min profil", "/gallery/front")],
    "sign_out_url": "/gallery/act",
}
