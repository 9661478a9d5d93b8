"""The theme that every run tells the browser."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session

from recommender.web.streamlit_port import theme


def test_the_theme_told_from_memory_is_the_one_that_streamlit_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = app_session._populate_theme_msg
    monkeypatch.setattr(app_session, "_populate_theme_msg", reads)
    as_read = told(NewSession().custom_theme)

    theme.cache_theme()
    first, again = told(NewSession().custom_theme), told(NewSession().custom_theme)

    assert app_session._populate_theme_msg is not reads
    assert first == again == as_read
    assert as_read.light.primary_color == config.get_option("theme.light.primaryColor")
    assert as_read.light.primary_color != as_read.dark.primary_color
    assert not as_read.HasField("sidebar")


def told(message: CustomThemeConfig) -> CustomThemeConfig:
    """A theme as a new session is told of it."""
    app_session._populate_theme_msg(message)
    app_session._populate_theme_msg(message.light, "theme.light")
    app_session._populate_theme_msg(message.dark, "theme.dark")
    app_session._populate_theme_msg(message.sidebar, "theme.sidebar")
    return message
