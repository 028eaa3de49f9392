"""The gradebook's tables.

Ids of students and of content are texts that a person can read. What differs from item to item is kept as one JSON
object a quiz, not as a row a response: a school's term then is thousands of rows, not millions, and both databases
can look into the object (``json_each``, ``->>``).
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

#: Everybody on a roster that hand-ins were marked with, also who has handed in nothing.
students = sa.Table(
    "student",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("number", sa.String(80), nullable=False),
    sa.Column("class", sa.String(120), nullable=False),
)
hand_ins = sa.Table(
    "hand_in",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, unique=True),
    sa.Column("student", sa.ForeignKey("student.key"), nullable=False),
    sa.Column("created", sa.String(40), nullable=False),
    sa.Column("received", sa.String(40), nullable=False),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
)
#: One quiz of one hand-in, scored with the teacher's keys. Its responses are a JSON object: item id to the response
#: that counts, its score in points, and the number of tries; where there were several, then the first response and
#: its score in points without a penalty; and where the number of tries counts, then all that it is worked out from:
#: the responses, how many tries are allowed, and the penalty.
quiz_results = sa.Table(
    "quiz_result",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("hand_in", sa.ForeignKey("hand_in.id"), nullable=False),
    sa.Column("student", sa.ForeignKey("student.key"), nullable=False),
    sa.Column("lesson", sa.String(80), nullable=False),
    sa.Column("quiz", sa.String(80), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("score", sa.Float, nullable=False, comment="Sum of the scores, in points."),
    sa.Column(
        "responses", sa.JSON, nullable=False, comment="Item id to [response, score, tries, first response, its score]."
    ),
)
#: One forecast of one hand-in: stated probabilities, which nobody marks.
forecasts = sa.Table(
    "forecast",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("hand_in", sa.ForeignKey("hand_in.id"), nullable=False),
    sa.Column("student", sa.ForeignKey("student.key"), nullable=False),
    sa.Column("lesson", sa.String(80), nullable=False),
    sa.Column("activity", sa.String(80), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("values", sa.JSON, nullable=False, comment="Question id to the stated probability, in per cent."),
)
#: One text of one hand-in, for a person to mark.
writings = sa.Table(
    "writing",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("hand_in", sa.ForeignKey("hand_in.id"), nullable=False),
    sa.Column("student", sa.ForeignKey("student.key"), nullable=False),
    sa.Column("lesson", sa.String(80), nullable=False),
    sa.Column("task", sa.String(80), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    # Students hand in the same text again and again, with the rest of a workbook: it is one attempt.
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("self_check", sa.JSON, nullable=False),
    sa.Index("writing_by_task", "task", "student"),
)
#: What markers gave, one row a change: nothing is overwritten, and two who change the same field cannot both be
#: the next revision. See :mod:`coldwar_lessons.grading.markings`.
markings = sa.Table(
    "marking",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("writing", sa.ForeignKey("writing.id"), nullable=False),
    sa.Column("field", sa.String(120), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("marker", sa.String(200), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("continues", sa.Boolean, nullable=False),
    sa.Column("undoes", sa.Integer, nullable=True),
    sa.UniqueConstraint("writing", "field", "revision"),
    sa.Index("marking_by_marker", "marker", "id"),
)
#: Files that could not be marked, until a file of the same name can.
set_aside = sa.Table(
    "set_aside",
    metadata,
    sa.Column("origin", sa.String(1000), primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)
