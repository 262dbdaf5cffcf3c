"""The stand-alone script: one changed byte in log, package or PDF is found and named, with no database anywhere."""

import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.logbook.chain import Origin, Row, Withheld, canonical, content_hash, stamp, verify_entries
from app.reviews.files import making, packing
from app.reviews.files.lines import author_hash
from tests.reviews.taking import load_script, prove, unpacked

BEGAN = datetime(2026, 11, 22, 22, 40, tzinfo=UTC)
ORIGIN = Origin("kaede-A", "1", stamp(BEGAN))
FROM_OTHERS, ERASED, UNNAMED, SAYS_SO, COUNT = 3, 4, 6, 7, 9


@pytest.fixture(scope="module")
def script() -> Any:
    """The script as a module; how it is run by hand is tried too."""
    return load_script()


def rows() -> list[Row]:
    """A chain of nine: one text was erased, and a later entry says so."""
    found: list[Row] = []
    for number in range(1, COUNT + 1):
        at = stamp(BEGAN + timedelta(minutes=number))
        kind = "erasure" if number == SAYS_SO else "note"
        said = canonical(
            {"text": f"Ord nr. {number} æøå", "data": {"erased": [ERASED, ERASED]} if kind == "erasure" else {}}
        )
        salt = bytes([number]) * 16
        row = Row(
            str(number), kind, at, at, "0", "17", "ssp", "kommunen", "parties", "2" if number == 5 else None,
            content_hash(salt, said), found[-1].entry_hash if found else ORIGIN.hash(), None,
            None if number == ERASED else salt, None if number == ERASED else said,
        )  # fmt: skip
        found.append(Row(**(vars(row) | {"entry_hash": row.sealed(ORIGIN.public_id)})))
    return found


def entry(row: Row) -> dict[str, Any]:
    """As a file holds it."""
    number = int(row.seq)
    told = {"seq": number, "entry_hash": row.entry_hash}
    if number == FROM_OTHERS:
        return told
    told |= {n: getattr(row, n) for n in ("kind", "at", "recorded_at", "sharing", "content_hash", "previous_hash")}
    told |= {"is_late": False, "corrects_seq": int(row.corrects_seq) if row.corrects_seq else None, "actor": "ssp"}
    told |= {"author_hash": author_hash(row)}
    if number == UNNAMED:
        return told | {"text": json.loads(row.content)["text"]}
    return told | {"salt": row.salt.hex() if row.salt else None, "content": row.content}


def gathered() -> dict[str, Any]:
    """What the worker is given."""
    log = [entry(row) for row in rows()]
    head = f"{ORIGIN.public_id}:{COUNT}:{log[-1]['entry_hash']}"
    part = {
        "track": "non_police", "track_label": "ikke politisag", "what": "Rygte", "where": "Torvet",
        "category": "Rygter", "status": "closed", "status_label": "lukket", "leader": "SSP", "ended_at": None,
        "activated_at": BEGAN.isoformat(), "afterwards": False, "parties": ["SSP"], "plan_version": None,
        "chain": ORIGIN.public_id, "head": head,
    }  # fmt: skip
    lines = [
        {"part": 0, "at": BEGAN.isoformat(), "kind": "Notat", "author": "SSP", "seq": one["seq"],
         "hash": one["entry_hash"],
         "text": f"Ord nr. {one['seq']} æøå" if one["seq"] != ERASED else "Teksten er slettet."}
        for one in log if one["seq"] != FROM_OTHERS
    ]  # fmt: skip
    course = {
        "format": "beredskab-forloeb-1", "lang": "da", "title": "Forløb", "area": "Lindevangen",
        "municipality": "Linde", "exercise": False, "parts": [part],
        "taken": {"by": "Sanne", "at": BEGAN.isoformat(), "mark": "Hentet af Sanne"},
        "reviews": [], "texts": [], "deliveries": [], "timeline": lines, "left_out": ["Navne."],
    }  # fmt: skip
    return {
        "course": course,
        "logs": [{"chain": ORIGIN.public_id, "origin_hash": ORIGIN.hash(), "head": head, "entries": log}],
    }


@pytest.fixture(scope="module")
def package() -> bytes:
    return making.as_package(gathered(), lambda percent: None)


def judged(script: Any, path: Path, against: str | None = None) -> str:
    """The faults in one line each; empty when all is whole."""
    return "\n".join(script.verify(path, against)[0])


def resealed(files: dict[str, bytes]) -> bytes:
    """A package whose manifest fits what was changed in it, as somebody with time would make it."""
    inside = {name: data for name, data in files.items() if name != packing.MANIFEST}
    about = json.loads(files[packing.MANIFEST])
    return packing.package(inside, {n: v for n, v in about.items() if n not in ("format", "files", "seal")})


def changed_log(files: dict[str, bytes], change: Any) -> dict[str, bytes]:
    log = json.loads(files[making.LOG])
    change(log["logs"][0])
    return files | {making.LOG: packing.as_json(log)}


