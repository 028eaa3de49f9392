"""Parse many hand-ins fast: what :func:`~coldwar_lessons.grading.records.parse_json` says, in half the time.

Python's own parser must call back into Python for every object to find a key that stands twice. jiter, the parser
inside pydantic, finds that itself. It is needed only where a teacher marks, so a student's installation goes without.
"""

from __future__ import annotations

import jiter

from .records import MAX_BYTES, MAX_TEXT, Json, parse_json, refuse_excess


def parse_hand_in(data: bytes) -> Json:
    """Parse bytes that somebody else wrote; exactly as :func:`~coldwar_lessons.grading.records.parse_json` does.

    Raises
    ------
    RecordError
        If they are too many, not UTF-8, not JSON, hold NaN or Infinity or a key twice, or are nested too deeply.
    """
    if len(data) > MAX_BYTES:
        return parse_json(data)
    try:
        value = jiter.from_json(data, allow_inf_nan=False, catch_duplicate_keys=True, cache_mode="keys")
    except ValueError:
        # What one parser refuses the other judges, and says why in the words that students know.
        return parse_json(data)
    refuse_excess(value, texts=len(data) > MAX_TEXT)
    return value
