"""Pages are packed on their way out: the net where the phone is, is thin."""

import gzip
import io
import secrets

from flask import Flask, Response, request

WORTH_IT = 1_000  # bytes; less than this fits one packet anyway


def init_app(app: Flask) -> None:
    """Attach to the application."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if response.mimetype != "text/html" or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    if len(content) < WORTH_IT or request.accept_encodings.quality("gzip") <= 0:
        return response
    response.set_data(_packed(content))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _packed(content: bytes) -> bytes:
    # A file name of random length hides how well the page packed, so that its length tells
    # nobody on the line about the token in it.
    out = io.BytesIO()
    name = secrets.token_urlsafe(64)[: 1 + secrets.randbelow(80)]
    with gzip.GzipFile(filename=name, mode="wb", compresslevel=5, fileobj=out, mtime=0) as packer:
        packer.write(content)
    return out.getvalue()