def written(tmp_path: Path, data: bytes, name: str = "pakke.zip") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_a_whole_package_is_whole_as_zip_and_as_folder_and_by_its_data_alone(package, tmp_path) -> None:
    path = written(tmp_path, package)
    head = json.loads(unpacked(package)[packing.MANIFEST])["heads"][0]
    for more in ([], ["--against", head]):
        code, said = prove(path, *more)
        assert code == 0 and "Alt er helt" in said
    assert (
        "9 indførsler. Kun hash: nr. 3. Slettet tekst: nr. 4." in said and "frivilligs navn er udeladt: nr. 6" in said
    )
    with zipfile.ZipFile(path) as box:
        box.extractall(tmp_path / "mappe")
    assert prove(tmp_path / "mappe")[0] == 0
    assert prove(written(tmp_path, making.as_json(gathered(), lambda percent: None), "forloeb.json"))[0] == 0


def test_nothing_to_prove_is_no_proof(package, tmp_path) -> None:
    assert prove(tmp_path / "ingen.zip")[0] == 2
    assert prove(written(tmp_path, unpacked(package)[making.JSON], "uden-log.json"))[0] == 2
    assert prove(written(tmp_path, package), "--against", "noget")[0] == 2
    assert prove(written(tmp_path, b"", "tom.zip"))[0] == 1


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_found_and_its_file_named(script, package, tmp_path, data) -> None:
    files = unpacked(package)
    # Small files as often as the large one: each has its turn, and what lies between them.
    name = data.draw(st.sampled_from([*files, ""]), label="file")
    start = package.index(files[name]) if name else 0
    place = start + data.draw(st.integers(0, len(files[name] if name else package) - 1), label="place")
    flip = data.draw(st.integers(1, 255), label="flip")
    other = bytearray(package)
    other[place] ^= flip
    faults = judged(script, written(tmp_path, bytes(other)))
    assert faults, (name, place, flip)
    assert name in faults
    if name:
        folder = tmp_path / "mappe"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for one, content in files.items():
            (folder / one).write_bytes(content if one != name else bytes(other[start : start + len(content)]))
        assert name in judged(script, folder)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_package_cut_or_lengthened_is_found(script, package, tmp_path, data) -> None:
    place = data.draw(st.integers(1, len(package) - 1))
    assert judged(script, written(tmp_path, package[:place]))
    assert judged(script, written(tmp_path, package[:place] + b"x" + package[place:]))


def drop_last(log: dict[str, Any]) -> None:
    del log["entries"][-1]


def swap(log: dict[str, Any]) -> None:
    log["entries"][0], log["entries"][1] = log["entries"][1], log["entries"][0]


def swap_and_renumber(log: dict[str, Any]) -> None:
    swap(log)
    log["entries"][0]["seq"], log["entries"][1]["seq"] = 1, 2


def reword(log: dict[str, Any]) -> None:
    log["entries"][1]["content"] = log["entries"][1]["content"].replace("Ord", "Løgn")


def move(log: dict[str, Any]) -> None:
    log["entries"][1]["at"] = "2026-11-22 20:00:00.000000"


def hide_a_text(log: dict[str, Any]) -> None:
    log["entries"][7] |= {"salt": None, "content": None}


def say_nothing_of_the_erasure(log: dict[str, Any]) -> None:
    log["entries"][SAYS_SO - 1]["content"] = None
    log["entries"][SAYS_SO - 1]["salt"] = None


def begin_elsewhere(log: dict[str, Any]) -> None:
    log["origin_hash"] = "0" * 64


def forge_head(log: dict[str, Any]) -> None:
    log["head"] = f"{log['chain']}:{COUNT}:{'0' * 64}"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (drop_last, "klippet af: nr. 9 og frem mangler"),
        (swap, "Nr. 1 mangler"),
        (swap_and_renumber, "Nr. 1 hænger ikke sammen"),
        (reword, "Teksten i nr. 2 er ændret"),
        (move, "Nr. 2 er ændret"),
        (hide_a_text, "Teksten i nr. 8 er fjernet, uden at loggen siger det"),
        (say_nothing_of_the_erasure, "Teksten i nr. 4 er fjernet, uden at loggen siger det"),
        (begin_elsewhere, "Nr. 1 hænger ikke sammen"),
        (forge_head, "hoved passer ikke til nr. 9"),
    ],
)
def test_the_first_wrong_place_of_a_log_is_named_also_when_the_manifest_was_made_to_fit(
    script, package, tmp_path, change, words
) -> None:
    files = changed_log(unpacked(package), change)
    faults = judged(script, written(tmp_path, resealed(files)))
    assert words in faults
    assert packing.MANIFEST not in faults.splitlines()[0]
    alone = json.loads(making.as_json(gathered(), lambda percent: None))
    change(alone["logs"][0])
    assert words in judged(script, written(tmp_path, packing.as_json(alone), "forloeb.json"))


