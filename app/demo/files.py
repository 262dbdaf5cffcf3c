"""A story's journal package: taken as a coordinator would, and proved by the script alone when all else is gone."""

import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from flask_login import login_user

from app.demo.stage import Package, Stage
from app.documents.models import Document
from app.extensions import db
from app.incidents.access import seen_or_404
from app.incidents.models import Incident
from app.logbook.queries import last_head
from app.reviews.files import filling, operations
from app.reviews.files.models import FileKind
from app.reviews.files.queries import parts_to_take

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_package.py"


def take_package(stage: Stage, login: str, incident: Incident) -> None:
    """Asked for, made by the worker, and kept by the stage until its database has been thrown away."""
    with stage.app.test_request_context():
        login_user(stage.as_(login).user)
        seen = seen_or_404(incident.public_id)
        document = operations.take(seen, parts_to_take(seen), FileKind.PACKAGE, "/")
        document_id, public_id, taken_of = document.id, document.public_id, incident.public_id
        db.session.commit()
        filling.fill(taken_of, public_id)
    stage.pass_time(seconds=10)
    content = db.session.scalar(sa.select(Document.content).where(Document.id == document_id))
    stage.expect(content is not None, f"journalpakken for {incident.what} blev ikke lavet")
    if content is not None:
        stage.packages.append(Package(incident.what, content, last_head(incident.chain)))


def prove(package: Package, folder: Path) -> tuple[bool, str]:
    """What the script says of it, run by a Python that knows nothing of this program."""
    path = folder / "journalpakke.zip"
    path.write_bytes(package.content)
    command = [sys.executable, "-I", "-S", str(SCRIPT), str(path), "--against", package.head]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode == 0, done.stdout
