"""Dates as EDTF (Extended Date/Time Format, ISO 8601-2): what days they mean, and how they read in words.

Plain days, months, years and spans of them are read here; everything else is left to the ``edtf`` library,
which is imported only then, because its import costs a quarter of a second.
"""

from __future__ import annotations

import contextlib
import io
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from typing import Any, Literal, TypeAlias

from coldwar_lessons.language import N_, current_language, pgettext
from coldwar_lessons.language import gettext as _

from .faults import CourseError

Precision: TypeAlias = Literal["day", "span", "month", "season", "year", "decade", "century", "between"]

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_FORMS = N_("write a day (1953-03-05), a month (1953-07), a year (1953) or a span (1953-06-16/1953-06-17)")
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


class DateError(CourseError, ValueError):
    """A text is not a date that the course can use; the message says how to mend it."""


@dataclass(frozen=True)
class DateReading:
    """What a date means.

    Attributes
    ----------
    first, last
        The earliest and the latest day meant.
    precision
        ``day`` and ``span`` (from one day to another) are lasting facts; ``month``, ``season``, ``year``,
        ``decade`` and ``century`` mean some time within; ``between`` means some day from first to last.
    words
        The date as a reader wants it.
    firm
        Whether both ends are known to the day, so that a drawing may have hard edges.
    """

    first: date
    last: date
    precision: Precision
    words: str
    firm: bool


def date_range(text: str) -> tuple[date, date]:
    """The earliest and the latest day that an EDTF date means.

    Raises
    ------
    DateError
        If the text is not EDTF, names a day that does not exist, or ends before it starts.

    Examples
    --------
    >>> date_range("1953-07")
    (datetime.date(1953, 7, 1), datetime.date(1953, 7, 31))
    """
    reading = read_date(text)
    return reading.first, reading.last


def describe_date(text: str) -> str:
    """An EDTF date in words.

    Raises
    ------
    DateError
        As :func:`date_range`.

    Examples
    --------
    >>> describe_date("1953-06-16/1953-06-17")
    '16 to 17 June 1953'
    """
    return read_date(text).words


def precision(text: str) -> Precision:
    """How exact an EDTF date is; see :class:`DateReading`.

    Raises
    ------
    DateError
        As :func:`date_range`.
    """
    return read_date(text).precision


def read_date(text: str) -> DateReading:
    """Read an EDTF date.

    Raises
    ------
    DateError
        As :func:`date_range`.
    """
    return _read_date(text, current_language())


@lru_cache(maxsize=4096)
def _read_date(text: str, _language: str) -> DateReading:
    if not text.strip():
        raise DateError(_("a date is missing: {forms}").format(forms=_(_FORMS)))
    if any(character.isspace() for character in text):
        raise DateError(_("date {text!r} has a space in it: {forms}").format(text=text, forms=_(_FORMS)))
    start, slash, end = text.partition("/")
    if slash and "/" not in end:
        return _read_span(text, start, end)
    plain = _PLAIN.fullmatch(text.removesuffix("-XX").removesuffix("-XX"))
    if plain and int(plain[2] or 1) <= 12:
        return _read_plain(text, int(plain[1]), plain[2], plain[3])
    return _read_with_library(text)


def _read_plain(text: str, year: int, month: str | None, day: str | None) -> DateReading:
    try:
        if month is None:
            return DateReading(date(year, 1, 1), date(year, 12, 31), "year", str(year), firm=False)
        first = date(year, int(month), int(day or 1))
        if day is None:
            last = first.replace(day=monthrange(year, first.month)[1])
            return DateReading(first, last, "month", _month_words(first), firm=False)
    except ValueError:
        raise DateError(
            _("date {text!r} does not exist: {reason}").format(
                text=text, reason=_why_not(year, int(month or 1), int(day or 1))
            )
        ) from None
    return DateReading(first, first, "day", _day_words(first), firm=True)