def test_a_past_written_anew_from_end_to_end_is_found_by_the_head_that_was_noted(script, package, tmp_path) -> None:
    noted = json.loads(unpacked(package)[packing.MANIFEST])["heads"][0]
    told = gathered()
    log = told["logs"][0]
    del log["entries"][-1]
    log["head"] = told["course"]["parts"][0]["head"] = f"{log['chain']}:8:{log['entries'][-1]['entry_hash']}"
    del told["course"]["timeline"][-1]
    shorter = written(tmp_path, making.as_package(told, lambda percent: None))
    assert judged(script, shorter) == ""
    assert "klippet af: nr. 9" in judged(script, shorter, noted)
    assert "Nr. 8 er en anden end den, der blev noteret" in judged(script, shorter, f"{log['chain']}:8:{'1' * 64}")
    assert "hører til en anden log" in judged(script, shorter, f"en-anden:8:{'1' * 64}")
    assert prove(shorter, "--against", noted)[0] == 1


def test_what_says_of_an_erasure_may_be_hidden_from_the_reader(script, package, tmp_path) -> None:
    """Their part ended before: the text is gone, and why stands where they may not read."""

    def hide(log: dict[str, Any]) -> None:
        log["entries"][SAYS_SO - 1] = {n: log["entries"][SAYS_SO - 1][n] for n in ("seq", "entry_hash")}

    told = gathered()
    hide(told["logs"][0])
    del told["course"]["timeline"][SAYS_SO - 2]
    assert judged(script, written(tmp_path, making.as_package(told, lambda percent: None))) == ""


def test_a_paper_or_a_course_from_elsewhere_is_named(script, package, tmp_path) -> None:
    files, told = unpacked(package), gathered()
    told["course"]["left_out"] = ["Noget andet."]
    other = unpacked(making.as_package(told, lambda percent: None))
    swapped = resealed(files | {making.PDF: other[making.PDF]})
    assert "forloeb.pdf er ikke lavet af de data" in judged(script, written(tmp_path, swapped))
    course = json.loads(files[making.JSON])
    course["timeline"][0]["text"] = "Noget, ingen har skrevet"
    reworded = judged(script, written(tmp_path, resealed(files | {making.JSON: packing.as_json(course)})))
    assert "forloeb.json: nr. 1 siger noget andet end loggen" in reworded
    course["timeline"][0]["hash"] = "0" * 64
    moved = judged(script, written(tmp_path, resealed(files | {making.JSON: packing.as_json(course)})))
    assert "forloeb.json: nr. 1 står ikke sådan i loggen" in moved


def test_a_file_too_many_or_too_few_is_named_and_a_repacked_zip_is_said(script, package, tmp_path) -> None:
    files = unpacked(package)
    less = {name: data for name, data in files.items() if name != making.CSV}
    assert "forloeb.csv mangler" in judged(script, written(tmp_path, packing.packed(less)))
    assert "x.txt hører ikke til" in judged(script, written(tmp_path, packing.packed(files | {"x.txt": b"x"})))
    again = tmp_path / "igen.zip"
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as box:
        for name, data in files.items():
            box.writestr(name, data)
    assert "Er den pakket om, så pak den ud" in judged(script, again)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_the_script_and_the_house_judge_a_log_alike(script, data) -> None:
    """Two programs, written apart: what one calls whole or broken, and where, so does the other."""
    found: list[Any] = rows()
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(found) - 1))
        name = data.draw(st.sampled_from(["drop", "hide", "at", "kind", "sharing", "content", "seq", "previous_hash"]))
        row = found[place]
        if name == "drop" and len(found) > 1:
            del found[place]
        elif name == "hide" and isinstance(row, Row):
            found[place] = Withheld(row.seq, row.entry_hash)
        elif isinstance(row, Row) and name not in ("drop", "hide"):
            found[place] = Row(**(vars(row) | {name: f"{getattr(row, name)}9"}))
    house = verify_entries(ORIGIN, found)
    entries = [full(row) for row in found]
    head = f"{ORIGIN.public_id}:{len(found)}:{found[-1].entry_hash}"
    log = {"chain": ORIGIN.public_id, "origin_hash": ORIGIN.hash(), "head": head, "entries": entries}
    fault, _remark = script.judge(log, None)
    hidden_later = any(isinstance(row, Withheld) for row in found)
    if not (hidden_later and house.fault == "Teksten i nr. %(seq)s er fjernet, uden at loggen siger det."):
        assert (fault is None) == house.is_whole, (fault, house)
        assert fault is None or f"r. {house.seq} " in fault, (fault, house)


def full(row: Row | Withheld) -> dict[str, Any]:
    """As `entry`, whatever the number is."""
    number = int(row.seq)
    if isinstance(row, Withheld):
        return {"seq": number, "entry_hash": row.entry_hash}
    told = {n: getattr(row, n) for n in ("kind", "at", "recorded_at", "sharing", "content_hash", "previous_hash")}
    told |= {"seq": number, "entry_hash": row.entry_hash, "is_late": False, "author_hash": author_hash(row)}
    told |= {"corrects_seq": int(row.corrects_seq) if row.corrects_seq else None}
    return told | {"salt": row.salt.hex() if row.salt else None, "content": row.content}
