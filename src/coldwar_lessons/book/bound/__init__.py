"""The book bound for paper and e-readers: one PDF, one EPUB, one zip, each made from the pages that were built.

The built pages are read (:mod:`.pages`), their controls become boxes and lines for a pen (:mod:`.pen`), their links
become links within one book (:mod:`.links`), and answers move to an appendix (:mod:`.answers`). What comes out is what
:mod:`.pdf` prints and :mod:`.epub` packs.
"""
