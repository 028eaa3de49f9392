"""An interactive course on one British Cabinet paper, C.(53)187 of July 1953.

A notebook needs one name::

    from coldwar_lessons import Lesson
    lesson = Lesson("03-gestures")
    lesson.passage("p3.s6", "p3.s8")
"""

from coldwar_lessons.lesson import Lesson

__all__ = ["Lesson", "__version__"]
__version__ = "0.1.0"
