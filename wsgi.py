"""What a WSGI server imports: `granian --interface wsgi wsgi:app`."""

import gc
import sys

from sqlalchemy.orm import configure_mappers

from app import create_app
from config import ConfigurationError

# A question to the database lets the other threads go on. While one of them writes a page, getting back takes up to
# this long (Python: 5 ms), once for each question: polls waited a fifth longer with two pages beside them.
sys.setswitchinterval(0.0005)

try:
    app = create_app()
except ConfigurationError as fault:
    raise SystemExit(str(fault)) from None  # the message, not a stack trace

# What the program itself is made of stays as long as the process: looking through it for garbage takes a tenth of a
# second now and then, while everybody waits. And a page makes thousands of objects that go by themselves.
configure_mappers()
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 10, 10)
