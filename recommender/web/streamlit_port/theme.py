"""The theme message that starts every rerun: read from some hundred settings once, not each time."""

from __future__ import annotations

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def cache_theme() -> None:
    """Let every rerun send the theme that the first one read: no setting changes while the application runs."""
    read = app_session._populate_theme_msg  # noqa: SLF001 (nothing public says it; the release series is held)
    told: dict[str, bytes] = {}

    def tell(msg: CustomThemeConfig, section: str = "theme") -> None:
        if section not in told:
            first = CustomThemeConfig()
            read(first, section)
            told[section] = first.SerializeToString()
        if told[section]:  # a section of which nothing is set stays away
            msg.MergeFromString(told[section])

    app_session._populate_theme_msg = tell  # noqa: SLF001
