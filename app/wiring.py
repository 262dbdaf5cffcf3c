"""The only place that hands a lower package a function of a higher one, and that registers blueprints."""

from flask import Flask

from app.accounts import guard, own_page, sign_in
from app.accounts import views as accounts
from app.areas import access, people
from app.areas import views as areas
from app.public import health


def init_app(app: Flask) -> None:
    """Fill the slots of lower packages and register every package's views."""
    guard.set_slots(access.grants, sign_in.ask_to_sign_in)
    sign_in.set_slots(people.activator_numbers)
    own_page.set_slots(people.roles_of)
    accounts.init_app(app)
    areas.init_app(app)
    app.register_blueprint(health.blueprint)
