"""A zip that is the same bytes for the same files, and its manifest. `docs/verify_package.py` proves both.

Stored, not compressed, with nothing in its headers that could differ: so that one changed byte anywhere is found.
"""

import hashlib
import json
import struct
import zlib
from typing import Any

MANIFEST = "manifest.json"
FORMAT = "beredskab-journalpakke-1"
VERSION, MADE_BY, NO_TIME, FIRST_DAY, PLAIN_FILE = 20, 3 << 8 | 20, 0, 1 << 5 | 1, 0o100644 << 16


def package(files: dict[str, bytes], about: dict[str, Any]) -> bytes:
    """The files in their order, and the manifest as the last."""
    return packed(files | {MANIFEST: manifest(files, about)})


def manifest(files: dict[str, bytes], about: dict[str, Any]) -> bytes:
    """Size and SHA-256 of each file; `seal` is the SHA-256 of all the rest, written in the one same way."""
    rows = [{"name": name, "size": len(data), "sha256": sha256(data)} for name, data in files.items()]
    told = about | {"format": FORMAT, "files": rows}
    return written(told | {"seal": sha256(written(told))})


def written(value: Any) -> bytes:
    """The one way a manifest is written."""
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def as_json(value: Any) -> bytes:
    """A file of data, in the order it was gathered, for people who open it too."""
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def sha256(data: bytes) -> str:
    """As hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def packed(files: dict[str, bytes]) -> bytes:
    """The zip. Names are ASCII."""
    body, index = bytearray(), bytearray()
    for name, data in files.items():
        called, start = name.encode("ascii"), len(body)
        common = (0, 0, NO_TIME, FIRST_DAY, zlib.crc32(data), len(data), len(data), len(called), 0)
        body += struct.pack("<4s5H3I2H", b"PK\3\4", VERSION, *common) + called + data
        index += struct.pack("<4s6H3I5H2I", b"PK\1\2", MADE_BY, VERSION, *common, 0, 0, 0, PLAIN_FILE, start) + called
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(files), len(files), len(index), len(body), 0)
    return bytes(body + index + end)
