"""Delivery guards: what a delivery is stays as it was born, and what has left does not leave again."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RULES = {
    "birth": (
        "NEW.is_exercise = OLD.is_exercise AND NEW.receiver_kind = OLD.receiver_kind",
        "exercise and receiver kind are set at birth",
    ),
    "no_second_sending": (
        "NEW.state NOT IN ('queued', 'sending') OR OLD.state IN ('queued', 'sending')"
        " OR (OLD.state = 'uncertain' AND NEW.state = 'queued' AND OLD.receiver_kind = 'party')",
        "what has left or was stopped does not leave again",
    ),
    "no_stop_afterwards": (
        "NEW.state NOT IN ('cancelled', 'expired') OR OLD.state NOT IN ('sent', 'delivered')",
        "what has left cannot be stopped",
    ),
}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, (must_hold, refusal) in RULES.items():
        if sqlite:
            op.execute(f"""
                CREATE TRIGGER deliveries_{name} BEFORE UPDATE ON deliveries WHEN NOT ({must_hold})
                BEGIN SELECT RAISE(ABORT, '{refusal}'); END""")
        else:
            op.execute(f"""
                CREATE FUNCTION deliveries_{name}() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END $$""")
            op.execute(f"""
                CREATE TRIGGER deliveries_{name} BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NOT ({must_hold}))
                EXECUTE FUNCTION deliveries_{name}()""")


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name in RULES:
        op.execute(f"DROP TRIGGER deliveries_{name}" + ("" if sqlite else " ON deliveries"))
        if not sqlite:
            op.execute(f"DROP FUNCTION deliveries_{name}()")
