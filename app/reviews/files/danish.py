"""Files for the journal are in Danish, whoever takes them."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g
from flask_babel import force_locale


@contextmanager
def in_danish() -> Iterator[None]:
    """Every text that is said inside is Danish; afterwards the reader's own language is back."""
    own = g.pop("catalogue", None)
    try:
        with force_locale("da"):
            yield
    finally:
        g.pop("catalogue", None)
        if own is not None:
            g.catalogue = own
