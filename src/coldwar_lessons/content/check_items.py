"""Checking how items are written: rules of item writing that a machine can apply.

Each rule names its published source. Most come from the 31 guidelines of Haladyna, Downing and Rodriguez,
"A Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment", *Applied Measurement in
Education* 15(3), 2002, 309-334, doi 10.1207/s15324818ame1503_5 (below: HDR 2002). A rule is a servant: an
item that breaks one on purpose says so in ``waive``, with the rule's name and a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from coldwar_lessons.language import gettext as _

from . import items as it
from .check_walk import entries, fault_at, repeated
from .faults import Fault, did_you_mean
from .lines import Location
from .load import Place, Reading
from .models import Block
from .quotations import find_words

Finding: TypeAlias = tuple[Location, str]
Rule: TypeAlias = Callable[[it.Item], Iterator[Finding]]

#: How much longer than every other option a key may be.
LONGEST = 1.15
#: Highest Flesch-Kincaid grade of a prompt; a reader of 17 sits in grade 11 or 12.
GRADE = 10.0

_NEGATIVE = re.compile(r"\b(?:not|never|except|incorrect|untrue|(?<!at )least|\w+n['’]t|cannot)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:(–—]|\b(?:that|because|although|though|if|when|whether|unless|while)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"^(?:which|what|who|whom|whose|where|when|why|how|in which|select|pick|choose|find|mark)\b", re.IGNORECASE
)
_ALL_OR_NONE = re.compile(
    r"\bof the above\b|\b(?:all|none|both|neither|any) of (?:these|them|those)(?: (?:answers|options|statements))?\W*$"
    r"|^(?:both )?[a-e] and [a-e]\W*$",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\b(?:p|fn)\d{1,2}\.s\d|“|\bfootnote|\bheading\b|\btitle\b|\bparagraphs? \d|\[…\]")
_RANGE = re.compile(r"(\d+)\s*(?:-|–|to)\s*(\d+)")


def check_items(reading: Reading) -> Iterator[Fault]:
    """Every item that breaks a rule without waiving it, and every waiver that waives nothing."""
    if reading.course is None:
        return
    paper = reading.course.paper
    names = {paper.reference, *(part.text for part in paper.parts if isinstance(part, Block))}
    rules: dict[str, Rule] = {**RULES, "unanchored-feedback": partial(find_unanchored_feedback, names=names)}
    for kind, quiz, place in entries(reading.course):
        if kind == "quizzes":
            for index, item in enumerate(quiz.items):
                yield from _check_item(item, place, ("items", index), rules)


def _check_item(item: it.Item, place: Place, at: Location, rules: Mapping[str, Rule]) -> Iterator[Fault]:
    for name, rule in rules.items():
        found = list(rule(item))
        if name in item.waive:
            if not found:
                message = _("nothing to waive: the item keeps to {name!r}: take the waiver out").format(name=name)
                yield fault_at(place, (*at, "waive", name), message)
            continue
        for location, message in found:
            yield fault_at(place, (*at, *location), f"{message} [{name}]")
    for name in item.waive:
        if name not in RULES:
            yield fault_at(
                place,
                (*at, "waive", name),
                _("no rule {name!r} to waive: {hint}").format(name=name, hint=did_you_mean(name, RULES)),
            )


def find_longest_key(item: it.Item) -> Iterator[Finding]:
    """The key is longer than every other option by more than 15 %.

    HDR 2002, guideline 24: the choices should be of about equal length.
    """
    if isinstance(item, it.ChoiceItem):
        key = max((len(option.text) for option in item.options if option.id == item.key), default=0)
        next_longest = max((len(option.text) for option in item.options if option.id != item.key), default=key)
        if key > LONGEST * next_longest:
            message = _(
                "the key is the longest option by far ({count} characters, the next {next}), which gives it away: "
                "shorten it or lengthen another"
            )
            yield ("key",), message.format(count=key, next=next_longest)


def find_all_or_none(item: it.Item) -> Iterator[Finding]:
    """An option says "all of the above", "none of these" or "A and B".

    HDR 2002, guidelines 25 (use "none of the above" with care) and 26 (avoid "all of the above").
    """
    for index, text in _option_texts(item):
        if _ALL_OR_NONE.search(text):
            yield ("options", index), _("an option that speaks of the other options: say what it means, or drop it")


def find_negative_stem(item: it.Item) -> Iterator[Finding]:
    """The question itself asks for what is not so.

    HDR 2002, guideline 17: word the stem positively. Only the main clause of a question counts: "Which words show
    that the author is not the Prime Minister?" asks for something that is there.
    """
    if isinstance(item, it.ShortTextItem | it.ExtendedTextItem | it.OrderItem | it.PlaceEventItem):
        return
    for sentence in re.split(r"(?<=[.?!])\s+", re.sub(r"“[^”]*”", "“”", item.prompt)):
        main = _CLAUSE.split(sentence)[0]
        if (_ASKING.match(sentence) or sentence.endswith("?")) and _NEGATIVE.search(main):
            yield (
                ("prompt",),
                _("the question asks for what is not so (“{words}”): ask for what is so").format(words=main.strip()),
            )


def find_overlap(item: it.Item) -> Iterator[Finding]:
    """Two options say the same, one holds the other, or two ranges of numbers overlap.

    HDR 2002, guideline 22: the choices should not overlap.
    """
    texts = [(index, _bare(text)) for index, text in _option_texts(item)]
    spans = [tuple(map(int, match.groups())) if (match := _RANGE.fullmatch(text)) else None for _at, text in texts]
    for later in range(len(texts)):
        for earlier in range(later):
            (i, one), (j, other) = texts[earlier], texts[later]
            span, against = spans[earlier], spans[later]
            if one == other:
                yield (
                    ("options", j),
                    _("options {one} and {other} say the same: change one").format(one=i + 1, other=j + 1),
                )
            elif span and against:
                if span[0] <= against[1] and against[0] <= span[1]:
                    yield (
                        ("options", j),
                        _("the ranges of options {one} and {other} overlap: part them").format(one=i + 1, other=j + 1),
                    )
            elif not isinstance(item, it.OrderItem) and (find_words(one, other) >= 0 or find_words(other, one) >= 0):
                yield (
                    ("options", j),
                    _("option {one} and option {other} overlap, one holds the other: part them").format(
                        one=j + 1, other=i + 1
                    ),
                )


def find_same_feedback(item: it.Item) -> Iterator[Finding]:
    """Two options get the same feedback, which then cannot fit both.

    Shute, "Focus on Formative Feedback", *Review of Educational Research* 78(1), 2008, 153-189,
    doi 10.3102/0034654307313795: feedback should speak to the answer that was given.
    """
    texts = [(location, _bare(text)) for location, text, _part in _feedback(item)]
    for index, _one in repeated([text for _at, text in texts]):
        yield texts[index][0], _("this feedback stands with another answer already: say what is wrong with this one")


def find_unanchored_feedback(item: it.Item, names: Collection[str] = ()) -> Iterator[Finding]:
    """Feedback on a wrong answer names neither words of the paper nor a source.

    Shute 2008 (see :func:`find_same_feedback`): feedback should be specific and show how to do better. Here that
    means a sentence (p3.s8), a “quotation”, a part of the sheet such as the footnote or a line named in ``names``, or
    a cited source of the item.
    Sentences to select and events to place are such words and such a source; steps to order are not wrong in
    themselves.
    """
    if item.sources or isinstance(item, it.SelectPassageItem | it.PlaceEventItem | it.OrderItem):
        return
    for location, text, wrong in _feedback(item):
        if wrong and not _POINTER.search(text) and not any(name in text for name in names):
            yield (
                location,
                _("this feedback sends nobody to the words: name a sentence, such as (p3.s8), or cite a source"),
            )


def find_hard_prompt(item: it.Item) -> Iterator[Finding]:
    """The prompt reads harder than grade 10.

    Flesch-Kincaid grade level: Kincaid, Fishburne, Rogers and Chissom, *Derivation of New Readability Formulas for
    Navy Enlisted Personnel*, Research Branch Report 8-75, 1975. The paper's own words in it do not count.
    """
    grade = reading_grade(item.prompt)
    if grade > GRADE:
        yield (
            ("prompt",),
            _("the prompt reads at grade {grade:.0f}, above {most:.0f}: shorter sentences, plainer words").format(
                grade=grade, most=GRADE
            ),
        )


RULES: Mapping[str, Rule] = {
    "longest-key": find_longest_key,
    "all-or-none": find_all_or_none,
    "negative-stem": find_negative_stem,
    "overlap": find_overlap,
    "same-feedback": find_same_feedback,
    "unanchored-feedback": find_unanchored_feedback,
    "hard-prompt": find_hard_prompt,
}


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade level: 0.39 words a sentence + 11.8 syllables a word − 15.59.

    A quotation counts as one short word.
    """
    bare = re.sub(r"“[^”]*”", "words", text)
    sentences = [part for part in re.split(r"[.?!:;]+(?:\s|$)", bare) if re.search(r"\w", part)]
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", bare)
    if not words:
        return 0.0
    syllables = sum(count_syllables(word) for word in words)
    return 0.39 * len(words) / max(1, len(sentences)) + 11.8 * syllables / len(words) - 15.59


