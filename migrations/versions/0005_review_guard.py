"""What is locked of a review never changes: the database refuses, whoever asks.

Texts may be emptied once retention has come to them; nothing else of a locked row moves.
"""

from collections.abc import Iterator

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Table: the columns that stay, and the texts that may become empty. Rows of these belong to a review.
KEPT_WITH_REVIEW = {
    "debrief_answers": ("id review_id actor_id question_key answered_by_id answered_at was_late", "text contact_name"),
    "review_comments": ("id review_id criterion actor_id by_id disagrees at", "text"),
    "review_conclusions": ("id review_id number at by_id as_id", "text"),
    "review_sign_offs": ("id review_id conclusion_id actor_id word at by_id", "reason"),
    "review_figures": ("id review_id incident_id", "figures"),
}
# What was said is said: not even an open review takes it back.
SAID = {"review_comments", "review_conclusions", "review_sign_offs", "review_addenda"}
REVIEW = "id public_id incident_id number opened_at debrief_due_at locked_at locked_by_id locked_as_id"
ADDENDUM = ("id review_id at by_id as_id", "text")
SUMMARY = (
    "id public_id review_id number written_at written_by_id written_as_id approved_at approved_by_id approved_as_id",
    "text",
)
POINT = "review_id id public_id"
POINT_TEXTS = "text plan_text"
TABLES = ("reviews", *KEPT_WITH_REVIEW, "review_addenda", "public_summaries", "learning_points")


def locked(row: str, review: str = "r") -> str:
    its = f"{review}.id = {row}.review_id AND {review}.locked_at IS NOT NULL"
    return f"EXISTS (SELECT 1 FROM reviews {review} WHERE {its})"


def stays(columns: str, texts: str, equals: str) -> str:
    """Every column as it was, each text too or empty."""
    same = [f"NEW.{column} {equals} OLD.{column}" for column in columns.split()]
    empty = "'[]'" if texts == "figures" else "''"
    # A list is compared as text: PostgreSQL knows no equality of JSON.
    kept = [f"(CAST(NEW.{t} AS TEXT) {equals} CAST(OLD.{t} AS TEXT) OR CAST(NEW.{t} AS TEXT) = {empty})" for t in
            texts.split()]  # fmt: skip
    return " AND ".join(same + kept)


def rules(equals: str) -> Iterator[tuple[str, str, str, str]]:
    """(table, event, what must hold, what is said otherwise)."""
    same = stays(REVIEW, "", equals)
    yield "reviews", "update", f"OLD.locked_at IS NULL OR ({same})", "a locked review never changes"
    yield "reviews", "delete", "OLD.locked_at IS NULL", "a locked review is never deleted"
    for table, (columns, texts) in KEPT_WITH_REVIEW.items():
        same = stays(columns, texts, equals)
        free = "FALSE" if table in SAID else f"NOT {locked('OLD')} AND NOT {locked('NEW')}"
        yield table, "insert", f"NOT {locked('NEW')}", "a locked review takes no more"
        yield table, "update", f"({free}) OR ({same})", "what a review holds never changes"
        yield table, "delete", "FALSE" if table in SAID else f"NOT {locked('OLD')}", "what a review holds is kept"
    yield "review_addenda", "insert", locked("NEW"), "only a locked review has an addendum"
    yield "review_addenda", "update", stays(*ADDENDUM, equals), "an addendum never changes"
    yield "review_addenda", "delete", "FALSE", "an addendum is kept"
    approved, same = "OLD.approved_at IS NULL", stays(*SUMMARY, equals)
    yield "public_summaries", "update", f"{approved} OR ({same})", "an approved summary never changes"
    yield "public_summaries", "delete", approved, "an approved summary is kept"
    same = stays(POINT, POINT_TEXTS, equals)
    yield "learning_points", "insert", f"NOT {locked('NEW')}", "a locked review takes no more learning"
    yield "learning_points", "update", f"NOT {locked('OLD')} OR ({same})", "learning of a locked review stays"
    yield "learning_points", "delete", f"NOT {locked('OLD')}", "learning of a locked review stays"


# INSERT OR REPLACE pushes a row out past the delete trigger of a connection without recursive_triggers.
REPLACED = {
    "reviews": "r.locked_at IS NOT NULL AND (r.id = NEW.id OR r.public_id = NEW.public_id "
    "OR (r.incident_id = NEW.incident_id AND r.number = NEW.number))",
    "public_summaries": "r.approved_at IS NOT NULL AND (r.id = NEW.id OR r.public_id = NEW.public_id "
    "OR (r.review_id = NEW.review_id AND r.number = NEW.number))",
    "review_addenda": "r.id = NEW.id",
    "review_comments": "r.id = NEW.id",
    "review_conclusions": "r.id = NEW.id OR (r.review_id = NEW.review_id AND r.number = NEW.number)",
    "review_sign_offs": "r.id = NEW.id",
    "debrief_answers": f"r.id = NEW.id AND {locked('r', 'v')}",
    "review_figures": f"r.id = NEW.id AND {locked('r', 'v')}",
    "learning_points": f"(r.id = NEW.id OR r.public_id = NEW.public_id) AND {locked('r', 'v')}",
}


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
    for table, replaces in REPLACED.items():
        op.execute(f"""
            CREATE TRIGGER {table}_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} r WHERE {replaces})
            BEGIN SELECT RAISE(ABORT, 'what a review holds is never replaced'); END""")


def upgrade_postgresql() -> None:
    for table, event, must_hold, refusal in rules("IS NOT DISTINCT FROM"):
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
    for table in TABLES:
        op.execute(f"""
            CREATE FUNCTION {table}_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'what a review holds is never emptied away'; END $$""")
        op.execute(
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_truncate()"
        )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, event, *_ in rules("IS"):
        if sqlite:
            op.execute(f"DROP TRIGGER {table}_{event}")
        else:
            op.execute(f"DROP TRIGGER {table}_{event} ON {table}")
            op.execute(f"DROP FUNCTION {table}_{event}()")
    if sqlite:
        for table in REPLACED:
            op.execute(f"DROP TRIGGER {table}_replace")
        return
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_truncate ON {table}")
        op.execute(f"DROP FUNCTION {table}_truncate()")
