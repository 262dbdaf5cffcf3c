"""What a WSGI server imports: `granian --interface wsgi wsgi:app`."""

import sys

from app import create_app
from config import ConfigurationError

# A question to the database lets the other threads go on. While one of them writes a page, getting back takes up to
# this long (Python: 5 ms), once for each question: polls waited a fifth longer with two pages beside them.
sys.setswitchinterval(0.0005)

try:
    app = create_app()
except ConfigurationError as fault:
    raise SystemExit(str(fault)) from None  # the message, not a stack trace
