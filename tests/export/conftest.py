"""The assessments that the summaries of this folder are made from."""

from __future__ import annotations

import pytest
from export_samples import discuss_assessment, emergency_assessment, nothing_found_assessment

from recommender.documents import Assessment


@pytest.fixture
def discuss() -> Assessment:
    return discuss_assessment()


@pytest.fixture
def emergency() -> Assessment:
    return emergency_assessment()


@pytest.fixture
def nothing_found() -> Assessment:
    return nothing_found_assessment()


@pytest.fixture(params=[discuss_assessment, emergency_assessment, nothing_found_assessment])
def assessment(request: pytest.FixtureRequest) -> Assessment:
    """Each of the assessments in turn."""
    made: Assessment = request.param()
    return made