def _why_not(year: int, month: int, day: int) -> str:
    if year < 1:
        return _("years are counted from 0001")
    if month < 1:
        return _("months are counted from 01 to 12")
    days = monthrange(year, month)[1]
    return (
        _("{month} {year} has the days 01 to {days}").format(month=_(MONTHS[month - 1]), year=year, days=days)
        if not 1 <= day <= days
        else _("mend its digits")
    )


def _read_span(text: str, start: str, end: str) -> DateReading:
    if start in {"", ".."} or end in {"", ".."}:
        raise DateError(
            _("date {text!r} has an open end, which cannot be drawn: write the day or month meant").format(text=text)
        )
    lower, upper = read_date(start), read_date(end)
    if lower.first > upper.last:
        raise DateError(_("date {text!r} ends before it starts: write the earlier date first").format(text=text))
    words = _span_words(lower, upper) if start != end else lower.words
    return DateReading(lower.first, upper.last, "span", words, firm=lower.firm and upper.firm)


def _span_words(lower: DateReading, upper: DateReading) -> str:
    """A span in words: its first part without the month and year that the second part says anyhow."""
    first, last = lower.first, upper.first
    if first.year == last.year and _is_plain(lower) and _is_plain(upper):
        if lower.precision == upper.precision == "month":
            # i18n: such as May to July 1953.
            words = _("{first_month} to {month} {year}")
            return words.format(first_month=month_name(first), month=month_name(last), year=last.year)
        if lower.precision == upper.precision == "day":
            if first.month == last.month:
                # i18n: such as 16 to 17 June 1953.
                words = _("{first_day} to {day} {month} {year}")
            else:
                # i18n: such as 30 May to 2 June 1953.
                words = _("{first_day} {first_month} to {day} {month} {year}")
            return _days_words(words, first, last)
    # i18n: two dates, such as July 1953 to about 1955.
    return _("{start} to {end}").format(start=lower.words, end=upper.words)


def _between_words(first: date, last: date) -> str:
    """Some day from one to another, in words."""
    if first.year != last.year:
        return _("between {start} and {end}").format(start=_day_words(first), end=_day_words(last))
    if first.month == last.month:
        words = _("between {first_day} and {day} {month} {year}")
    else:
        words = _("between {first_day} {first_month} and {day} {month} {year}")
    return _days_words(words, first, last)


def _days_words(words: str, first: date, last: date) -> str:
    return words.format(
        first_day=first.day,
        first_month=_month_of_day(first),
        day=last.day,
        month=_month_of_day(last),
        year=last.year,
    )


def _is_plain(reading: DateReading) -> bool:
    """Whether nothing but the day or the month is said of it, such as that it is uncertain."""
    plain = {"day": _day_words, "month": _month_words}.get(reading.precision)
    return plain is not None and reading.words == plain(reading.first)


def month_name(day: date) -> str:
    """The month of a day, as it stands by itself or before a year."""
    return _(MONTHS[day.month - 1])


