"""The drawings of a summary (SVG): the face map and the timeline."""

from __future__ import annotations

from recommender.export.blocks import Face, Timeline
from recommender.export.face import face_svg
from recommender.export.timeline import timeline_svg


def drawing(block: Face | Timeline) -> str:
    """The drawing of a block; nothing where there is nothing to draw."""
    if isinstance(block, Face):
        return face_svg(dict(block.states), title=block.key.caption, description=block.alt)
    return timeline_svg(block)
