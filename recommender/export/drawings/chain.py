"""How a conclusion follows, as a drawing (SVG): answers on the left, rules on the right, the conclusion at the foot."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from recommender.export.blocks import Chain, Step
from recommender.export.drawings.svg import FONT, INK, PALE, QUIET, TEAL, text_svg

#: as narrow as a phone, so that the words are not shrunk there
WIDTH = 360.0
_ANSWERS, _RULES = (4.0, 132.0), (162.0, 174.0)  # the left edge and the width of a column
_LANES = 340.0  # to the right of this run the arrows that pass other rules by
_GAP, _BETWEEN, _ROW, _INSET, _SIZE = 8.0, 24.0, 17.0, 8.0, 13
_LETTER = 6.9  # the width of a letter on average: a line is broken before it could leave its box
_AGAINST, _AGAINST_FILL = "#9a4209", "#fdf0e6"


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    width: float
    rows: tuple[str, ...]

    @property
    def height(self) -> float:
        return len(self.rows) * _ROW + 2 * _INSET

    @property
    def foot(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def chain_svg(chain: Chain) -> str:
    """The drawing of a chain; it needs about as much height as its words."""
    parts: list[str] = []
    rules: list[_Box] = []
    top = 8.0
    for step in chain.steps:
        answers = _stacked(step.answers, top)
        rule = _box(_RULES, top, f"{step.label}: {step.said}" if step.label else step.said)
        parts += [_drawn(box, fill="#ffffff", stroke=QUIET) for box in answers]
        parts += [_arrow(box.left + box.width, box.middle, rule.left, _within(rule, box.middle)) for box in answers]
        parts.append(_rule(rule, step))
        rules.append(rule)
        top = max([rule.foot, *(box.foot for box in answers)]) + _BETWEEN
    end = _box((_ANSWERS[0], _RULES[0] + _RULES[1] - _ANSWERS[0]), top, chain.conclusion, weight=600)
    parts.append(_drawn(end, fill=TEAL, stroke=TEAL, ink="#ffffff", weight=600))
    parts += _links(chain.steps, rules, end)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {end.foot + 8:g}" role="img" '
        f'aria-label="{escape(chain.title)}" font-family="{FONT}"><desc>{escape(chain.alt)}</desc>{"".join(parts)}</svg>'
    )


def _box(column: tuple[float, float], top: float, words: str, *, weight: int = 400) -> _Box:
    left, width = column
    letters = int((width - 2 * _INSET) / (_LETTER * (1.06 if weight > 400 else 1)))
    return _Box(left, top, width, tuple(textwrap.wrap(words, letters)) or ("",))


def _stacked(answers: Sequence[str], top: float) -> list[_Box]:
    boxes: list[_Box] = []
    for answer in answers:
        boxes.append(_box(_ANSWERS, boxes[-1].foot + _GAP if boxes else top, answer))
    return boxes


def _rule(box: _Box, step: Step) -> str:
    if step.against:
        return _drawn(box, fill=_AGAINST_FILL, stroke=_AGAINST, dash="5 3")
    return _drawn(box, fill=PALE, stroke=TEAL)


def _drawn(box: _Box, *, fill: str, stroke: str, ink: str = INK, weight: int = 400, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    words = "".join(
        text_svg(box.left + _INSET, box.top + _INSET + 13 + _ROW * row, line, colour=ink, weight=weight, size=_SIZE)
        for row, line in enumerate(box.rows)
    )
    return (
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" rx="6" fill="{fill}" '
        f'stroke="{stroke}" stroke-width="1.2"{dashed}/>{words}'
    )


def _within(box: _Box, y: float) -> float:
    """The height at which an arrow meets the side of a box."""
    return min(max(y, box.top + _INSET), box.foot - _INSET)


def _arrow(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<path d="M{x:g} {y:g} L{to_x - 7:g} {to_y:g}" stroke="{QUIET}" fill="none"/>{_head(to_x, to_y, "right")}'


def _head(x: float, y: float, pointing: str) -> str:
    shape = {"right": "l-8 -4 v8 Z", "down": "l-4 -8 h8 Z", "left": "l8 -4 v8 Z"}[pointing]
    return f'<path d="M{x:g} {y:g} {shape}" fill="{QUIET}"/>'


def _links(steps: Sequence[Step], rules: Sequence[_Box], end: _Box) -> Iterator[str]:
    """From each rule to those that build on it, and from the last ones to the conclusion."""
    built_on = {before for step in steps for before in step.builds_on}
    pairs = [(before, after) for after, step in enumerate(steps) for before in step.builds_on]
    pairs += [(number, len(steps)) for number in range(len(steps)) if number not in built_on]
    targets = (*rules, end)
    far = [pair for pair in pairs if pair[1] > pair[0] + 1]
    for before, after in pairs:
        source, target = rules[before], targets[after]
        if (before, after) not in far:
            x = source.left + source.width / 2
            yield f'<path d="M{x:g} {source.foot:g} V{target.top - 7:g}" stroke="{QUIET}" fill="none"/>'
            yield _head(x, target.top, "down")
            continue
        lane = _LANES + 4 * (far.index((before, after)) % 5)
        to_y = _within(target, target.top + _INSET + 4)
        right = target.left + target.width
        path = f"M{source.left + source.width:g} {source.middle:g} H{lane:g} V{to_y:g} H{right + 7:g}"
        yield f'<path d="{path}" stroke="{QUIET}" fill="none" stroke-linejoin="round"/>{_head(right, to_y, "left")}'
