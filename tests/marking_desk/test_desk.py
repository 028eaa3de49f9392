"""Marking over HTTP, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest

from coldwar_lessons.grading.essays import Essay, marked_essays, writing_tasks
from coldwar_lessons.grading.gradebook import Gradebook
from coldwar_lessons.grading.markings import change, last_change
from coldwar_lessons.marking_desk.desk import Desk
from tests.grading.essay_class import NAMES, TASK, course, hand_in_essay, samples
from tests.grading.hand_ins import LESSON
from tests.marking_desk.serving import Client, served

BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
ROWS = ("phrase", "cases", "horizon", "verdict")
CHOSEN = {f"level__{row}": "2" for row in ROWS} | {f"base__level__{row}": "0" for row in ROWS}


@pytest.fixture
def gradebook(database: str, tmp_path: Path) -> Iterator[Gradebook]:
    book = Gradebook(database)
    for number in (1, 2, 3, 4):
        hand_in_essay(book, tmp_path, number, f"{samples()[number % 3]}\nAnswer {number}, see p3.s8.")
    yield book
    book.close()


@pytest.fixture
def make_desk(gradebook: Gradebook) -> Callable[..., Desk]:
    def make(marker: str = "me", *, hidden: bool = False) -> Desk:
        tasks = writing_tasks(course())
        return Desk(gradebook, course(), tasks, marker, names_hidden=hidden, opened=last_change(gradebook))

    return make


@pytest.fixture
def client(make_desk: Callable[..., Desk]) -> Iterator[Client]:
    with served(make_desk()) as client:
        yield client.enter()


def address(desk: Desk, number: int, to: str = "") -> str:
    """Address of the essay that stands at this number, from 1."""
    essay: Essay = desk.essays(TASK)[number - 1]
    return f"/essay/{TASK}/{essay.newest.slug}{to}"


def levels(gradebook: Gradebook, number: int = 1) -> dict[str, int]:
    return dict(marked_essays(gradebook, course())[number - 1].levels)


# --- without scripts -------------------------------------------------------------------------------


def test_the_list_says_how_far_the_marking_is_and_leads_to_the_first_essay(
    client: Client, make_desk: Callable[..., Desk]
) -> None:
    page = client.ask("/")
    assert "0 of 4 marked" in page.words
    assert "Unmarked (4) All (4) Marked later (0)" in page.words
    assert page.text.index("Ann Archer") < page.text.index("Bob Baker")
    assert f'href="{address(make_desk(), 1)}?show=unmarked" class="primary go-on">Begin marking' in page.text


@BOTH
def test_a_form_saves_every_row_and_goes_to_the_next_unmarked_essay(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook
) -> None:
    desk = make_desk()
    answer = client.post(
        address(desk, 1), go="next", **CHOSEN, comment__cases="What did it cost?\r\nSay so.", base__comment__cases="0"
    )
    assert (answer.status, answer.headers["Location"]) == (303, f"{address(desk, 2)}?show=unmarked")
    (ann, *_) = marked_essays(gradebook, course())
    assert (ann.points, ann.comments, ann.markers) == (8, {"cases": "What did it cost?\nSay so."}, ("me",))
    page = client.ask(address(desk, 1))
    assert 'name="level.phrase" value="2" checked' in page.text
    assert "8 of 12 points" in page.words
    assert "1 of 4 marked" in page.words


def test_the_walk_goes_round_what_is_unmarked_and_ends_at_the_list(
    client: Client, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk()

    def following(number: int, show: str = "unmarked") -> str:
        return client.ask(f"{address(desk, number, '/next')}?show={show}").headers["Location"]

    assert following(4) == f"{address(desk, 1)}?show=unmarked"
    assert following(4, "all") == f"/?task={TASK}&done=yes"
    client.post(address(desk, 1), go="stay", later="yes", base__later="0")
    assert following(4) == f"{address(desk, 2)}?show=unmarked"
    assert following(2, "later") == f"{address(desk, 1)}?show=later"
    for number in (2, 3, 4):
        client.post(address(desk, number), go="stay", **CHOSEN)
    assert following(4) == f"{address(desk, 1)}?show=unmarked"
    client.post(address(desk, 1), go="stay", **CHOSEN)
    assert following(1) == f"/?task={TASK}&done=yes"
    assert "That was the last" in client.ask(following(1)).words
    before = client.ask(address(desk, 3, "/previous?show=unmarked")).headers["Location"]
    assert before == f"{address(desk, 2)}?show=unmarked"


@BOTH
def test_a_comment_to_reuse_is_put_in_by_a_button(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook
) -> None:
    desk = make_desk()
    edition = course().teacher[LESSON].tasks[0].comment_bank["phrase"][0]
    assert f'name="insert.comment.phrase" value="{escape(edition)}"' in client.ask(address(desk, 1)).text
    client.post(
        address(desk, 1),
        comment__phrase="Well quoted.",
        base__comment__phrase="0",
        insert__comment__phrase=edition,
    )
    assert marked_essays(gradebook, course())[0].comments == {"phrase": f"Well quoted.\n{edition}"}
    assert 'value="Well quoted."' in client.ask(address(desk, 2)).text


def test_an_untouched_field_does_not_bury_what_was_changed_elsewhere(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook
) -> None:
    desk = make_desk()
    writing = desk.essays(TASK)[0].newest.writing
    change(gradebook, writing, "level.phrase", "3", base=0, marker="another")
    answer = client.post(address(desk, 1), level__cases="1", base__level__cases="0", base__level__phrase="0", go="stay")
    assert answer.status == 303
    assert levels(gradebook) == {"phrase": 3, "cases": 1}


@BOTH
def test_a_comment_that_somebody_else_changed_meanwhile_is_shown_and_not_buried(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook
) -> None:
    desk = make_desk()
    writing = desk.essays(TASK)[0].newest.writing
    change(gradebook, writing, "comment", "Theirs <b>.", base=0, marker="another")
    answer = client.post(address(desk, 1), comment="Mine.", base__comment="0", go="next")
    assert answer.status == 409
    assert "Not saved: another changed this meanwhile to Theirs <b>" in answer.words
    assert ">\nMine.</textarea>" in answer.text
    assert marked_essays(gradebook, course())[0].comment == "Theirs <b>."
    assert client.post(address(desk, 1), comment="Mine.", base__comment="1").status == 303
    assert marked_essays(gradebook, course())[0].comment == "Mine."


@BOTH
def test_undo_is_a_button_too_and_leads_back_to_where_it_was(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook
) -> None:
    desk = make_desk()
    client.post(address(desk, 1), level__phrase="1", base__level__phrase="0")
    client.post(address(desk, 1), level__phrase="3", base__level__phrase="1")
    answer = client.post(address(desk, 3), go="undo")
    assert answer.headers["Location"].startswith(address(desk, 1))
    assert "Undone: The phrase about leaving off is Basic again." in client.ask(answer.headers["Location"]).words
    assert levels(gradebook) == {"phrase": 1}
    client.post(address(desk, 1), go="undo")
    assert "nothing to undo" in client.post(address(desk, 1), go="undo").words


# --- as the page's script asks -----------------------------------------------------------------------


def test_one_field_is_saved_at_once_and_the_answer_says_how_things_stand(
    client: Client, make_desk: Callable[..., Desk]
) -> None:
    desk = make_desk()
    answer = client.save(address(desk, 1), level__verdict="3", base__level__verdict="0")
    assert answer.status == 200
    assert answer.json["saved"] == ["level.verdict"]
    assert answer.json["fields"]["level.verdict"] | {"at": ""} == {
        "value": "3",
        "revision": 1,
        "marker": "me",
        "at": "",
    }
    assert (answer.json["points"], answer.json["marked"], answer.json["total"]) == ("1 of 4 rows", 0, 4)


@BOTH
def test_a_mark_given_elsewhere_is_in_the_state(client: Client, make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    with served(make_desk("another")) as other:
        other.enter().save(address(desk, 1), level__phrase="2", base__level__phrase="0")
    state = client.ask(address(desk, 1, "/state")).json
    assert (state["fields"]["level.phrase"]["value"], state["fields"]["level.phrase"]["marker"]) == ("2", "another")
    refused = client.save(address(desk, 1), level__phrase="3", base__level__phrase="0")
    assert refused.status == 409
    assert refused.json["conflicts"]["level.phrase"]["value"] == "2"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("level__phrase", "4"),
        ("level__phrase", "0"),
        ("level__phrase", "x"),
        ("level__phrase", "²"),
        ("later", "maybe"),
        ("level__none", "1"),
    ],
)
def test_a_value_that_a_field_cannot_have_is_not_saved(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook, name: str, value: str
) -> None:
    answer = client.save(address(make_desk(), 1), **{name: value, f"base__{name}": "0"})
    assert answer.json["saved"] == []
    assert last_change(gradebook) == 0


def test_a_comment_is_kept_as_text_within_bounds(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook
) -> None:
    desk = make_desk()
    wild = "</textarea><script>alert(1)</script>\0\u202e🙂" + "x" * 9000
    client.save(address(desk, 1), comment=wild, base__comment="0")
    kept = marked_essays(gradebook, course())[0].comment
    assert kept.startswith("</textarea><script>alert(1)</script> \u202e🙂x")
    assert len(kept) == 5000
    assert "&lt;/textarea&gt;&lt;script&gt;" in client.ask(address(desk, 1)).text


def test_the_end_of_the_database_is_told_in_one_line(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook
) -> None:
    path = address(make_desk(), 1)
    with gradebook.engine.begin() as connection:
        connection.exec_driver_sql(
            "create trigger full before insert on marking begin select raise(abort, 'disk is full'); end"
        )
    answer = client.save(path, level__phrase="1", base__level__phrase="0")
    assert (answer.status, answer.json) == (503, {"message": "Not saved: the gradebook refuses: disk is full."})


# --- names -------------------------------------------------------------------------------------------


def test_hidden_names_are_nowhere_and_the_order_tells_nothing(
    make_desk: Callable[..., Desk], gradebook: Gradebook, tmp_path: Path
) -> None:
    hand_in_essay(gradebook, tmp_path, 5, f"By EMIL  Eck. Ford said so. {samples()[1]}")
    desk = make_desk(hidden=True)
    order = [essay.student.name for essay in desk.essays(TASK)]
    assert sorted(order) == sorted(NAMES[:5])
    assert order != sorted(order)
    given = "|".join(name.split()[0] for name in NAMES)
    with served(desk) as client:
        pages = [client.enter().ask(path) for path in ("/", *(address(desk, number) for number in range(1, 6)))]
        for page in pages:
            assert not re.findall(rf"\b(?:{given}|{'|'.join(NAMES)})\b", page.text)
        assert "Essay 5" in pages[0].words
        assert any("By [name hidden]. Ford said so." in page.words for page in pages)
        client.post("/names", names="shown")
        assert "Ann Archer" in client.ask("/").words
        client.post("/names", names="hidden")
    assert [essay.student.name for essay in make_desk(hidden=True).essays(TASK)] == order


def test_the_switch_comes_back_to_the_same_essay(client: Client, make_desk: Callable[..., Desk]) -> None:
    path = address(make_desk(), 2)
    slug = path.rpartition("/")[2]
    answer = client.post("/names", names="hidden", essay=f"{TASK}/{slug}/all")
    assert answer.headers["Location"] == f"{path}?show=all"
    assert client.post("/names", names="hidden", essay="//evil.example/x").headers["Location"] == "/"
    assert client.post("/names", names="hidden", task="//evil.example").headers["Location"] == "/"


# --- what is shown -----------------------------------------------------------------------------------


def test_the_page_has_citations_word_count_plan_own_view_and_samples(
    make_desk: Callable[..., Desk], gradebook: Gradebook, tmp_path: Path
) -> None:
    checks = [course().lessons[LESSON].writing[0].checklist[0], "Not a check"]
    hand_in_essay(
        gradebook,
        tmp_path,
        6,
        "Pravda printed it (FRUS VIII, doc. 587), as p3.s8 says. p3.s80 does not exist.",
        plan="First\nthen.",
        levels={"phrase": 2, "cases": 9},
        checks=checks,
    )
    desk = make_desk()
    with served(desk) as client:
        page = client.enter().ask(address(desk, 5))
    assert "14 words, aim: 120 to 180 · handed in 20 November 2026" in page.words
    assert page.text.count('class="cite"') == 2
    assert course().sentence("p3.s8").text in page.words
    assert "First then." in page.words
    assert "The phrase about leaving off Proficient" in page.words
    assert "Ticked 1 of" in page.words
    for sample in course().teacher[LESSON].tasks[0].samples:
        assert " ".join(sample.text.split()) in page.words
        assert sample.comment in page.words


def test_a_text_handed_in_again_after_marking_says_so_and_leads_to_the_one_before(
    client: Client, make_desk: Callable[..., Desk], gradebook: Gradebook, tmp_path: Path
) -> None:
    desk = make_desk()
    old = address(desk, 1)
    client.post(old, go="stay", **CHOSEN)
    hand_in_essay(gradebook, tmp_path, 1, "A new text.", "2026-11-25T10:00:00Z")
    new = address(desk, 1)
    assert new != old
    page = client.ask(new)
    assert "Handed in again since it was marked on" in page.words
    assert "(8 of 12 points)" in page.words
    assert "Last time: Emergent" in page.words
    assert f'href="{old}?show=unmarked"' in page.text
    assert "This is an earlier text." in client.ask(old).words
    assert "handed in again since it was marked" in client.ask("/").words
    assert client.ask(f"{old}/state").json["newest"] is False


@pytest.mark.parametrize("path", ["/essay/none/0123456789abcdef", f"/essay/{TASK}/0123456789abcdef", "/nowhere"])
def test_what_is_not_there_is_said_in_one_line(client: Client, path: str) -> None:
    answer = client.ask(path)
    assert answer.status == 404
    assert "There is no such" in answer.words
    assert "Traceback" not in answer.text
