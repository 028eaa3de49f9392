"""A lesson on paper: worksheets for students and keys for teachers, set with Typst.

Python says *what* stands on a sheet, as blocks of plain JSON (:mod:`.sheet`); the template ``worksheet.typ`` says what
it looks like. The content reaches Typst as data and is shown as text, so nothing in it can be markup or code.
"""
