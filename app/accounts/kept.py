"""What a person typed when the session turned out to be gone: kept on the page itself, never on the server."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

from app.accounts.paths import local_path

MOST_CHARACTERS = 100_000
MOST_FIELDS = 300
NEVER = ("csrf_token", "password", "code")


@dataclass(frozen=True)
class Kept:
    """A form on its way to a path of ours."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """For a hidden field."""
        return json.dumps([self.path, self.fields], ensure_ascii=False)

    @property
    def texts(self) -> list[str]:
        """What reads as written by a person: more than one word."""
        return [value for _, value in self.fields if len(value.split()) > 1]


def of_this_request() -> Kept | None:
    """The posted form. None when it came from another site, carries files, or is too large to keep on a page."""
    path = local_path(request.full_path.rstrip("?"))
    fields = [(name, value) for name, value in request.form.items(multi=True) if not _is_secret(name)]
    if not path or not is_from_us() or request.files or not _fits(fields):
        return None
    return Kept(path, tuple(fields))


def from_text(text: str) -> Kept | None:
    """What `as_text` made; None for anything else."""
    try:
        path, fields = json.loads(text) if len(text) < 2 * MOST_CHARACTERS else (None, [])
        kept = [(name, value) for name, value in fields if isinstance(name, str) and isinstance(value, str)]
    except (ValueError, TypeError):
        return None
    path = local_path(path) if isinstance(path, str) else None
    return Kept(path, tuple(kept)) if path and _fits(kept) else None


def is_from_us() -> bool:
    """Did one of our own pages send this form? Browsers say so themselves; a request that says nothing did not."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer")
    return bool(source) and urlsplit(source).netloc == request.host


def _is_secret(name: str) -> bool:
    return any(word in name for word in NEVER)


def _fits(fields: list[tuple[str, str]]) -> bool:
    return len(fields) <= MOST_FIELDS and sum(len(name) + len(value) for name, value in fields) <= MOST_CHARACTERS
