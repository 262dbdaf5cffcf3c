"""The upload's form: which table, and the file."""

import secrets
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, RadioField
from wtforms.validators import InputRequired, Length, ValidationError

from app.importing.files import LARGEST
from app.indicators.vocabulary import IMPORT_KIND_LABELS, ImportKind
from app.lib.i18n import _, lazy


class UploadForm(FlaskForm):
    """`content` is what was uploaded, once the form is valid."""

    once = HiddenField(
        default=lambda: secrets.token_urlsafe(24),
        validators=[InputRequired(lazy("Genindlæs siden, og prøv igen.")), Length(max=60)],
    )
    kind = RadioField(
        lazy("Hvad er i filen?"), choices=[(kind.value, lazy(label)) for kind, label in IMPORT_KIND_LABELS.items()],
        default=ImportKind.SURVEY.value, validate_choice=False,
    )  # fmt: skip
    file = FileField(lazy("Filen"), description=lazy("CSV eller Excel (.xlsx), højst 15 MB."))
    content = b""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.file.flags.required = True

    def validate_kind(self, field: Field) -> None:
        """One that there is."""
        if field.data not in set(ImportKind):
            raise ValidationError(_("Vælg, hvad der er i filen."))

    def validate_file(self, field: Field) -> None:
        """There is one, it holds something, and it is not too large."""
        if not field.data or not getattr(field.data, "filename", ""):
            raise ValidationError(_("Vælg en fil."))
        self.content = field.data.stream.read(LARGEST + 1)
        if not self.content:
            raise ValidationError(_("Filen er tom."))
        if len(self.content) > LARGEST:
            raise ValidationError(_("Filen er for stor: højst %(mb)s MB.", mb=LARGEST // 1024 // 1024))

    @property
    def name(self) -> str:
        """The file's own name without any folder: shown to people, never used as a path."""
        return str(self.file.data.filename).replace("\\", "/").rsplit("/", 1)[-1]
