"""What may stand in curly double quotes, and where prose is told apart from code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.load import load_paper
from coldwar_lessons.content.markdown import Call, Link, read_markdown
from coldwar_lessons.content.quotations import Quotable, find_faults, find_words, quoted_from

ROOT = Path(__file__).resolve().parents[2]
PAPER = load_paper(ROOT)
ALLOWED = Quotable.of(PAPER, ["Iron Curtain", "new course"])


@pytest.mark.parametrize(
    "quotation",
    [
        "a policy".replace("a p", "A p"),
        "wishful thinking",
        "the present 3 or 5-man Directorate",
        "Stalin’s prestige",
        "leaving off doing things which we have not been doing to them",
        "these gestures … do not yet amount to much",
        "these gestures […] do not yet amount to much",
        "Internal changes … in the long run",
        "SECRET",
        "C.(53)187",
        "[…]",
        "New Course",
        "iron  curtain",
        "a desire\non the part of the new rulers",
        "(i) a desire",
    ],
)
def test_words_of_the_paper_and_terms_may_be_quoted(quotation: str) -> None:
    assert ALLOWED.allows(quotation)


@pytest.mark.parametrize(
    "quotation",
    [
        "",
        "…",
        " … ",
        "Wishful thinking",
        "wishful thinking.",
        "wishful-thinking",
        "Stalin's prestige",
        "gest",
        "estures",
        "do not yet amount to much … these gestures",
        "these gestures … do not yet amount to nothing",
        "the new courses",
        "internal changes",
    ],
)
def test_other_words_may_not(quotation: str) -> None:
    assert not ALLOWED.allows(quotation)


@given(start=st.integers(0, 500), words=st.integers(1, 12))
def test_any_run_of_words_may_be_quoted(start: int, words: int) -> None:
    run = " ".join(ALLOWED.text.split()[start : start + words])
    if run:
        assert ALLOWED.allows(run)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It speaks of “wishful thinking” and “prestige”.", []),
        ("‘Single’ quotes, isn't it, and 5′ are free.", []),
        ("It calls them “many “steps” to reduce”.", ["is not in the paper"]),
        ("“than “leaving off doing things which we have not been doing to them””", []),
        ("“than “leaving off doing things””", ["is not in the paper"]),
        ("“wishful", ["never closed"]),
        ("wishful”", ["never opened"]),
        ("“a” “b” “prestige”", ["“b” is not in the paper"]),
        ('say "wishful" and "prestige"', ["straight double quotes"]),
        ("“" + "x" * 200 + "”", ["xxx…” is not in the paper"]),
        ("", []),
    ],
)
def test_faults_of_a_text(text: str, found: list[str]) -> None:
    messages = [message for _, message in find_faults(text, ALLOWED.allows)]
    assert len(messages) == len(found)
    assert all(part in message for part, message in zip(found, messages, strict=True))


@given(st.text(alphabet="“”\"…[] ab\n'‘’", max_size=40))
def test_any_text_can_be_looked_at(text: str) -> None:
    for offset, message in find_faults(text, ALLOWED.allows):
        assert text[offset] in '“”"'
        assert message


def test_offset_is_that_of_the_quotation() -> None:
    text = "It says “prestige”,\nthen “nonsense”."
    assert find_faults(text, ALLOWED.allows)[0][0] == text.index("“nonsense")


def test_whole_words_only() -> None:
    assert find_words("a", "banana a") == 7
    assert find_words("", "banana") == -1
    assert find_words("not", "nothing, not") == 9
    assert quoted_from("one … three", "one two three")
    assert not quoted_from("three … one", "one two three")


# --- Markdown -----------------------------------------------------------------------------------------

PAGE = """---
title: "Front matter is not prose"
---

# A “title”

First line
second *line* with `"code"` and [a
link](other.md "its title").

| a | b |
| - | - |
| “c” | d |

```python
print("no prose")
```

```{note} The “label”
:class: "option"
Body with “words”.

[In it](deep.md)
```

:::{card} A card
:link: "x"
Its “text”.
:::

```{quiz} gestures
```

- {where}`p3.s8` in a list

<div title="html">no "text"</div>

![An “image”](pic.png)
"""


def test_prose_is_told_apart_from_code() -> None:
    prose = read_markdown(PAGE)
    texts = {run.line: run.text for run in prose.runs}
    assert '"' not in "".join(texts.values())
    assert texts[5] == "A “title”"
    assert texts[7].splitlines() == ["First line", "second line with   and a", "link."]
    assert "“c”" in [run.text for run in prose.runs]
    assert texts[21] == "Body with “words”."
    assert texts[28] == "Its “text”."
    assert "An “image”" in texts.values()


def test_links_directives_and_roles_have_their_lines() -> None:
    prose = read_markdown(PAGE)
    assert prose.links == (Link("other.md", 8), Link("deep.md", 23), Link("pic.png", 38))
    assert [(call.name, call.argument, call.line) for call in prose.calls] == [
        ("card", "A card", 26),
        ("note", "The “label”", 19),
        ("quiz", "gestures", 31),
        ("where", "p3.s8", 34),
    ]
    assert prose.calls[0].options == (("link", '"x"'),)


def test_line_of_a_word_in_a_run() -> None:
    (run,) = read_markdown("one\ntwo\nthree").runs
    assert run.line_of(run.text.index("three")) == 3


def test_directive_with_options() -> None:
    (call,) = read_markdown("```{timeline}\n:lanes: korea western\n:place:\n```\n").calls
    assert call == Call("timeline", "", 1, (("lanes", "korea western"), ("place", "")))


@given(st.text(alphabet='`{}:[]()!*_#>-|~ \n"“”ab<>/', max_size=80))
def test_any_markdown_is_read(text: str) -> None:
    prose = read_markdown(text)
    lines = text.count("\n") + 1
    assert all(1 <= run.line <= lines for run in prose.runs)
    assert all(1 <= link.line <= lines for link in prose.links)
