"""The words of the injection chart; places and products bring their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: unit → one of it, several of it; "" where the product's unit has not been filled in
UNIT_WORDS: Final[Mapping[str, tuple[str, str]]] = {"units": ("unit", "units"), "ml": ("ml", "ml"), "": ("", "")}

WORDS: Final[Mapping[str, str]] = {
    "drawing": "Face to tap on. A tap notes an injection of {product}; every point is in the table too.",
    "marks": "Points on the face. Arrow keys move a point, Delete removes it, Page Up and Page Down go to the next.",
    "patientsRight": "Patient's right",
    "patientsLeft": "Patient's left",
    "right": "patient's right",
    "left": "patient's left",
    "middle": "middle",
    "next": "Amount for the next point",
    "hint": "Enter the amount, then tap the face: each tap is one point. Tap a point to change, move or remove it.",
    "total": "Total",
    "inPoints": "in {number} points",
    "inOnePoint": "in 1 point",
    "undo": "Undo",
    "undone": "Undone.",
    "point": "Point {number}",
    "placed": "Point {number} noted: {place}, {amount}. Total {total}.",
    "moved": "Point {number} moved: {place}.",
    "changed": "Point {number}: {place}, {amount}. Total {total}.",
    "removed": "Point {number} removed. Total {total}.",
    "amount": "Amount",
    "amountOf": "Amount of point {number}, {place}",
    "place": "Place",
    "placeOf": "Place of point {number}",
    "move": "Move",
    "up": "Move up",
    "down": "Move down",
    "toLeft": "Move to the left of the drawing",
    "toRight": "Move to the right of the drawing",
    "remove": "Remove",
    "removeOf": "Remove point {number}, {place}",
    "show": "Point {number}, {place}: show on the face",
    "done": "Done",
    "addAt": "Add a point at",
    "choose": "Choose a place",
    "add": "Add point",
    "addHint": "Without tapping: the point is put in the middle of the place, and can be moved from there.",
    "table": "Points of {product}",
    "number": "Point",
    "actions": "Change",
    "none": "No point yet.",
    "wrongAmount": "Enter an amount above 0 and up to 1000, in digits, with a point before at most 3 decimals",
    "wrongPlace": "Choose a place first",
    "nowhere": "No place of the face is there. Tap on the face, or on a picture below it.",
    "full": "A product has at most {most} points on the chart",
    "keptOld": "It stays at {amount}.",
    "others": "Other products of this visit",
    "edited": "Noted now",
    "problem": "What was noted last could not be taken: ",
}
