"""An approved version of a plan never changes: the database refuses, whoever asks."""

from collections.abc import Iterator

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FIXED = [
    "id", "public_id", "area_id", "version", "document", "approved_at", "approved_by", "review_on", "created_at",
    "created_by",
]  # fmt: skip


def rules(equals: str) -> Iterator[tuple[str, str, str]]:
    """(event, what must hold, what is said otherwise)."""
    same = " AND ".join(f"NEW.{column} {equals} OLD.{column}" for column in FIXED)
    steps_aside = f"OLD.status = 'approved' AND NEW.status = 'superseded' AND {same}"
    yield "update", f"OLD.status = 'draft' OR ({steps_aside})", "an approved plan never changes"
    yield "delete", "OLD.status = 'draft'", "an approved plan is never deleted"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        upgrade_sqlite()
    else:
        upgrade_postgresql()


def upgrade_sqlite() -> None:
    for event, must_hold, refusal in rules("IS"):
        op.execute(f"""
            CREATE TRIGGER plans_{event} BEFORE {event.upper()} ON plans WHEN ({must_hold}) IS NOT TRUE
            BEGIN SELECT RAISE(ABORT, '{refusal}'); END""")
    # INSERT OR REPLACE would push an approved row out, past the delete trigger of a connection without
    # recursive_triggers.
    op.execute("""
        CREATE TRIGGER plans_insert BEFORE INSERT ON plans
        WHEN EXISTS (
            SELECT 1 FROM plans p
            WHERE p.status <> 'draft' AND (
                p.id = NEW.id OR p.public_id = NEW.public_id OR (p.area_id = NEW.area_id AND p.version = NEW.version)))
        BEGIN SELECT RAISE(ABORT, 'an approved plan is never replaced'); END""")


def upgrade_postgresql() -> None:
    for event, must_hold, refusal in rules("IS NOT DISTINCT FROM"):
        answer = "OLD" if event == "delete" else "NEW"
        op.execute(f"""
            CREATE FUNCTION plans_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF ({must_hold}) IS NOT TRUE THEN RAISE EXCEPTION '{refusal}'; END IF;
                RETURN {answer};
            END $$""")
        op.execute(
            f"CREATE TRIGGER plans_{event} BEFORE {event.upper()} ON plans "
            f"FOR EACH ROW EXECUTE FUNCTION plans_{event}()"
        )
    op.execute("""
        CREATE FUNCTION plans_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'an approved plan is never emptied away'; END $$""")
    op.execute(
        "CREATE TRIGGER plans_truncate BEFORE TRUNCATE ON plans FOR EACH STATEMENT EXECUTE FUNCTION plans_truncate()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER plans_{event}")
        return
    for event in ("update", "delete", "truncate"):
        op.execute(f"DROP TRIGGER plans_{event} ON plans")
        op.execute(f"DROP FUNCTION plans_{event}()")
