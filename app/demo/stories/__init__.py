"""The nights of Lindevangen, told through the real operations: the area's own cases, and a false activation."""

from datetime import UTC, datetime

from app.demo.acts import Story
from app.demo.stories.club import club
from app.demo.stories.false_alarm import false_alarm
from app.demo.stories.fire import fire
from app.demo.stories.gathering import gathering
from app.demo.stories.neighbours import neighbours
from app.demo.stories.rumour import rumour
from app.demo.stories.shooting import shooting
from app.demo.stories.stabbing import stabbing

STORIES: tuple[tuple[datetime, Story], ...] = (
    (datetime(2026, 11, 20, 13, 5, tzinfo=UTC), rumour),
    (datetime(2026, 11, 21, 22, 40, tzinfo=UTC), shooting),
    (datetime(2026, 11, 22, 19, 15, tzinfo=UTC), false_alarm),
    (datetime(2026, 11, 23, 17, 20, tzinfo=UTC), club),
    (datetime(2026, 11, 24, 14, 40, tzinfo=UTC), stabbing),
    (datetime(2026, 11, 25, 19, 55, tzinfo=UTC), gathering),
    (datetime(2026, 11, 26, 16, 35, tzinfo=UTC), fire),
    (datetime(2026, 11, 27, 20, 10, tzinfo=UTC), neighbours),
)