def short_month_name(day: date) -> str:
    """The month of a day, as short as an axis wants it."""
    return (
        # i18n: short names of months, for the axis of a timeline.
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), pgettext("short", "May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )[day.month - 1]  # fmt: skip


def _month_of_day(day: date) -> str:
    # Many languages write the month otherwise beside a day.
    return (
        # i18n: names of months as they stand beside a day, such as 5 March.
        pgettext("beside a day", "January"),
        pgettext("beside a day", "February"),
        pgettext("beside a day", "March"),
        pgettext("beside a day", "April"),
        pgettext("beside a day", "May"),
        pgettext("beside a day", "June"),
        pgettext("beside a day", "July"),
        pgettext("beside a day", "August"),
        pgettext("beside a day", "September"),
        pgettext("beside a day", "October"),
        pgettext("beside a day", "November"),
        pgettext("beside a day", "December"),
    )[day.month - 1]


def _day_words(day: date) -> str:
    return _("{day} {month} {year}").format(day=day.day, month=_month_of_day(day), year=day.year)


def _month_words(day: date) -> str:
    return _("{month} {year}").format(month=month_name(day), year=day.year)


def _read_with_library(text: str) -> DateReading:
    import edtf  # noqa: PLC0415 - see the module's docstring

    if re.fullmatch(r"[0-9]{4}-24", text):
        raise DateError(
            _("date {text!r} could mean two winters: write the months, such as 1952-12/1953-02").format(text=text)
        )
    if "S" in text:
        raise DateError(
            _("date {text!r} has significant digits, which are not used here: write a span of years").format(text=text)
        )
    try:
        # The library prints what it was doing when a constructor fails.
        with contextlib.redirect_stdout(io.StringIO()):
            parsed = edtf.parse_edtf(text)
            first, last = (_to_date(moment, text) for moment in (parsed.lower_strict(), parsed.upper_strict()))
    except edtf.EDTFParseException:
        raise DateError(_("date {text!r} is not EDTF: {forms}").format(text=text, forms=_(_FORMS))) from None
    except DateError:
        raise
    except Exception:  # noqa: BLE001 - it fails in many ways on parts it does not know, such as 1953-06-1X
        raise DateError(_("date {text!r} cannot be worked out: {forms}").format(text=text, forms=_(_FORMS))) from None
    if isinstance(parsed, edtf.DateAndTime):
        raise DateError(_("date {text!r} has a time of day, which is not used here: leave it out").format(text=text))
    if first > last:
        raise DateError(_("date {text!r} ends before it starts: write the earlier date first").format(text=text))
    kind, words = _words(parsed, text, first, last, edtf)
    return DateReading(first, last, kind, words, firm=False)


def _to_date(moment: Any, text: str) -> date:
    try:
        return date(moment[0], moment[1], moment[2])
    except (ValueError, OverflowError):
        raise DateError(
            _("date {text!r} does not exist, or lies outside the years 1 to 9999").format(text=text)
        ) from None


def _words(parsed: Any, text: str, first: date, last: date, edtf: Any) -> tuple[Precision, str]:
    if isinstance(parsed, edtf.UncertainOrApproximate):
        inner = read_date(text[:-1])
        return inner.precision, _doubtful(text[-1]).format(date=inner.words)
    if isinstance(parsed, edtf.Season) and (season := _season(text[-2:])):
        return "season", season.format(year=first.year)
    if isinstance(parsed, edtf.Unspecified) and "-" not in text:
        open_digits = text.count("X")
        if open_digits == 1:
            # i18n: ten years, such as the 1950s.
            return "decade", _("the {year}s").format(year=first.year)
        if open_digits == 2:
            return "century", _("between {start} and {end}").format(start=first.year, end=last.year)
    if isinstance(parsed, edtf.OneOfASet | edtf.MultipleDates) and ".." not in text:
        joint = _("{date} or {other}") if isinstance(parsed, edtf.OneOfASet) else _("{date} and {other}")
        words = [read_date(part).words for part in text[1:-1].split(",")]
        return "between", reduce(lambda date, other: joint.format(date=date, other=other), words)
    doubt = _doubtful("~" if "~" in text or "%" in text else "?" if "?" in text else "")
    if first == last:
        return "day", doubt.format(date=_day_words(first))
    return "between", doubt.format(date=_between_words(first, last))


def _doubtful(sign: str) -> str:
    """How a date reads that EDTF marks as approximate, uncertain or both."""
    if sign == "~":
        return _("about {date}")
    if sign == "?":
        return _("perhaps {date}")
    return _("perhaps about {date}") if sign == "%" else "{date}"


def _season(number: str) -> str | None:
    if number == "21":
        return _("spring {year}")
    if number == "22":
        return _("summer {year}")
    return _("autumn {year}") if number == "23" else None
