"""The words about days and moments that somebody types."""

from __future__ import annotations

from typing import Final

from recommender.languages import message, speaks

DAY_HINT: Final = message("31 Mar 2027 or 2027-03-31")
MONTH_HINT: Final = message("31 Mar 2027, or 03/2027 as packs say it")
MOMENT_HINT: Final = message("14:05, or 31 Mar 2027 14:05")

READ_AS: Final = message("Read as {day}.")
UNREAD: Final = message("This is not read as a day. Write it like 31 Mar 2027 or 2027-03-31.")
TWO_WAYS: Final = message("This could be {first} or {second}. Write the month as a word, or the year first.")
IMPOSSIBLE: Final = message("There is no such day. Check day, month and year.")
SHORT_YEAR: Final = message("Write the year with four digits: {first} or {second}?")
NO_YEAR: Final = message("The year is missing.")
YEAR_ALONE: Final = message("This is a year alone. Write the day and the month too.")
MONTH_ALONE: Final = message("The day of the month is missing.")
STILL_TO_COME: Final = message("This day is still to come.")
TOO_LONG_AGO: Final = message("This is more than {years} years ago. Check the year.")

MOMENT_UNREAD: Final = message("This is not read as a time. Write it like 14:05 for today, or 31 Mar 2027 14:05.")
MOMENT_IMPOSSIBLE: Final = message("There is no such time. Check the hour and the minute.")
MOMENT_SKIPPED: Final = message("There was no such time: the clocks were put forward that night.")
MOMENT_TWICE: Final = message("This time came twice: the clocks were put back that night. Write {first} or {second}.")
EARLIER: Final = message("earlier", "of two times that a clock showed twice")
LATER: Final = message("later", "of two times that a clock showed twice")
SPAN_WRONG: Final = message("The first day is after the last one.")

speaks(__name__)
