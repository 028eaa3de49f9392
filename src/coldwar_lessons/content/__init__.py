"""The course's content: what it is, reading it, checking it."""
