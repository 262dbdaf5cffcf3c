"""What a WSGI server imports: `granian --interface wsgi wsgi:app`."""

from app import create_app
from config import ConfigurationError

try:
    app = create_app()
except ConfigurationError as fault:
    raise SystemExit(str(fault)) from None  # the message, not a stack trace
