#!/usr/bin/env python3
"""Prove a journal package from Beredskab, without Beredskab: python3 verify_package.py PACKAGE [--against HEAD]

PACKAGE is the zip, the folder that it was unpacked into, or a single JSON file with its logs. HEAD is a log's last hash
as it was printed or mailed (chain:number:hash). Answers in Danish, with the first place that is wrong.

Exit code 0: whole. 1: something was changed, cut or rewritten. 2: there was nothing to prove.
Needs Python 3.8 or newer and nothing else. The format is described in LAES_MIG.txt in the package.
"""

import argparse
import hashlib
import io
import json
import re
import struct
import sys
import zipfile
import zlib
from pathlib import Path

FORMAT = "beredskab-journalpakke-1"
MANIFEST, LOG, COURSE, PAPER = "manifest.json", "log.json", "forloeb.json", "forloeb.pdf"
HEAD = re.compile(r"([A-Za-z0-9_-]+):(\d+):([0-9a-f]{64})")
SEALED = (
    "seq", "kind", "at", "recorded_at", "is_late", "sharing", "corrects_seq", "author_hash", "content_hash",
    "previous_hash", "entry_hash",
)  # fmt: skip
REPACKED = "Zip-filen er ændret ved byte {at}, uden for filerne i den. Er den pakket om, så pak den ud, og prøv mappen."


class Unreadable(Exception):
    """There is nothing to prove."""


# ---- the package -----------------------------------------------------------------------------------------------------


def verify(path, against=None):
    """Answers (faults, remarks): sentences in Danish. No faults: everything is whole."""
    path = Path(path)
    if not path.exists():
        raise Unreadable(f"{path} findes ikke.")
    raw = b"" if path.is_dir() else path.read_bytes()
    if path.is_dir():
        files, faults = read_folder(path)
    elif path.suffix.lower() == ".json":
        return verify_data(raw, path.name, against)
    else:
        files, faults = read_zip(raw)
    remarks = []
    told = built(check_manifest, MANIFEST, faults, files) or {}
    logs = built(check_logs, LOG, faults, files, told, against, remarks) or []
    built(check_course, COURSE, faults, files, logs)
    built(check_paper, PAPER, faults, files, told)
    if not path.is_dir() and not faults:
        expected = packed(files)
        if expected != raw:
            faults.append(REPACKED.format(at=first_difference(expected, raw)))
    return faults, remarks


def verify_data(raw, name, against):
    """A single JSON file with its logs inside."""
    faults, remarks = [], []
    data = parsed(raw, name, faults)
    if data is not None and not isinstance(data.get("logs"), list):
        raise Unreadable(f"{name} har ingen log. Prøv hele pakken.")
    if data is not None:
        built(judge_logs, name, faults, data["logs"], against, name, remarks)
        built(compare_course, name, faults, data, data["logs"], name)
    remarks.append(f"{name} har ikke noget manifest: kun loggen, og hvad der er skrevet af fra den, kan prøves.")
    return faults, remarks


def built(check, name, faults, *what):
    """Run the check; a file that is not built as it must be is a fault of that file."""
    try:
        return check(faults, *what)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        faults.append(f"{name} er ændret: den er ikke bygget op, som den skal være.")
        return None


def read_folder(path):
    """Every file in it by its name."""
    files = {}
    for one in sorted(path.rglob("*")):
        if one.is_file():
            files[one.relative_to(path).as_posix()] = one.read_bytes()
    return files, []


def read_zip(raw):
    """Every file that can be read, in order; a fault for each that cannot."""
    files, faults = {}, []
    try:
        box = zipfile.ZipFile(io.BytesIO(raw))
        names = box.infolist()
    except Exception as error:
        return files, [f"Zip-filen kan ikke åbnes: den er ændret eller klippet af ({type(error).__name__})."]
    for one in names:
        try:
            if one.filename in files:
                faults.append(f"{one.filename} ligger to gange i zip-filen.")
            files[one.filename] = box.read(one)
        except Exception as error:
            faults.append(f"{one.filename} er ændret: den kan ikke læses ({type(error).__name__}).")
            files[one.filename] = None
    return files, faults


