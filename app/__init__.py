"""Beredskab: the application factory."""

from flask import Flask

import config as configuration
from app import bundles, cli, components, compression, errors, schema, security, templating, wiring
from app.accounts import language
from app.extensions import babel, csrf, db, login_manager, migrate
from app.lib.database import prepare_engine


def create_app(config: configuration.Config | None = None) -> Flask:
    """The whole application, ready to serve. Raises config.ConfigurationError when the environment is unfit."""
    app = Flask(__name__, static_folder="static")
    app.config.from_mapping((config or configuration.load()).as_flask())
    db.init_app(app)
    migrate.init_app(app, db, directory=str(schema.MIGRATIONS), render_as_batch=False, compare_type=True)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=language.of_reader)
    login_manager.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    templating.init_app(app)
    app.jinja_env.globals["reader_language"] = language.of_reader
    security.init_app(app)
    bundles.init_app(app)
    components.init_app(app)
    compression.init_app(app)
    errors.init_app(app)
    wiring.init_app(app)
    cli.init_app(app)
    return app
