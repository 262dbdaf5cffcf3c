"""A real PostgreSQL server of our own: Debian's programs, a private folder, a unix socket, no care for durability."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import quick_folder

# A test's database may die with the machine; then waiting for the disk is only slow.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100"


def programs() -> Path | None:
    """The folder of the newest installed server programs, if any."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def available() -> bool:
    """Whether tests on PostgreSQL can run here."""
    return bool(os.environ.get("TEST_DATABASE_URL")) or programs() is not None


@contextmanager
def server() -> Iterator[str]:
    """Address of a server, without a database name at its end: `postgresql+psycopg://…/`."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    bin_folder = programs()
    assert bin_folder is not None, "ask available() first"
    with quick_folder() as folder:
        _as_owner(folder, bin_folder / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust",
                  "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = f"{CARELESS} -c listen_addresses='' -c unix_socket_directories={folder}"
        pg_ctl = (bin_folder / "pg_ctl", "-D", folder / "data")
        _as_owner(folder, *pg_ctl, "-o", options, "-l", folder / "log", "-w", "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _as_owner(folder, *pg_ctl, "-m", "immediate", "stop")


def _as_owner(folder: Path, *command: str | Path) -> None:
    # PostgreSQL refuses to run as root, so root hands the folder to the user that Debian made for it.
    prefix: list[str] = []
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    done = subprocess.run([*prefix, *command], cwd="/", capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
