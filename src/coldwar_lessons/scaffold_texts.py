"""What the first drafts say. The comments in them teach the fields; ``<name>`` and the like are filled in."""

QUIZ = """\
# yaml-language-server: $schema=<schema>
# Every text that begins with <write> is yours to write: coldwar-lessons check lists them until none is left.
id: <name>
title: "<write> what the quiz is called"
# practice: try as often as you like, feedback at once. tries: so many tries, each wrong one opens a hint.
# graded: no verdict and no key for students.
behaviour: practice
# Options are shuffled for each student, so do not write ‘the first of these’.
shuffle: true
items:
  # One right answer. Other interactions: multiple-choice, order, match, select-passage, place-event, short-text,
  # extended-text; copy one from another quiz.
  - id: <name>-1
    interaction: choice
    prompt: "<write> a question that the words answer?"
    # sourcing, contextualisation, close-reading, corroboration or argument
    skill: close-reading
    # recall, comprehension, analysis or evaluation
    level: comprehension
    # The sentences that the question rests on; a student who misses it is sent back there.
    sentences: [<first>]
    # Opened by who wants it. It helps to look, and does not tell.
    hint: "<write> where to look."
    options:
      # Ids never tell the key. Every option is about as long as the others, and has feedback of its own that leads
      # back to the words: name the sentence, such as (<first>).
      - id: a
        text: "<write> what a quick reader thinks"
        feedback: "<write> why one may think so, and what the words say (<first>)."
      - id: b
        text: "<write> what the words say"
        feedback: "<write> yes, and which words settle it (<first>)."
      - id: c
        text: "<write> what one knows from elsewhere"
        feedback: "<write> it may be true, but where does it stand (<first>)?"
    key: b
  # The student marks the sentence that shows something.
  - id: <name>-2
    interaction: select-passage
    prompt: "<write> which sentence shows it?"
    skill: close-reading
    level: analysis
    sentences: [<first>]
    options:
      - id: <first>
        feedback: "<write> yes, because of these words."
      - id: <other>
        feedback: "<write> look for what is said of it here."
    key: [<first>]
"""

EVENT = """\
# Texts that begin with <write> are yours to write: coldwar-lessons check lists them until none is left.
- id: <name>
  # EDTF: a day (1953-03-05), a month (1953-07), a year (1953) or a span (1953-06-16/1953-06-17)
  date: <date>
  # A strand of the timeline, from data/lanes.yml
  lane: <lane>
  title: "<write> what happened, in a few words"
  summary: "<write> what happened, in two or three sentences of your own."
  significance: "<write> why it matters to the document."
  # Sentences of the document that it bears on
  sentences: [<first>]
  # false for what came later, and for what was kept from the author
  known_by_author: <known>
  # Where it stands: a source from data/sources, the place in it, and the address of that place if it has one. This one
  # only fills the gap.
  sources:
    - source: <source>
      locator: "<write> page or document"
"""

LESSON = """\
# yaml-language-server: $schema=<schema>
# Texts that begin with <write> are yours to write: coldwar-lessons check lists them until none is left.
# What students read stands in notebooks/<name>.ipynb; this file says what the lesson uses.
id: <name>
number: <number>
title: "<write> the lesson's title"
question: "<write> the one question of the lesson?"
# In class, and at home
minutes: 45
home_minutes: 15
# Completes: after this lesson you can … The skills: sourcing, contextualisation, close-reading, corroboration, argument
objectives:
  - skill: close-reading
    text: "<write> say what the sentence claims, and how firmly"
# What the lesson reads; lesson.passage() shows it.
sentences: [<sentences>]
# coldwar-lessons new quiz NAME --lesson <number> adds a quiz here, and its cell in the notebook.
quizzes: []
# Names from data/activities; the cell is lesson.compare("…"), lesson.words_of_doubt("…") and so on, by kind.
activities: []
# Names from data/events; the cell is lesson.timeline(). coldwar-lessons new event NAME --lesson <number> does both.
events: []
# Names from data/terms and data/people; the cells are lesson.terms() and lesson.flashcards().
terms: []
people: []
# Notes that open on words of the passage, to the letter
notes:
  - sentence: <first>
    quote: "<quote>"
    text: "<write> what a reader should know of these words."
# Tasks; each has a cell, lesson.write("…"), and may have a rubric, data/rubrics/<the same name>.yml:
#   - {id: my-task, prompt: What do you make of it?, words: [80, 150]}
writing: []
# What the lesson rests on, besides what its events cite
sources:
  - source: <source>
"""
