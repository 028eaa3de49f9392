"""nbgrader for a teacher: the course in ``~/c53-187``, which ``coldwar-lessons nbgrader`` makes."""

import os
from pathlib import Path

c = get_config()
c.CourseDirectory.course_id = "c53-187"
c.CourseDirectory.root = str(Path.home() / "c53-187")
c.Exchange.root = os.environ["HUB_EXCHANGE"]
if (Path.home() / "c53-187" / "nbgrader_config.py").is_file():
    load_subconfig("nbgrader_config.py", path=c.CourseDirectory.root)
