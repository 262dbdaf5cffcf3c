"""The switch of track: is the police's case the same, the police let theirs go, and the whole course for both."""

from app.room.succession import release as release
from app.room.succession.course import sides as sides
from app.room.succession.same import may_answer as may_answer
from app.room.succession.same import may_summarise as may_summarise
from app.room.succession.same import questions as questions
from app.room.succession.same import second_thoughts as second_thoughts
