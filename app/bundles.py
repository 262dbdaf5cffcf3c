"""All stylesheets as one file, all scripts as one, all icons as one: three requests, kept by browsers for a year.

There is no build step: the small files are read once at start, joined in order and packed. Their address
carries the fingerprint of the content.
"""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, current_app, request

from app.accounts.guard import public

STATIC = Path(__file__).parent / "static"
FIRST, LAST = ("tokens.css", "page.css"), ("print.css",)


@dataclass(frozen=True)
class Bundle:
    """One joined file, as it is and packed."""

    kind: str
    content: bytes
    packed: bytes
    fingerprint: str


def init_app(app: Flask) -> None:
    """Join the files and answer for them."""
    bundles = (
        _join("beredskab.css", "text/css; charset=utf-8", [STATIC / "vendor/dkfds/dkfds.css", *_stylesheets()]),
        _join("beredskab.js", "text/javascript; charset=utf-8", [STATIC / "vendor/htmx/htmx.min.js", *_scripts()]),
        _join("icons.svg", "image/svg+xml", [STATIC / "vendor/dkfds/icons.svg"]),
    )
    app.extensions["bundles"] = dict(bundles)
    app.add_url_rule("/assets/<fingerprint>/<name>", "bundle", show)
    app.jinja_env.globals["bundle"] = address


def address(name: str) -> str:
    """Where browsers find the bundle: `bundle("beredskab.css")`. No search for the route: a room shows 100 icons."""
    return f"/assets/{current_app.extensions['bundles'][name].fingerprint}/{name}"


@public
def show(fingerprint: str, name: str) -> Response:
    """The bundle; a page from before a new release gets the present one, but may not keep it."""
    bundle: Bundle | None = current_app.extensions["bundles"].get(name)
    if bundle is None:
        return Response(status=404)
    packed = request.accept_encodings.quality("gzip") > 0
    response = Response(bundle.packed if packed else bundle.content, content_type=bundle.kind)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    fresh = fingerprint == bundle.fingerprint
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response


def _stylesheets() -> list[Path]:
    folder = STATIC / "css"
    middle = sorted(p for p in folder.glob("*.css") if p.name not in FIRST + LAST)
    return [*(folder / name for name in FIRST), *middle, *(folder / name for name in LAST)]


def _scripts() -> list[Path]:
    return sorted((STATIC / "js").glob("*.js"))


def _join(name: str, kind: str, files: list[Path]) -> tuple[str, Bundle]:
    between = b"\n;\n" if name.endswith(".js") else b"\n"
    content = between.join(file.read_bytes() for file in files)
    fingerprint = hashlib.sha256(content).hexdigest()[:12]
    return name, Bundle(kind, content, gzip.compress(content, 9, mtime=0), fingerprint)
