"""What a WSGI server imports: `granian --interface wsgi wsgi:app`."""

from app import create_app

app = create_app()
