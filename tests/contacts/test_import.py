"""A list of contacts goes in whole or not at all; rows that are on the list already are found by number and mail."""

import io

import pytest
import sqlalchemy as sa

from app.accounts.models import AuditEntry
from app.areas.models import Membership
from app.areas.roles import Role
from app.contacts.importing import jobs, operations
from app.contacts.models import (
    AudienceMember,
    Contact,
    ContactImport,
    ContactPoint,
    ContactSource,
    ImportFault,
    ImportPoint,
    ImportRow,
    OnMatch,
    PointKind,
)
from app.contacts.operations import add_contact, edit_contact, end_contact
from app.contacts.queries import duty_line
from app.errors import Refused
from app.extensions import db
from app.importing.states import ImportState
from app.lib.languages import Language
from tests.contacts.lists import list_file, named, read, row, said, save
from tests.indicators.files import xlsx_file


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Contact))


@pytest.fixture
def before(scene):
    return count()


def refused(imported: ContactImport, before: int) -> str:
    assert imported.state is ImportState.REFUSED, imported.remarks
    assert count() == before and ImportRow.query.count() == ImportPoint.query.count() == 0
    assert imported.content is None
    return said(imported)


def checked(imported: ContactImport) -> str:
    assert imported.state is ImportState.CHECKED, said(imported)
    return "\n".join(imported.remarks)


def add(scene, name="Åse Bjørn", mobile="20123456", **more) -> Contact:
    made = add_contact(scene.cast.lindevangen, name=name, points=[(PointKind.MOBILE, mobile)], **more)
    db.session.commit()
    return made


# ---- what is right ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_nothing_is_there_before_the_yes_and_everything_after_it(scene, clock, before, encoding):
    rows = [
        row(mail="Aase@Linde.example", afdeling="lindehuse", opgang="12 a", sprog="arabisk", kilde="lejekontrakt"),
        row(navn="Vagttelefonen", mobil="", fastnet="33112233", part="Ungdomsklubben", målgrupper="", funktion="vagt"),
    ]
    imported = read(scene, list_file(rows, encoding=encoding))
    assert checked(imported) == "Nye kontakter: 2."
    assert count() == before
    clock.advance(minutes=1)
    assert save(scene, imported).state is ImportState.SAVED
    aase, guard = named("Åse Bjørn"), named("Vagttelefonen")
    assert {(p.kind, p.address) for p in aase.points} == {
        (PointKind.MOBILE, "+4520123456"), (PointKind.EMAIL, "aase@linde.example")
    }  # fmt: skip
    assert (aase.place.name, aase.entrance, aase.language) == ("Lindehuse", "12 a", Language.ARABIC)
    assert (aase.source, aase.confirmed_at) == (ContactSource.LEASE, clock.now)
    ((key, why),) = [(m.audience_key, m.why) for m in aase.audiences]
    assert key == "press" and why.startswith("fra filen liste.csv")
    assert duty_line(scene.cast.actors["youth_club"])[-1] == guard and guard.audiences == []
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert "2 kontakter" in entry.text and "Åse" not in entry.text
    jobs.clear_away()
    assert ImportRow.query.count() == ImportPoint.query.count() == 0


def test_a_workbook_is_read_with_the_numbers_that_excel_made_of_them(scene):
    heads = ["navn", "mobil", "mail"]
    rows = [["Aa", 20123456, None], ["Bb", 4520123457, None], ["Cc", 20123458.0, None], ["Dd", "0045 20123459", None]]
    checked(imported := read(scene, xlsx_file([heads, *rows]), audience="press", name="liste.xlsx"))
    save(scene, imported)
    found = {p.address for p in ContactPoint.query.filter(ContactPoint.address.like("+452012345%"))}
    assert found == {"+4520123456", "+4520123457", "+4520123458", "+4520123459"}


NUMBERS = ["20 12 34 56", "+45 20123456", "004520123456", "4520123456", "(+45) 20-12-34-56", "20123456,00", "'20123456"]


@pytest.mark.parametrize("written", NUMBERS)
def test_a_number_is_the_same_however_danes_and_excel_write_it(scene, written):
    already = add(scene)
    imported = read(scene, list_file([row(navn="Åse Bjørn", mobil=written, målgrupper="")]), audience="press")
    assert "helt ens: 1" in checked(imported)
    assert already.points[0].address == "+4520123456"


# ---- what is wrong ---------------------------------------------------------------------------------------------------

