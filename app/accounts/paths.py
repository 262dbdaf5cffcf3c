"""Addresses that may be followed after signing in: only our own."""

from urllib.parse import urlsplit


def local_path(text: str | None) -> str | None:
    """The path when it leads to this site, else None: no other host, no scheme, nothing that a browser reads as one."""
    if not text or not text.startswith("/") or text.startswith("//") or "\\" in text:
        return None
    if any(ord(character) < 33 for character in text):
        return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc else text
