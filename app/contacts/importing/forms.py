"""The upload's form: the file, whom it is about, where the numbers come from, and what happens to those on the list."""

import secrets
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from app.areas.models import Area
from app.contacts.forms import audiences_of
from app.contacts.models import ON_MATCH, SOURCE_WORDS, ContactSource, OnMatch
from app.importing.files import LARGEST
from app.lib.i18n import _, lazy


class UploadForm(FlaskForm):
    """`content` is what was uploaded, once the form is valid."""

    once = HiddenField(
        default=lambda: secrets.token_urlsafe(24),
        validators=[InputRequired(lazy("Genindlæs siden, og prøv igen.")), Length(max=60)],
    )
    file = FileField(lazy("Filen"), description=lazy("CSV eller Excel (.xlsx), højst 15 MB og 200.000 rækker."))
    audience = SelectField(
        lazy("Målgruppe"), validate_choice=False,
        description=lazy("For rækker, der hverken har part eller målgruppe i filen."),
    )  # fmt: skip
    source = SelectField(
        lazy("Hvorfor har I numrene?"), validate_choice=False,
        description=lazy("For rækker uden kilde i filen. Det vises hos hver kontakt."),
    )  # fmt: skip
    on_match = RadioField(
        lazy("Dem, der står på listen i forvejen"), choices=[(key.value, lazy(text)) for key, text in ON_MATCH.items()],
        default=OnMatch.UPDATE.value, validate_choice=False,
    )  # fmt: skip
    content = b""

    def __init__(self, area: Area, *, keeps_audiences: bool, **options: Any) -> None:
        super().__init__(**options)
        self.file.flags.required = True
        self.known = dict(audiences_of(area)) if keeps_audiences else {}
        self.audience.choices = [("", _("Det står i filen")), *self.known.items()]
        self.source.choices = [("", _("Det står i filen")), *((k.value, _(w)) for k, w in SOURCE_WORDS.items())]
        if not keeps_audiences:
            del self.audience

    def validate_on_match(self, field: Field) -> None:
        """One that there is."""
        if field.data not in set(OnMatch):
            raise ValidationError(_("Vælg, hvad der skal ske med dem."))

    def validate_source(self, field: Field) -> None:
        """One that there is."""
        if field.data and field.data not in set(ContactSource):
            raise ValidationError(_("Vælg en på listen."))

    def validate_audience(self, field: Field) -> None:
        """The plan's own."""
        if field.data and field.data not in self.known:
            raise ValidationError(_("Den målgruppe er ikke i planen."))

    def validate_file(self, field: Field) -> None:
        """There is one, it holds something, and it is not too large."""
        if not field.data or not getattr(field.data, "filename", ""):
            raise ValidationError(_("Vælg en fil."))
        self.content = field.data.stream.read(LARGEST + 1)
        if not self.content:
            raise ValidationError(_("Filen er tom."))
        if len(self.content) > LARGEST:
            raise ValidationError(_("Filen er for stor: højst %(mb)s MB. Del den op.", mb=LARGEST // 1024 // 1024))

    @property
    def name(self) -> str:
        """The file's own name without any folder: shown to people, never used as a path."""
        return str(self.file.data.filename).replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def chosen(self) -> dict[str, Any]:
        """Ready for the operation."""
        audience = self.audience.data if "audience" in self else ""
        source = ContactSource(self.source.data) if self.source.data else None
        return {"on_match": OnMatch(self.on_match.data), "audience_key": audience or "", "source": source}
