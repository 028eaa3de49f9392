"""The marking desk: a page on the teacher's own machine where essays are marked against their rubric."""