def check_manifest(faults, files):
    """The manifest's own seal, and each file that it lists: there, as long as it was, and the same."""
    raw = files.get(MANIFEST)
    if raw is None:
        faults.append(f"{MANIFEST} mangler: hvad der skulle være i pakken, kan ikke ses.")
        return {}
    told = parsed(raw, MANIFEST, faults)
    if told is None:
        return {}
    rest = {name: value for name, value in told.items() if name != "seal"}
    if told.get("seal") != sha256(written(rest)) or raw != written(told):
        faults.append(f"{MANIFEST} er ændret, efter at pakken blev lavet.")
    if told.get("format") != FORMAT:
        faults.append(f"{MANIFEST}: pakken er af en anden slags ({told.get('format')}).")
    listed = set()
    for row in told.get("files") if isinstance(told.get("files"), list) else []:
        name = row.get("name") if isinstance(row, dict) else None
        listed.add(name)
        if name not in files:
            faults.append(f"{name} mangler i pakken.")
        elif files[name] is not None and sha256(files[name]) != row.get("sha256"):
            how = change_of_size(files[name], row.get("size"))
            faults.append(f"{name} er ændret, efter at pakken blev lavet{how}.")
    for name in sorted(set(files) - listed - {MANIFEST}):
        faults.append(f"{name} hører ikke til pakken.")
    return told


def change_of_size(data, size):
    if not isinstance(size, int) or len(data) == size:
        return ""
    return f" ({abs(len(data) - size)} bytes {'kortere' if len(data) < size else 'længere'})"


def check_logs(faults, files, told, against, remarks):
    """Each chain by itself, and that they end where the manifest says."""
    raw = files.get(LOG)
    if raw is None:
        if LOG not in files and not any(LOG in fault for fault in faults):
            faults.append(f"{LOG} mangler i pakken.")
        return []
    data = parsed(raw, LOG, faults)
    logs = data.get("logs") if data is not None else None
    if not isinstance(logs, list):
        return []
    judge_logs(faults, logs, against, LOG, remarks)
    heads = [log.get("head") for log in logs if isinstance(log, dict)]
    if told and heads != told.get("heads"):
        faults.append(f"{LOG} er ikke de logge, som {MANIFEST} nævner.")
    return logs


def check_course(faults, files, logs):
    raw = files.get(COURSE)
    data = parsed(raw, COURSE, faults) if raw is not None else None
    if data is not None:
        compare_course(faults, data, logs, COURSE)


def compare_course(faults, data, logs, name):
    """What the course has copied from the log says what the log says."""
    known = {}
    for part, log in enumerate(logs):
        for entry in log.get("entries", []) if isinstance(log, dict) else []:
            if isinstance(entry, dict):
                known[part, entry.get("seq")] = entry
    lines = data.get("timeline")
    for line in lines if isinstance(lines, list) else []:
        if not isinstance(line, dict) or "seq" not in line:
            continue
        entry = known.get((line.get("part"), line["seq"]), {})
        if line.get("hash") != entry.get("entry_hash"):
            faults.append(f"{name}: nr. {line['seq']} står ikke sådan i loggen.")
            return
        if line.get("text") != said(entry) and said(entry) is not None:
            faults.append(f"{name}: nr. {line['seq']} siger noget andet end loggen.")
            return


def said(entry):
    """The entry's words, None where the log does not hold them."""
    if "text" in entry:
        return entry["text"]
    try:
        return json.loads(entry["content"]).get("text", "")
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def check_paper(faults, files, told):
    """The PDF bears the logs' heads and the hash of the data that it was made of."""
    paper = files.get(PAPER)
    if paper is None:
        return
    heads = re.findall(rb"beredskab-head:([A-Za-z0-9_-]+:\d+:[0-9a-f]{64})", paper)
    for head in told.get("heads", []) if isinstance(told.get("heads"), list) else []:
        if str(head).encode() not in heads:
            faults.append(f"{PAPER} er lavet af en anden log: den bærer ikke {str(head)[:40]}….")
    data = files.get(COURSE)
    marks = re.findall(rb"beredskab-data:([0-9a-f]{64})", paper)
    if data is not None and sha256(data).encode() not in marks:
        faults.append(f"{PAPER} er ikke lavet af de data, der står i {COURSE}.")


