"""The drawings of a summary (SVG): face map, timeline, how a conclusion follows, face chart, signature."""

from __future__ import annotations

from recommender.export.blocks import Chain, Chart, Drawn, Face, Handwriting, Timeline
from recommender.export.drawings.chain import chain_svg
from recommender.export.drawings.chart import chart_svg
from recommender.export.drawings.face import face_svg
from recommender.export.drawings.signature import handwriting_svg
from recommender.export.drawings.timeline import timeline_svg


def drawing(block: Drawn) -> str:
    """The drawing of a block; nothing where there is nothing to draw."""
    match block:
        case Face():
            return face_svg(dict(block.states), title=block.title, description=block.alt, tone=block.tone)
        case Chain():
            return chain_svg(block)
        case Chart():
            return chart_svg(block)
        case Handwriting():
            return handwriting_svg(block)
        case Timeline():
            return timeline_svg(block)
