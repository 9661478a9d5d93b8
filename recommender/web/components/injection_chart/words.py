"""The words of the injection chart; places and products bring their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.languages import message, speaks

#: unit → one of it, several of it; "" where the product's unit has not been filled in
UNIT_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "units": (message("unit"), message("units")),
    "ml": (message("ml"), message("ml")),
    "": ("", ""),
}

WORDS: Final[Mapping[str, str]] = {
    "drawing": message("Face to tap on. A tap notes an injection of {product}; every point is in the table too."),
    "marks": message("Points on the face. Arrow keys move a point, Delete removes it, Page Up and Page Down go to the next."),
    "patientsRight": message("Patient's right"),
    "patientsLeft": message("Patient's left"),
    "right": message("patient's right"),
    "left": message("patient's left"),
    "middle": message("middle"),
    "next": message("Amount for the next point"),
    "hint": message("Enter the amount, then tap the face: each tap is one point. Tap a point to change, move or remove it."),
    "total": message("Total"),
    "inPoints": message("in {number} points"),
    "inOnePoint": message("in 1 point"),
    "undo": message("Undo"),
    "undone": message("Undone."),
    "point": message("Point {number}"),
    "placed": message("Point {number} noted: {place}, {amount}. Total {total}."),
    "moved": message("Point {number} moved: {place}."),
    "changed": message("Point {number}: {place}, {amount}. Total {total}."),
    "countOne": message("Count point {numbers} to {place}"),
    "countSeveral": message("Count points {numbers} to {place}"),
    "counted": message("Counted to {place}: {numbers}."),
    "removed": message("Point {number} removed. Total {total}."),
    "amount": message("Amount"),
    "amountOf": message("Amount of point {number}, {place}"),
    "place": message("Place"),
    "placeOf": message("Place of point {number}"),
    "move": message("Move"),
    "up": message("Move up"),
    "down": message("Move down"),
    "toLeft": message("Move to the left of the drawing"),
    "toRight": message("Move to the right of the drawing"),
    "remove": message("Remove"),
    "removeOf": message("Remove point {number}, {place}"),
    "show": message("Point {number}, {place}: show on the face"),
    "done": message("Done"),
    "addAt": message("Add a point at"),
    "choose": message("Choose a place"),
    "add": message("Add point"),
    "addHint": message("Without tapping: the point is put in the middle of the place, and can be moved from there."),
    "table": message("Points of {product}"),
    "number": message("Point"),
    "actions": message("Change"),
    "none": message("No point yet."),
    "wrongAmount": message("Enter an amount above 0 and up to 1000, in digits, with a point before at most 3 decimals"),
    "twoWays": message("This could be a thousand or decimals. Write it without that sign, or with a decimal comma"),
    "wrongPlace": message("Choose a place first"),
    "nowhere": message("No place of the face is there. Tap on the face, or on a picture below it."),
    "full": message("A product has at most {most} points on the chart"),
    "keptOld": message("It stays at {amount}."),
    "others": message("Other products of this visit"),
    "edited": message("Noted now"),
    "proposed": message("Proposed, not recorded"),
    "problem": message("What was noted last could not be taken: "),
}

speaks(__name__)
