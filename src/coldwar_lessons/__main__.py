"""``python -m coldwar_lessons`` is the same as ``coldwar-lessons``."""

import sys

from coldwar_lessons.cli import main

if __name__ == "__main__":
    sys.exit(main())
