"""What the scheduler calls for tasks; one commit per item."""

from app.extensions import db
from app.incidents.locks import locked
from app.tasks import operations, queries
from app.tasks.models import Task


def remind_overdue() -> int:
    """Tell each party once about each task whose deadline has passed. Answers how many were due."""
    due = queries.overdue_unreminded()
    db.session.rollback()
    for task_id in due:
        task = db.session.get_one(Task, task_id)
        locked(task.incident)
        db.session.refresh(task)
        operations.remind(task)
        db.session.commit()
    return len(due)
