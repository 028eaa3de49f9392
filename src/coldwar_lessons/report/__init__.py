"""The teacher's report: what a class understood, on one page that asks nobody for anything."""