WRONG = {
    "scientific": (row(mobil="4,52E+09"), "2 mobil: Regnearket har forkortet nummeret (4,52E+09)"),
    "scientific too": (row(mobil="4.52012E+9"), "Gør kolonnen til tekst"),
    "too short": (row(mobil="2012345"), "2 mobil: »2012345« er ikke et dansk telefonnummer"),
    "foreign": (row(mobil="+46 701234567"), "er ikke et dansk telefonnummer"),
    "letters": (row(mobil="spørg Bo"), "2 mobil: »spørg Bo« er ikke et telefonnummer"),
    "two numbers": (row(mobil="20123456 / 20123457"), "2 mobil: Her står mere end ét nummer"),
    "a CPR number for a phone": (row(mobil="010203-1234"), "2 mobil: Det ligner et CPR-nummer"),
    "a CPR number in a name": (row(navn="Bo 0102031234"), "2 navn: Det ligner et CPR-nummer"),
    "no mail": (row(mail="aase.linde"), "2 mail: »aase.linde« ligner ikke en mail"),
    "two mails": (row(mail="a@b.dk, c@d.dk"), "2 mail: "),
    "a formula": (row(funktion="=HYPERLINK(1)"), "2 funktion: Teksten må ikke begynde med ="),
    "a formula for a name": (row(navn="@SUM(A1)"), "2 navn: Teksten må ikke begynde med"),
    "a formula for a mail": (row(mail="+a@b.dk"), "2 mail: Teksten må ikke begynde med"),
    "no name": (row(navn=" "), "2 navn: Feltet er tomt"),
    "no way to reach them": (row(mobil=""), "2 : Skriv mindst ét nummer eller en mail"),
    "an unknown party": (row(part="Brandvæsenet"), "2 part: Parten »Brandvæsenet« findes ikke her"),
    "an unknown section": (row(afdeling="Månen"), "2 afdeling: Afdelingen »Månen« findes ikke her"),
    "a stairwell alone": (row(opgang="12"), "2 opgang: Opgangen kan ikke stå alene"),
    "an unknown language": (row(sprog="klingon"), "2 sprog: Sproget »klingon« kendes ikke"),
    "an unknown audience": (row(målgrupper="Presse, Naboer"), "2 målgrupper: Målgruppen »Naboer« er ikke i planen"),
    "neither party nor audience": (row(målgrupper=""), "2 : Skriv en part eller en målgruppe"),
    "a maybe": (row(frivillig="måske"), "2 frivillig: Skriv ja eller nej"),
    "an unknown source": (row(kilde="fundet"), "2 kilde: »fundet« kendes ikke"),
    "a name far too long": (row(navn="x" * 121), "2 navn: Teksten er for lang: højst 120 tegn"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_row_is_named_with_what_to_do_and_nothing_of_the_file_is_kept(scene, before, name):
    wrong, says = WRONG[name]
    text = refused(read(scene, list_file([wrong, row(navn="Ret", mobil="20999999")])), before)
    assert says in text
    assert "0102031234" not in text and "010203-1234" not in text


def test_the_same_number_twice_names_both_rows_and_the_very_same_row_counts_once(scene, before):
    twice = [row(), row(navn="Bo Bjørn"), row(navn="Åse Bjørn")]
    text = refused(read(scene, list_file(twice)), before)
    assert text == "3 : Samme nummer eller mail står i række 2. Saml de to rækker til én, eller fjern den ene."
    assert "to gange i filen og tælles én gang: 1" in checked(read(scene, list_file([row(), row()])))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"navn;mobil;skost\xf8rrelse\r\nBo;20123456;44\r\n", "»skostørrelse« kendes ikke"),
        (b"mobil\r\n20123456\r\n", "Kolonnen »navn« mangler"),
        (b"navn;mobil;mobil\r\nBo;1;2\r\n", "står der to gange"),
        (b"", "Filen er tom"),
        (b"navn;mobil\r\n", "ingen rækker under overskriften"),
        (b'navn;mobil\r\n"Bo;20123456\r\n', "anførselstegn"),
        (b"\xff\xfen\x00", "Unicode-tekst"),
        (b"PK\x03\x04 no zip", "Regnearket kan ikke læses"),
        (b"\xd0\xcf\x11\xe0old", "gammel Excel-fil"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(scene, before, content, says):
    assert says in refused(read(scene, content), before)


def test_every_fault_is_in_the_report_though_the_screen_shows_a_hundred(scene, at):
    rows = [row(navn=f"Nr {n}", mobil="12") for n in range(130)]
    imported = read(scene, list_file(rows))
    assert (len(imported.errors), imported.error_count) == (100, 130)
    visitor = at(scene.cast.helhedsplan)
    page = visitor.text(f"/contacts/imports/{imported.public_id}")
    assert "Fejl i alt: 130" in page and "Række 101" in page and "Række 102" not in page
    file = visitor.post(f"/contacts/imports/{imported.public_id}/report.csv")
    lines = file.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert lines[0] == "række;kolonne;hvad er der galt" and len(lines) == 131
    assert lines[-1].startswith("131;mobil;")


# ---- who is on the list already --------------------------------------------------------------------------------------


def test_a_match_is_changed_where_the_file_says_something_and_left_where_it_says_nothing(scene, clock):
    already = add(scene, function="Formand", audiences=["residents"], language=Language.TURKISH)
    already.points.append(ContactPoint(kind=PointKind.EMAIL, address="gammel@linde.example"))
    db.session.commit()
    clock.advance(minutes=1)
    new = row(navn="Åse Bjørn-Holm", mail="NY@linde.example", afdeling="Vangeparken", frivillig="ja")
    imported = read(scene, list_file([new]))
    assert checked(imported) == "Kontakter, der rettes: 1."
    (staged,) = ImportRow.query.all()
    assert staged.changes == ["navn", "afdeling", "frivillig", "numre og adresser", "målgrupper"]
    assert db.session.get(Contact, already.id).name == "Åse Bjørn"
    save(scene, imported)
    db.session.refresh(already)
    assert (already.name, already.function, already.language) == ("Åse Bjørn-Holm", "Formand", Language.TURKISH)
    assert (already.place.name, already.is_volunteer) == ("Vangeparken", True)
    assert sorted(p.address for p in already.points) == ["+4520123456", "ny@linde.example"]
    assert {m.audience_key for m in already.audiences} == {"residents", "press"}


def test_matches_may_be_left_as_they_are_while_the_rest_comes_in(scene):
    already = add(scene)
    rows = [row(navn="Andet Navn"), row(navn="Ny", mobil="20999999")]
    imported = read(scene, list_file(rows), on_match=OnMatch.LEAVE)
    assert checked(imported) == "Nye kontakter: 1.\nStår på listen i forvejen og bliver stående: 1."
    save(scene, imported)
    assert db.session.get(Contact, already.id).name == "Åse Bjørn" and named("Ny")


def test_a_row_that_is_two_contacts_and_a_contact_that_is_two_rows_are_refused(scene, before):
    add(scene), add(scene, "Bo", "20123457")
    assert "står hos to forskellige kontakter" in said(read(scene, list_file([row(fastnet="20123457")])))
    one = add(scene, "Cis", "20123458")
    one.points.append(ContactPoint(kind=PointKind.EMAIL, address="cis@linde.example"))
    db.session.commit()
    rows = [row(navn="Cis", mobil="20123458"), row(navn="Cis", mobil="20888888", mail="cis@linde.example")]
    assert "3 : Rækken er den samme kontakt som række 2" in said(read(scene, list_file(rows)))


def test_a_list_that_changed_after_the_file_was_read_saves_nothing(scene, clock):
    def edited(contact):
        edit_contact(contact, name="Rettet", points={}, function="", actor=None, position=0, place=None, entrance="",
                     audiences=["press"], language=Language.DANISH, is_police=False, is_volunteer=False,
                     humans_only=False)  # fmt: skip

    def came(_contact):
        add(scene, "Kom imens", "20777777")

    for n, meanwhile in enumerate((edited, end_contact, came)):
        contact = add(scene, f"Nr {n}", f"2012340{n}")
        rows = [row(navn="Filens navn", mobil=f"2012340{n}"), row(navn="Filens nye", mobil="20777777")]
        imported = read(scene, list_file(rows))
        checked(imported)
        clock.advance(minutes=1)
        meanwhile(contact)
        db.session.commit()
        assert save(scene, imported).state is ImportState.REFUSED
        assert "Listen er rettet, siden filen blev læst" in said(imported)
        assert named("Filens navn") is None and named("Filens nye") is None


def test_a_file_that_breaks_while_it_is_saved_leaves_nothing_and_is_told(scene, before, monkeypatch):
    imported = read(scene, list_file([row(), row(navn="Bo", mobil="20999999")]))

    def broken(*_):
        raise ValueError

    monkeypatch.setattr("app.contacts.importing.saving._audiences", broken)
    assert save(scene, imported).state is ImportState.REFUSED
    assert count() == before and "Intet er ændret" in said(imported)


# ---- who may ---------------------------------------------------------------------------------------------------------


def test_a_party_takes_in_its_own_people_only_and_learns_nothing_of_others(scene, before):
    hidden = add(scene, "Frode Frivillig", "20555555", audiences=["residents"])
    ssp = scene.cast.ssp
    text = refused(read(scene, list_file([row()]), user=ssp), before + 1)
    assert "Kun helhedsplanen og boligorganisationen lægger kontakter i målgrupper" in text
    theirs = list_file([row(part="Østkystens Politi", målgrupper="")])
    assert "kun hente kontakter ind hos jeres egen" in said(read(scene, theirs, user=ssp))
    own = list_file([row(navn="Ny hos SSP", mobil="20555555", part="SSP og opsøgende team", målgrupper="")])
    imported = read(scene, own, user=ssp)
    assert checked(imported) == "Nye kontakter: 1."
    save(scene, imported, user=ssp)
    assert named("Ny hos SSP") and db.session.get(Contact, hidden.id).name == "Frode Frivillig"


def test_whoever_lost_the_role_before_the_worker_came_changes_nothing(scene, before):
    membership = Membership.query.filter_by(user_id=scene.cast.helhedsplan.id).one()
    membership.role = Role.OBSERVER
    db.session.commit()
    assert "er ikke koordinator mere" in refused(read(scene, list_file([row()])), before)


def test_only_the_organisation_that_sent_it_sees_the_file(scene, at):
    imported = read(scene, list_file([row()]))
    address = f"/contacts/imports/{imported.public_id}"
    assert "Åse Bjørn" in at(scene.cast.helhedsplan).text(address)
    for user in (scene.cast.ssp, scene.cast.police, scene.cast.neighbour):
        for path in (address, f"{address}/state", f"{address}/live"):
            assert at(user).get(path).status_code == 404
        for path in (f"{address}/saving", f"{address}/calling-off", f"{address}/report.csv"):
            assert at(user).post(path).status_code == 404
        assert "liste.csv" not in at(user).text("/contacts/imports")
    for user in (scene.cast.ssp_responder, scene.cast.board, scene.cast.administrator):
        assert at(user).get(address).status_code == 403


def test_a_yes_counts_once_and_what_was_called_off_stays_off(scene, before):
    imported = read(scene, list_file([row()]))
    by = scene.reader(scene.cast.helhedsplan).by
    operations.call_off(imported, by=by)
    db.session.commit()
    with pytest.raises(Refused):
        operations.say_yes(imported, by=by)
    jobs.read_lists()
    assert count() == before
    again = read(scene, list_file([row()]))
    save(scene, again)
    operations.say_yes(again, by=by)
    db.session.commit()
    jobs.read_lists()
    assert count() == before + 1
    with pytest.raises(Refused):
        operations.call_off(again, by=by)


def test_a_week_without_a_yes_calls_it_off_and_the_report_is_forgotten(scene, clock):
    waiting = read(scene, list_file([row()]))
    wrong = read(scene, list_file([row(mobil="12")]))
    clock.advance(days=8)
    jobs.clear_away()
    db.session.expire_all()
    assert waiting.state is ImportState.WITHDRAWN and ImportRow.query.count() == 0
    assert (wrong.errors, ImportFault.query.count()) == ([], 0)


def test_contacts_that_share_a_number_with_the_police_are_counted_before_the_yes(scene):
    add(scene, "Betjent", "20123456", is_police=True)
    imported = read(scene, list_file([row(navn="Hjemme hos Betjent", mobil="33445566", fastnet="20123456")]),
                    on_match=OnMatch.LEAVE)  # fmt: skip
    assert "Deler nummer eller mail med politiet og får intet om hændelser uden politiet: 1." in checked(imported)


def test_the_template_goes_in_again_as_it_came_out_once_a_row_is_filled_in(scene, at):
    from openpyxl import load_workbook

    visitor = at(scene.cast.helhedsplan)
    book = load_workbook(io.BytesIO(visitor.post("/contacts/imports/template.xlsx").data))
    sheet = book.worksheets[0]
    line = ["Åse Bjørn", "leder", "20123456", "", "", "", "Lindehuse", "3", "polsk", "Presse, Institutioner", "nej"]
    sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    assert checked(read(scene, file.getvalue(), name="x.xlsx")) == "Nye kontakter: 1."
    plain = visitor.post("/contacts/imports/template.csv").data + b"Bo;;20999999;;;;;;;Presse;;;\r\n"
    assert checked(read(scene, plain)) == "Nye kontakter: 1."
    assert AudienceMember.query.filter_by(audience_key="institutions").count() == 0
