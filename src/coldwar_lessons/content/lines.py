"""Where the parts of a content file stand in it."""

from __future__ import annotations

from typing import TypeAlias

Location: TypeAlias = tuple[str | int, ...]


class Lines(dict[Location, int]):
    """Line numbers by location in the document, for example ``("items", 2, "key")``."""

    def nearest(self, location: Location) -> int:
        """Line of the location, or of the innermost known place that holds it."""
        for end in range(len(location), -1, -1):
            if location[:end] in self:
                return self[location[:end]]
        return 1