# ---- the log ---------------------------------------------------------------------------------------------------------


def judge_logs(faults, logs, against, name, remarks):
    noted = HEAD.fullmatch(against.strip()) if against else None
    found = False
    for number, log in enumerate(logs, 1):
        if not isinstance(log, dict) or not isinstance(log.get("entries"), list):
            faults.append(f"{name}: log {number} kan ikke læses.")
            continue
        mine = noted if noted and noted[1] == log.get("chain") else None
        found = found or mine is not None
        fault, remark = judge(log, mine)
        if fault:
            faults.append(f"Log {log.get('chain')}: {fault}")
        else:
            remarks.append(f"Log {log.get('chain')}: {remark}")
    if noted and not found:
        faults.append("Det, der blev noteret (--against), hører til en anden log.")


def judge(log, noted):
    """The first wrong place of one chain, in words, or what can be said of a whole one."""
    last, recorded_at, gone, told, unread, withheld = log.get("origin_hash"), "", set(), set(), [], []
    chain, entries = log.get("chain"), log["entries"]
    places = {0: last}
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict) or entry.get("seq") != number:
            return f"Nr. {number} mangler.", None
        if set(entry) == {"seq", "entry_hash"}:
            withheld.append(number)
        else:
            fault = examine(entry, chain, last, recorded_at)
            if fault:
                return fault.format(n=number), None
            recorded_at = entry["recorded_at"]
            if "text" in entry:
                unread.append(number)
            elif entry.get("content") is None:
                gone.add(number)
            elif entry["kind"] == "erasure":
                told |= gone & erased(entry["content"])
        last = places[number] = entry["entry_hash"]
        if noted and int(noted[2]) == number and noted[3] != last:
            return f"Nr. {number} er en anden end den, der blev noteret: loggen er skrevet om.", None
    return end(log, noted, places, gone - told, gone, unread, withheld)


def end(log, noted, places, untold, gone, unread, withheld):
    count = len(log["entries"])
    if noted and int(noted[2]) > count:
        return f"Loggen er klippet af: nr. {count + 1} og frem mangler.", None
    if noted and int(noted[2]) == 0 and noted[3] != places[0]:
        return "Loggens begyndelse er en anden end den, der blev noteret.", None
    head = HEAD.fullmatch(str(log.get("head")))
    if head is None or head[1] != log.get("chain"):
        return "Loggens hoved kan ikke læses.", None
    if int(head[2]) > count:
        return f"Loggen er klippet af: nr. {count + 1} og frem mangler.", None
    if int(head[2]) != count or head[3] != places[count]:
        return f"Loggens hoved passer ikke til nr. {count}.", None
    # What says that a text was erased may itself be withheld from this reader, when it was written later.
    unexplained = [number for number in sorted(untold) if not any(later > number for later in withheld)]
    if unexplained:
        return f"Teksten i nr. {unexplained[0]} er fjernet, uden at loggen siger det.", None
    return None, remark(count, withheld, sorted(gone), unread) + f" Hoved: {log['head']}"


def remark(count, withheld, gone, unread):
    words = f"hel, {count} indførsler."
    if withheld:
        words += f" Kun hash: nr. {listed(withheld)}."
    if gone:
        words += f" Slettet tekst: nr. {listed(gone)}."
    if unread:
        words += f" Ordene kan ikke prøves mod kæden, fordi en frivilligs navn er udeladt: nr. {listed(unread)}."
    return words


def listed(numbers):
    return ", ".join(map(str, numbers))


