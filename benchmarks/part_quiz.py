"""The same ten questions as our quiz and as jupyterquiz."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from figures import Figure, against, gzipped
from mounting import Contender, chromium, measure
from our_page import NAME, STATIC, our_page
from peers import python_peer, version_of

from coldwar_lessons.content.items import ChoiceItem, Item, MultipleChoiceItem, Quiz, ShortTextItem
from coldwar_lessons.content.load import Course, load_course
from coldwar_lessons.widgets.quiz import quiz_spec

QUESTIONS = 10
PEER = "jupyterquiz"
#: Prints what a notebook would keep of ``display_quiz``: the HTML output, then the JavaScript output.
_DISPLAY = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
InteractiveShell.instance()
from jupyterquiz import display_quiz
with capture_output() as kept:
    display_quiz(json.load(sys.stdin))
html, script = (output.data for output in kept.outputs)
print(json.dumps([html["text/html"], script["application/javascript"]]))
"""


def ten_questions(course: Course) -> Quiz:
    """The first questions of the course of kinds that jupyterquiz has too, two of them typed."""
    items = [item for quiz in course.quizzes.values() if quiz.behaviour == "practice" for item in quiz.items]
    typed = [item for item in items if isinstance(item, ShortTextItem)][: QUESTIONS // 5]
    chosen = [item for item in items if isinstance(item, ChoiceItem | MultipleChoiceItem)]
    wanted = {item.id for item in (*chosen[: QUESTIONS - len(typed)], *typed)}
    return Quiz(id="ten", title="Ten questions", items=tuple(item for item in items if item.id in wanted))


def as_jupyterquiz(item: Item) -> dict[str, Any]:
    """One of our items in the form that jupyterquiz reads."""
    if isinstance(item, ShortTextItem):
        right = [{"answer": text, "correct": True, "feedback": item.feedback.correct} for text in item.key]
        near = [
            {"answer": text, "correct": False, "feedback": one.feedback} for one in item.near for text in one.answers
        ]
        other = {"type": "default", "feedback": item.feedback.incorrect}
        return {"question": item.prompt, "type": "string", "answers": [*right, *near, other]}
    if isinstance(item, ChoiceItem | MultipleChoiceItem):
        key = {item.key} if isinstance(item, ChoiceItem) else set(item.key)
        return {
            "question": item.prompt,
            "type": "multiple_choice" if isinstance(item, ChoiceItem) else "many_choice",
            "answers": [
                {"answer": option.text, "correct": option.id in key, "feedback": option.feedback}
                for option in item.options
            ],
        }
    raise TypeError(f"jupyterquiz has no {item.interaction}")


def peer_page(quiz: Quiz) -> Contender:
    """The quiz as a built page shows jupyterquiz's two outputs."""
    environment = {**os.environ, "PYTHONPATH": str(python_peer(PEER))}
    questions = json.dumps([as_jupyterquiz(item) for item in quiz.items])
    done = subprocess.run(
        [sys.executable, "-c", _DISPLAY], input=questions, env=environment, capture_output=True, text=True, check=True
    )
    html, script = json.loads(done.stdout.splitlines()[-1])
    page = (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Measured</title>{clock}</head>'
        f'<body><main><div class="output text_html">{html}</div></div>'
        f'<div class="output javascript"><script type="text/javascript">clock.start();{script}</script></div>'
        "</main></body></html>"
    )
    return Contender(PEER, page)


def run(rounds: int) -> list[Figure]:
    """Measure."""
    course = load_course()
    quiz = ten_questions(course)
    contenders = [our_page(quiz_spec(course, quiz, "benchmark/quiz/ten")), peer_page(quiz)]
    with chromium() as browser:
        results = measure(browser, contenders, rounds)
    ours, peer = results[NAME], results[PEER]
    who = f"{PEER} {version_of(PEER)}"
    return [
        against("quiz: 10 questions mounted", "ms", ours.mount, peer.mount, who, limit=0.5),
        against("quiz: mounted, processor time", "ms", ours.mount_work, peer.mount_work, who, limit=0.5),
        against("quiz: from the page's head to mounted", "ms", ours.page, peer.page, who),
        against("quiz: from the head, processor time", "ms", ours.page_work, peer.page_work, who),
        against("quiz: bytes in all, gzip", "kB", [ours.bytes_sent / 1000], [peer.bytes_sent / 1000], who),
        against("quiz: JavaScript heap above an empty page", "MB", _mb(ours.heap), _mb(peer.heap), who),
        against("quiz: DOM nodes", "", ours.nodes, peer.nodes, who),
        Figure("quiz: code once a page, gzip", "kB", gzipped((STATIC / "quiz.page.js").read_bytes()) / 1000, limit=10),
    ]


def _mb(sizes: list[float]) -> list[float]:
    return [size / 1e6 for size in sizes]
