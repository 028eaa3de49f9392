"""The Python half of each widget, and its HTML fallback."""