def examine(entry, chain, last, recorded_at):
    """What is wrong with one entry, `{n}` for its number; None when nothing is."""
    if any(name not in entry for name in SEALED):
        return "Nr. {n} er ændret, efter at den blev skrevet: der mangler felter."
    if entry["previous_hash"] != last:
        return "Nr. {n} hænger ikke sammen med den foregående."
    if entry["entry_hash"] != sealed(entry, chain):
        return "Nr. {n} er ændret, efter at den blev skrevet."
    if not isinstance(entry["recorded_at"], str) or entry["recorded_at"] < recorded_at:
        return "Nr. {n} er skrevet ned før den foregående."
    if "text" in entry:
        return None
    salt, content = entry.get("salt"), entry.get("content")
    if salt is None and content is None:
        return None
    try:
        right = sha256(bytes.fromhex(salt) + content.encode("utf-8", "surrogateescape")) == entry["content_hash"]
    except (TypeError, ValueError, AttributeError):
        right = False
    return None if right else "Teksten i nr. {n} er ændret, efter at den blev skrevet."


def sealed(entry, chain):
    """The entry hash that these fields give."""
    time = digest(entry["at"], entry["recorded_at"], {True: "1", False: "0"}.get(entry["is_late"], "?"))
    told = digest(entry["sharing"], entry["corrects_seq"], entry["content_hash"])
    return digest(entry["previous_hash"], chain, entry["seq"], entry["kind"], time, entry["author_hash"], told)


def digest(*fields):
    """SHA-256 over the fields, each with its length in bytes."""
    sha = hashlib.sha256()
    for value in fields:
        if value is None:
            sha.update(b"-;")
        else:
            data = str(value).encode("utf-8", "surrogateescape")
            sha.update(b"%d:%b;" % (len(data), data))
    return sha.hexdigest()


def erased(content):
    """The numbers whose texts an erasure entry says were erased."""
    try:
        first, last = json.loads(content)["data"]["erased"]
        return set(range(first, last + 1))
    except (ValueError, KeyError, TypeError):
        return set()


# ---- how it was written ----------------------------------------------------------------------------------------------


def parsed(raw, name, faults):
    """The file's JSON object; a fault when there is none in it."""
    try:
        value = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        faults.append(f"{name} er ændret: den kan ikke læses som data.")
        return None
    return value


def written(value):
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def packed(files):
    """The zip as Beredskab writes it: stored, no times, nothing that could differ."""
    body, index = bytearray(), bytearray()
    for name, data in files.items():
        called, start = name.encode(), len(body)
        common = (0, 0, 0, 1 << 5 | 1, zlib.crc32(data), len(data), len(data), len(called), 0)
        body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, *common) + called + data
        index += (
            struct.pack("<4s6H3I5H2I", b"PK\1\2", 3 << 8 | 20, 20, *common, 0, 0, 0, 0o100644 << 16, start) + called
        )
    end_of_it = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(files), len(files), len(index), len(body), 0)
    return bytes(body + index + end_of_it)


def first_difference(one, other):
    shortest = min(len(one), len(other))
    return next((place for place in range(shortest) if one[place] != other[place]), shortest)


def main(arguments=None):
    reader = argparse.ArgumentParser(description="Prøver en journalpakke fra Beredskab.")
    reader.add_argument("package", metavar="PAKKE", help="zip-filen, mappen, eller en JSON-fil med log")
    reader.add_argument("--against", metavar="HOVED", help="noteret tidligere: kæde:nummer:hash")
    given = reader.parse_args(arguments)
    if given.against and not HEAD.fullmatch(given.against.strip()):
        reader.error("HOVED ser ud som kæde:nummer:hash")
    try:
        faults, remarks = verify(given.package, given.against)
    except (Unreadable, OSError) as error:
        print(f"KAN IKKE PRØVES  {error}")
        return 2
    for line in remarks:
        print(f"      {line}")
    for line in faults:
        print(f"FEJL  {line}")
    print("Noget er ændret, siden det blev lavet." if faults else "Alt er helt: intet er ændret, siden det blev lavet.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
