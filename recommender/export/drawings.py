"""The drawings of a summary (SVG): the face map, the timeline, and how a conclusion follows."""

from __future__ import annotations

from recommender.export.blocks import Chain, Face, Timeline
from recommender.export.chain_drawing import chain_svg
from recommender.export.face import face_svg
from recommender.export.timeline import timeline_svg


def drawing(block: Face | Timeline | Chain) -> str:
    """The drawing of a block; nothing where there is nothing to draw."""
    if isinstance(block, Face):
        return face_svg(dict(block.states), title=block.key.caption, description=block.alt)
    if isinstance(block, Chain):
        return chain_svg(block)
    return timeline_svg(block)
