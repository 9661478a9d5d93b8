"""Days and moments as people type them: one reading, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from recommender.languages import clinic_time, short_day, speaking
from recommender.web.clinic.ui import day_words as said
from recommender.web.clinic.ui.typed_days import (
    InvalidDay,
    moment_text,
    read_back,
    read_birth,
    read_day,
    read_last_day,
    read_moment,
    read_past_day,
)

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-31",
        "2027/3/31",
        " 2027 03 31 ",
        "31 Mar 2027",
        "31. march 2027",
        "31MAR2027",
        "31-Mar-2027",
        "March 31, 2027",
        "31.03.2027",
        "31. 3. 2027",
        "31\u20133\u20132027",
        "03/31/2027",
        "31-3-2027",
        "３１ Mar ２０２７",
    ],
)
def test_a_day_is_read_in_every_way_that_means_one_day(typed: str) -> None:
    assert read_day(typed) == date(2027, 3, 31)


@pytest.mark.parametrize(
    "typed",
    ["3 ene 2027", "3 de enero de 2027", "3 de enero del 2027", "3 January 2027", "2027-01-03", "3/1/2027", "03.01.2027"],
)
def test_spanish_names_the_month_in_spanish_and_writes_the_day_first(typed: str) -> None:
    with speaking("es"):
        assert read_day(typed) == date(2027, 1, 3)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_shown_is_read_back_as_the_same_day(language: str) -> None:
    with speaking(language):
        days = [date(2027, month, 5) for month in range(1, 13)]
        assert [read_day(short_day(day)) for day in days] == days


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", said.UNREAD),
        ("soon", said.UNREAD),
        ("842", said.UNREAD),
        ("31 Foo 2027", said.UNREAD),
        ("1 Mayor 2027", said.UNREAD),
        ("1" * 5000, said.UNREAD),
        ("1984", said.YEAR_ALONE),
        ("03/2027", said.MONTH_ALONE),
        ("2027-03", said.MONTH_ALONE),
        ("12.05.", said.NO_YEAR),
        ("12/05", said.NO_YEAR),
        ("12 May", said.NO_YEAR),
        ("31.12.84", said.SHORT_YEAR.format(first="1984", second="2084")),
        ("31 Mar 27", said.SHORT_YEAR.format(first="1927", second="2027")),
        ("12/05/1984", said.TWO_WAYS.format(first="12 May 1984", second="5 December 1984")),
        ("1983/02/29", said.IMPOSSIBLE),
        ("30 Feb 1984", said.IMPOSSIBLE),
        ("31.04.2027", said.IMPOSSIBLE),
        ("0026-03-03", said.IMPOSSIBLE),
        ("13/13/2027", said.IMPOSSIBLE),
    ],
)
def test_what_is_no_day_or_two_is_refused_by_saying_what_is_missing(typed: str, why: str) -> None:
    with pytest.raises(InvalidDay) as refused:
        read_day(typed)

    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("read", "typed", "why"),
    [
        (read_birth, "2999/01/01", said.IMPOSSIBLE),
        (read_birth, "2199-01-01", said.STILL_TO_COME),
        (read_birth, "1900-01-01", said.TOO_LONG_AGO.format(years=120)),
        (read_birth, "05/1984", said.MONTH_ALONE),
        (read_past_day, "2199-01-01", said.STILL_TO_COME),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(read: Callable[[str], date], typed: str, why: str) -> None:
    with pytest.raises(InvalidDay) as refused:
        read(typed)

    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("typed", "last"),
    [
        ("12/2027", date(2027, 12, 31)),
        ("02.2028", date(2028, 2, 29)),
        ("2027-11", date(2027, 11, 30)),
        ("Jun 2027", date(2027, 6, 30)),
        ("15 Jun 2027", date(2027, 6, 15)),
    ],
)
def test_a_pack_that_names_a_month_is_good_until_its_last_day(typed: str, last: date) -> None:
    assert read_last_day(typed) == last


def test_how_a_day_was_read_is_said_where_it_is_not_plain() -> None:
    told = [read_back(typed, read_last_day) for typed in ("12/2027", "2027-12-31", "31 Dec 2027", "31.12.27")]

    assert told == [said.READ_AS.format(day="31 December 2027"), "", "", ""]


@pytest.mark.parametrize("typed", ["14:05", "14.05", "2027-03-01 14:05", "1 Mar 2027, 14:05"])
def test_a_time_alone_is_of_today(typed: str) -> None:
    assert read_moment(typed, NOW).replace(tzinfo=None) == datetime(2027, 3, 1, 14, 5)


@pytest.mark.parametrize("typed", ["", "25:00", "14:60", "2027-02-30 14:05", "2027-03-01", "noon", "14:05 sometime"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(InvalidDay):
        read_moment(typed, NOW)


def test_an_hour_that_no_clock_showed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_TIMEZONE", "Europe/Madrid")

    with pytest.raises(InvalidDay) as refused:
        read_moment("2027-03-28 02:30", NOW)

    assert str(refused.value) == said.MOMENT_SKIPPED


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_hour_that_came_twice_is_asked_about_and_read_back_as_the_one_that_was_meant(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("RECOMMENDER_TIMEZONE", "Europe/Madrid")
    with speaking(language):
        with pytest.raises(InvalidDay, match=r"(?i)31 oct") as refused:
            read_moment("2027-10-31 02:30", NOW)
        first = read_moment(f"2027-10-31 02:30 {said.EARLIER}", NOW)
        second = read_moment("2027-10-31 02:30 later", NOW)

        assert said.LATER in str(refused.value)
        assert [one.astimezone(UTC).hour for one in (first, second)] == [0, 1]
        assert [read_moment(moment_text(one), NOW) for one in (first, second)] == [first, second]


def test_a_moment_is_shown_by_the_clinics_clock_whatever_the_servers_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_TIMEZONE", "Australia/Sydney")
    morning = datetime(2027, 2, 28, 22, 0, tzinfo=UTC)

    assert moment_text(morning) == "1 Mar 2027 09:00"
    assert read_moment("09:00", morning) == morning


def test_without_the_setting_the_zone_is_the_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECOMMENDER_TIMEZONE", raising=False)
    monkeypatch.setenv("TZ", "America/New_York")

    assert clinic_time.local(NOW).isoformat() == "2027-03-01T05:00:00-05:00"
