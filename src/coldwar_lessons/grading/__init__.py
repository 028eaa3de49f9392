"""Scores: always worked out again from what the student answered, never taken from the student's file."""
