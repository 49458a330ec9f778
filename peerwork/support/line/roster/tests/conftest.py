"""Those who answer the line, on a Monday noon that stands still."""

import pytest
from django.utils import timezone

from conftest import MELBOURNE, someone
from peerwork.support.line.roster.tests.nights import at_noon


@pytest.fixture(autouse=True)
def _on_a_monday():
    with at_noon(), timezone.override(MELBOURNE):
        yield


@pytest.fixture
def mick(network):
    """A third who answers the line."""
    return someone("Mick", "peer", "supporter")
