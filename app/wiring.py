"""The only place that hands a lower package a function of a higher one, and that registers blueprints."""

from flask import Flask

from app.public import health


def init_app(app: Flask) -> None:
    """Fill the slots of lower packages and register every package's views."""
    app.register_blueprint(health.blueprint)
