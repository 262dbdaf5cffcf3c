"""The log guards itself: entries continue their chain, lose their text at most once, and never go."""

from collections.abc import Iterator

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Written first is the head, then the entry that it names: see app/logbook/operations.py.
ENTRY_CONTINUES = """
    EXISTS (SELECT 1 FROM log_chains c WHERE c.id = NEW.chain_id AND c.seq = NEW.seq AND c.head_hash = NEW.entry_hash)
    AND NEW.content IS NOT NULL
    AND (NEW.seq = 1 OR EXISTS (
        SELECT 1 FROM log_entries e
        WHERE e.chain_id = NEW.chain_id AND e.seq = NEW.seq - 1 AND e.entry_hash = NEW.previous_hash))
"""
ENTRY_FIXED = [
    "chain_id", "seq", "kind", "at", "recorded_at", "is_late", "author_user_id", "author_actor_key",
    "author_organisation_key", "sharing", "corrects_seq", "content_hash", "previous_hash", "entry_hash",
]  # fmt: skip
CHAIN_FIXED = ["id", "public_id", "area_id", "created_at"]
CHAIN_GROWS = "NEW.seq = OLD.seq + 1 AND NEW.head_hash <> OLD.head_hash AND NEW.head_at >= OLD.head_at"
TABLES = ("log_chains", "log_entries")


def same(columns: list[str], equals: str) -> str:
    return " AND ".join(f"NEW.{column} {equals} OLD.{column}" for column in columns)


def rules(equals: str) -> Iterator[tuple[str, str, str, str]]:
    """(table, event, what must hold, what is said otherwise)."""
    erased = (
        "OLD.content IS NOT NULL AND NEW.content IS NULL AND NEW.salt IS NULL AND OLD.kind <> 'erasure' "
        f"AND {same(ENTRY_FIXED, equals)}"
    )
    yield "log_entries", "insert", ENTRY_CONTINUES, "a log entry must continue its chain"
    yield "log_entries", "update", erased, "a log entry never changes; its text may be erased once"
    yield "log_entries", "delete", "1 = 0", "a log entry is never deleted"
    grows = f"{same(CHAIN_FIXED, equals)} AND {CHAIN_GROWS}"
    yield "log_chains", "update", grows, "a log only grows, one entry at a time"
    yield "log_chains", "delete", "1 = 0", "a log is never deleted"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        upgrade_sqlite()
    else:
        upgrade_postgresql()


def upgrade_sqlite() -> None:
    for table, event, must_hold, refusal in rules("IS"):
        op.execute(f"""
            CREATE TRIGGER {table}_{event} BEFORE {event.upper()} ON {table} WHEN ({must_hold}) IS NOT TRUE
            BEGIN SELECT RAISE(ABORT, '{refusal}'); END""")
    # A row that is there already would be pushed out by INSERT OR REPLACE, past the delete trigger
    # of a connection without recursive_triggers. An entry is caught by the rule above: see its table.
    op.execute("""
        CREATE TRIGGER log_chains_insert BEFORE INSERT ON log_chains
        WHEN NEW.seq <> 0 OR EXISTS (SELECT 1 FROM log_chains c WHERE c.id = NEW.id OR c.public_id = NEW.public_id)
        BEGIN SELECT RAISE(ABORT, 'a log begins empty'); END""")


def upgrade_postgresql() -> None:
    empty = ("log_chains", "insert", "NEW.seq = 0", "a log begins empty")
    for table, event, must_hold, refusal in [*rules("IS NOT DISTINCT FROM"), empty]:
        answer = "OLD" if event == "delete" else "NEW"
        op.execute(f"""
            CREATE FUNCTION {table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF ({must_hold}) IS NOT TRUE THEN RAISE EXCEPTION '{refusal}'; END IF;
                RETURN {answer};
            END $$""")
        op.execute(
            f"CREATE TRIGGER {table}_{event} BEFORE {event.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_{event}()"
        )
    op.execute("""
        CREATE FUNCTION log_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a log is never emptied'; END $$""")
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION log_truncate()"
        )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in TABLES:
        for event in ("insert", "update", "delete", *(() if is_sqlite else ("truncate",))):
            op.execute(f"DROP TRIGGER {table}_{event}" + ("" if is_sqlite else f" ON {table}"))
            if event != "truncate" and not is_sqlite:
                op.execute(f"DROP FUNCTION {table}_{event}()")
    if not is_sqlite:
        op.execute("DROP FUNCTION log_truncate()")
