"""Dates: what days they mean, how they read, and how wrong ones are refused."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldwar_lessons.content.dates import DateError, date_range, describe_date, precision, read_date
from coldwar_lessons.content.faults import CourseError

READ = {
    "1953-03-05": ("1953-03-05", "1953-03-05", "day", "5 March 1953", True),
    "1952-02-29": ("1952-02-29", "1952-02-29", "day", "29 February 1952", True),
    "1953-06-16/1953-06-17": ("1953-06-16", "1953-06-17", "span", "16 to 17 June 1953", True),
    "1953-06-28/1953-07-03": ("1953-06-28", "1953-07-03", "span", "28 June to 3 July 1953", True),
    "1952-12-17/1953-01-03": ("1952-12-17", "1953-01-03", "span", "17 December 1952 to 3 January 1953", True),
    "1953-03/1953-06": ("1953-03-01", "1953-06-30", "span", "March to June 1953", False),
    "1950-06-25/1953-07": ("1950-06-25", "1953-07-31", "span", "25 June 1950 to July 1953", False),
    "1950/1953": ("1950-01-01", "1953-12-31", "span", "1950 to 1953", False),
    "1953-07": ("1953-07-01", "1953-07-31", "month", "July 1953", False),
    "1953-06-XX": ("1953-06-01", "1953-06-30", "month", "June 1953", False),
    "1953": ("1953-01-01", "1953-12-31", "year", "1953", False),
    "1953-XX-XX": ("1953-01-01", "1953-12-31", "year", "1953", False),
    "1953-21": ("1953-03-01", "1953-05-31", "season", "spring 1953", False),
    "1953-22/1953-23": ("1953-06-01", "1953-11-30", "span", "summer 1953 to autumn 1953", False),
    "195X": ("1950-01-01", "1959-12-31", "decade", "the 1950s", False),
    "19XX": ("1900-01-01", "1999-12-31", "century", "between 1900 and 1999", False),
    "1953~": ("1953-01-01", "1953-12-31", "year", "about 1953", False),
    "1953-07?": ("1953-07-01", "1953-07-31", "month", "perhaps July 1953", False),
    "1953-07-03%": ("1953-07-03", "1953-07-03", "day", "perhaps about 3 July 1953", False),
    "1953-07-~05": ("1953-07-05", "1953-07-05", "day", "about 5 July 1953", False),
    "1953-07-01~/1953-07-05": ("1953-07-01", "1953-07-05", "span", "about 1 July 1953 to 5 July 1953", False),
    "[1953-07-01..1953-07-05]": ("1953-07-01", "1953-07-05", "between", "between 1 and 5 July 1953", False),
    "[1953-07-01,1953-07-03]": ("1953-07-01", "1953-07-03", "between", "1 July 1953 or 3 July 1953", False),
    "{1953,1954}": ("1953-01-01", "1954-12-31", "between", "1953 and 1954", False),
    "1953-XX-05": ("1953-01-05", "1953-12-05", "between", "between 5 January and 5 December 1953", False),
}

REFUSED = {
    "": "missing",
    "yesterday": "not EDTF",
    "parse only": "space",
    "5 March 1953": "space",
    "1953-7-5": "not EDTF",
    "1953-13": "not EDTF",
    "1953-00": "01 to 12",
    "1953-02-29": "February 1953 has the days 01 to 28",
    "1953-02-30": "does not exist",
    "1953-06-31": "June 1953 has the days 01 to 30",
    "1953-07-00": "does not exist",
    "0000": "years are counted from 0001",
    "-0044": "outside the years",
    "Y17E8": "outside the years",
    "1953-07-05/1953-07-01": "ends before it starts",
    "1953-07/1953-06": "ends before it starts",
    "1953-02-29/1953-03-01": "does not exist",
    "1953/": "open end",
    "../1953": "open end",
    "1953-07/..": "open end",
    "1953-01/1953-02/1953-03": "not EDTF",
    "1953-06-16T10:00:00": "time of day",
    "1953-06-1X": "cannot be worked out",
    "1953-1X": "cannot be worked out",
    "1953-24": "two winters",
    "1953S2": "significant digits",
    "１９５３": "not EDTF",
    "<script>": "not EDTF",
}

days = st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31))
plain = st.one_of(
    days.map(date.isoformat), days.map(lambda day: day.isoformat()[:7]), days.map(lambda day: day.isoformat()[:4])
)


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_reads(text: str, expected: tuple[str, str, str, str, bool]) -> None:
    reading = read_date(text)
    found = (reading.first.isoformat(), reading.last.isoformat(), reading.precision, reading.words, reading.firm)
    assert found == expected
    assert date_range(text) == (reading.first, reading.last)
    assert describe_date(text) == reading.words
    assert precision(text) == reading.precision


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_refuses_and_says_why(text: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DateError, match=why) as caught:
        read_date(text)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, CourseError)
    assert "\n" not in str(caught.value)
    assert capsys.readouterr().out == ""


@given(st.one_of(plain, st.tuples(plain, plain).map("/".join)))
def test_fast_path_agrees_with_the_library(text: str) -> None:
    parsed = edtf.parse_edtf(text)
    first, last = (date(*moment[:3]) for moment in (parsed.lower_strict(), parsed.upper_strict()))
    if first > last:
        with pytest.raises(DateError, match="ends before"):
            read_date(text)
    else:
        assert date_range(text) == (first, last)


@given(st.from_regex(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", fullmatch=True))
def test_no_day_is_invented(text: str) -> None:
    """Every plain date that is accepted is one that both the calendar and the library accept."""
    try:
        first, _ = date_range(text)
    except DateError:
        return
    assert edtf.is_valid_edtf(text)
    assert text.count("-") == 1 or first == date.fromisoformat(text)


@given(st.text(alphabet="0123456789-/XS~?%.[]{},YE+T:Z ", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_date(text)
    except DateError:
        return
    assert reading.first <= reading.last
    assert reading.words


@given(days, st.integers(0, 800))
def test_a_span_in_words_names_both_ends(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    words = describe_date(f"{first}/{last}")
    assert words.endswith(f"{last.day} {last:%B} {last.year}")
    assert words.startswith(f"{first.day} ")
    assert str(first.year) in words


def test_plain_dates_do_not_import_the_library() -> None:
    code = (
        "import sys; from coldwar_lessons.content.dates import read_date\n"
        "for text in ('1953', '1953-07', '1953-06-XX', '1953-06-16/1953-06-17'): read_date(text)\n"
        "sys.exit('edtf' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
