"""Every column of text in every table is deleted by somebody, or stays for a reason that is written here."""

import sqlalchemy as sa

from app import schema
from app.extensions import db
from app.retention.texts import ALARM, LEADER, TEXTS
from app.retention.traces import TRACES

SHAPES = ("_key", "_hash", "_id", "about", "channel", "filename", "kind", "language", "public_id", "slug")
# Table: columns, or "*"; each group says why it stays, or who deletes it.
STAYS = {
    # The area's own settings and the plan: roles and functions, kept as long as they hold.
    "areas": "*", "organisations": "*", "actors": "*", "places": "*", "plans": "*", "data_protection": "*",
    "plan_drafts": "*", "plan_edits": "*", "plan_proposals": "point",
    # Machinery: names of jobs and channels, counters, hashes that let nobody back.
    "heartbeats": "*", "channel_troubles": "*", "sender_buckets": "*", "topic_counters": "*", "erased": "*",
    "failed_attempts": "*", "calendar_feeds": "*", "password_links": "*", "submitted_forms": "*", "log_chains": "*",
    # A login, until it is erased on request; its phones expire.
    "users": "name email phone password_hash", "registered_phones": "label",
    # Contacts and what came by file: gone when the role ends, or with the file after a week.
    "contacts": "*", "contact_points": "*", "point_checks": "*", "contact_imports": "*",
    "contact_import_audiences": "*",
    "contact_import_faults": "*", "contact_import_points": "*", "contact_import_rows": "*", "audience_members": "*",
    # What is sent and received: blanked after half a year, replies after 30 days, notices after a year, files in a day.
    "deliveries": "*", "delivery_attempts": "*", "delivery_receipts": "*", "inbound_messages": "*", "notices": "*",
    "documents": "*", "audit_entries": "*",
    # The chain: content and salt go with the incident, the hashes stay to prove it.
    "log_entries": "content salt", "erasure_requests": "reason", "review_file_parts": "head",
    # Lessons and what came of them; places, not persons; figures.
    "learning_points": "*", "measures": "*", "measure_changes": "*", "review_figures": "figures",
    "walks": "*", "findings": "*", "clearing_reports": "*", "indicator_imports": "*", "survey_rounds": "*",
    "survey_observations": "*", "broadcasts": "audiences place_ids", "colleague_passes": "code_hash", "tasks": "key",
    "publications": "replaces", "sign_up_codes": "token number_key prefix_key",
}  # fmt: skip


def test_no_column_of_text_is_forgotten():
    schema.import_models()
    listed = {c.property.columns[0] for texts in TEXTS for c in texts.becomes}
    listed |= {c.property.columns[0] for c in (*ALARM, *LEADER, *(trace.address for trace in TRACES))}
    forgotten = [f"{c.table.name}.{c.name}" for c in _texts() if c not in listed and not _stays(c)]
    assert not forgotten, (
        f"{', '.join(forgotten)}: say in app/retention/texts.py what becomes of it when its incident's time is up, "
        "in traces.py if it holds an address, or here why it stays."
    )


def _texts():
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            is_text = isinstance(column.type, (sa.String, sa.JSON, sa.LargeBinary))
            if is_text and not isinstance(column.type, sa.Enum) and not column.foreign_keys:
                yield column


def _stays(column):
    kept = STAYS.get(column.table.name, "")
    return kept == "*" or column.name in kept.split() or column.name.endswith(SHAPES) or column.name == "key"
