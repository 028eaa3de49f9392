"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# Timing is no part of a test: a busy machine is not a fault. Speed is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