def count_syllables(word: str) -> int:
    """Syllables of an English word, by its groups of vowels without a silent e.

    Examples
    --------
    >>> [count_syllables(word) for word in ("gestures", "changed", "table", "the")]
    [2, 1, 2, 1]
    """
    small = word.casefold()
    count = len(re.findall(r"[aeiouyàâäéèêëîïôöûü]+", small))
    if count > 1 and re.search(r"(?:[^l]e|[^aeiouy]les?|[^tdaeiouy]ed|[^sxzc]es|[^aeiou]res)$", small):
        silent = not re.search(r"(?:[^aeiouy]les?|[td]ed)$", small)
        count -= silent
    return max(1, count)


def _option_texts(item: it.Item) -> Iterator[tuple[int, str]]:
    if isinstance(item, it.ChoiceItem | it.MultipleChoiceItem | it.OrderItem | it.MatchItem):
        options: Sequence[it.Option | it.MatchOption] = item.options
        for index, option in enumerate(options):
            yield index, option.text


def _feedback(item: it.Item) -> Iterator[tuple[Location, str, bool]]:
    """Every feedback of an item: its place, its text, and whether it answers a wrong response."""
    if isinstance(item, it.ShortTextItem):
        yield ("feedback", "correct"), item.feedback.correct, False
        yield ("feedback", "incorrect"), item.feedback.incorrect, True
        for index, near in enumerate(item.near):
            yield ("near", index, "feedback"), near.feedback, True
    elif isinstance(item, it.MatchItem):
        for index, premise in enumerate(item.premises):
            yield ("premises", index, "feedback"), premise.feedback, True
    elif not isinstance(item, it.ExtendedTextItem):
        right = {item.key} if isinstance(item, it.ChoiceItem) else set(getattr(item, "key", ()))
        options: Sequence[it.Option | it.PassageOption | it.EventOption] = item.options
        for index, option in enumerate(options):
            yield ("options", index, "feedback"), option.feedback, option.id not in right


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[\w–-]+", text.casefold()))
