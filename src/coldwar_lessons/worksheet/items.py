"""Quiz items in the form that a pen can answer, and their answers for the key: one form for each interaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coldwar_lessons.content.dates import describe_date
from coldwar_lessons.content.items import (
    ChoiceItem,
    Item,
    MatchItem,
    MultipleChoiceItem,
    OrderItem,
    PlaceEventItem,
    SelectPassageItem,
    ShortTextItem,
)
from coldwar_lessons.content.load import Course
from coldwar_lessons.content.questions import (
    Choice,
    ChoiceQuestion,
    MatchQuestion,
    MultipleChoiceQuestion,
    OrderQuestion,
    PlaceEventQuestion,
    Question,
    SelectPassageQuestion,
    ShortTextQuestion,
    skill_name,
)
from coldwar_lessons.grading.scoring import right_slots, slots
from coldwar_lessons.language import commas, either, ngettext, semicolons
from coldwar_lessons.language import gettext as _
from coldwar_lessons.widgets.citing import cite_text
from coldwar_lessons.widgets.passage import short_name
from coldwar_lessons.widgets.quiz_items import event_text, shuffle

from .blocks import Block, block, letters, numbered, writing_lines


def item_block(course: Course, item: Item | Question, number: int) -> Block:
    """One item to be answered with a pen; it shows nothing that helps to the answer.

    Options stand in the sequence in which the printed book shows them too.
    """
    facts = [skill_name(item.skill)]
    if item.points > 1:
        facts.insert(0, ngettext("{count} point", "{count} points", item.points).format(count=item.points))
    form = _form(course, item)
    facts += [part.pop("how") for part in form if "how" in part][:1]
    return block(
        "item",
        number=number,
        prompt=numbered(course, item.prompt),
        facts=" · ".join(facts),
        form=form,
    )


def _form(course: Course, item: Item | Question) -> list[Block]:
    if isinstance(item, ChoiceQuestion | MultipleChoiceQuestion):
        several = isinstance(item, MultipleChoiceQuestion)
        options = [numbered(course, option.text) for option in item.options]
        how = _("Tick all that fit.") if several else _("Tick one.")
        return [block("options", how=how, square=several, options=options)]
    if isinstance(item, SelectPassageQuestion):
        rows = [{"number": short_name(one), "text": course.sentence(one).text} for one in _offered(course, item)]
        return [block("sentences", how=_("Tick what you select."), rows=rows)]
    if isinstance(item, OrderQuestion):
        options = [numbered(course, one.text) for one in shuffle(item.options, item.id, _sequence(item))]
        return [block("order", how=_("Number them, 1 for the first."), options=options)]
    if isinstance(item, MatchQuestion):
        return [
            block(
                "match",
                how=_("Write beside each the letter of what fits it. A letter may serve twice, or not at all."),
                premises=[numbered(course, one.text) for one in item.premises],
                options=[numbered(course, one.text) for one in _shuffled_options(item)],
            )
        ]
    if isinstance(item, PlaceEventQuestion):
        return [
            block(
                "place",
                how=_("Write the letter of each event on the line where it belongs."),
                cards=[one.title or event_text(course, one.id) for one in shuffle(item.options, item.id)],
                anchors=[
                    {"date": describe_date(course.named("events", one).date), "title": event_text(course, one)}
                    for one in item.anchors
                ],
            )
        ]
    if isinstance(item, ShortTextQuestion):
        return [block("lines", count=1)]
    return [block("starters", texts=[numbered(course, one) for one in item.starters]), writing_lines(item.words)]


def answer_block(course: Course, item: Item, number: int) -> Block:
    """The answer of one item for the key: in short, and a reason for every option."""
    return block(
        "answer",
        number=number,
        prompt=numbered(course, item.prompt),
        short=short_answer(course, item),
        rows=_reasons(course, item),
        notes=" ".join(_notes(course, item)),
    )


def _notes(course: Course, item: Item) -> Iterator[str]:
    """Where to read again, what the facts rest on, and the hints."""
    yield read_again(item.sentences)
    if item.sources:
        yield _("Facts: {sources}.").format(sources=cite_text(course, item.sources))
    for hint in item.hints:
        yield _("Hint: {hint}").format(hint=numbered(course, hint))


def read_again(sentences: Iterable[str]) -> str:
    """Which sentences to read again."""
    return _("Read again: {sentences}.").format(sentences=commas(map(short_name, sentences)))


def short_answer(course: Course, item: Item) -> str:
    """What a correct sheet shows, in the letters and numbers that are printed there."""
    if isinstance(item, ChoiceItem | MultipleChoiceItem):
        named = letters(option.id for option in item.options)
        key = [item.key] if isinstance(item, ChoiceItem) else sorted(item.key, key=lambda one: named[one])
        return " ".join(named[one] for one in key)
    if isinstance(item, SelectPassageItem):
        return " ".join(short_name(one) for one in item.key)
    if isinstance(item, OrderItem):
        named = letters(option.id for option in shuffle(item.options, item.id, item.key))
        return " ".join(named[one] for one in item.key)
    if isinstance(item, MatchItem):
        named = letters(option.id for option in _shuffled_options(item))
        return commas(f"{n} {named[item.key[one.id]]}" for n, one in enumerate(item.premises, 1) if one.id in item.key)
    if isinstance(item, PlaceEventItem):
        return commas(f"{name} {where}" for name, where in _places(course, item).items())
    if isinstance(item, ShortTextItem):
        return item.key[0]
    return _("marked with the rubric")


def _reasons(course: Course, item: Item) -> list[Block]:
    if isinstance(item, ChoiceItem | MultipleChoiceItem):
        key = {item.key} if isinstance(item, ChoiceItem) else set(item.key)
        named = letters(option.id for option in item.options)
        return [_reason(course, named[o.id], o.text, o.feedback, right=o.id in key) for o in item.options]
    if isinstance(item, SelectPassageItem):
        by_id = {option.id: option.feedback for option in item.options}
        return [_reason(course, short_name(o), "", by_id[o], right=o in item.key) for o in _offered(course, item)]
    if isinstance(item, OrderItem):
        named = letters(option.id for option in shuffle(item.options, item.id, item.key))
        options = {option.id: option for option in item.options}
        return [_reason(course, named[one], options[one].text, options[one].feedback) for one in item.key]
    if isinstance(item, MatchItem):
        named = letters(option.id for option in _shuffled_options(item))
        return [
            _reason(course, f"{n} {named.get(item.key.get(one.id, ''), '')}", one.text, one.feedback)
            for n, one in enumerate(item.premises, 1)
        ]
    if isinstance(item, PlaceEventItem):
        cards = shuffle(item.options, item.id)
        named = letters(option.id for option in cards)
        dates = {option.id: describe_date(course.named("events", option.id).date) for option in cards}
        return [
            _reason(course, named[o.id], commas((event_text(course, o.id), dates[o.id])), o.feedback) for o in cards
        ]
    if isinstance(item, ShortTextItem):
        accepted = _("{answers} (also accepted)").format(answers=semicolons(item.key[1:])) if len(item.key) > 1 else ""
        return [
            _reason(course, item.key[0], accepted, item.feedback.correct, right=True),
            *(_reason(course, semicolons(near.answers), "", near.feedback, right=False) for near in item.near),
            _reason(course, _("anything else"), "", item.feedback.incorrect, right=False),
        ]
    return []


def _reason(course: Course, name: str, text: str, feedback: str, *, right: bool | None = None) -> Block:
    return {"name": name, "text": numbered(course, text), "reason": numbered(course, feedback), "right": right}


def _offered(course: Course, item: SelectPassageQuestion) -> list[str]:
    every = course.sentence_ids()
    return sorted((option.id for option in item.options), key=every.index)


def _sequence(item: OrderQuestion) -> Sequence[str]:
    return item.key if isinstance(item, OrderItem) else ()


def _shuffled_options(item: MatchQuestion) -> list[Choice]:
    never = [item.key.get(one.id, "") for one in item.premises] if isinstance(item, MatchItem) else ()
    return shuffle([*item.options], item.id, never)


def _places(course: Course, item: PlaceEventItem) -> dict[str, str]:
    """For the letter of each card the numbers of the lines on which it is right."""
    right = right_slots(item, course)
    named = letters(option.id for option in shuffle(item.options, item.id))
    lines = list(enumerate(slots(item), 1))
    return {named[one]: either(str(n) for n, slot in lines if slot in right[one]) for one in named}
