"""Fingerprints of what was written once, so that a change would show."""

import hashlib
import json
from typing import Any

from peerwork.ground.releases.models import Charge, Release


def of_line(line: Charge) -> str:
    return _of(line.place, line.population, line.period, line.quarter, line.question, line.cost, line.before)


def of_release(release: Release) -> str:
    """Over what it says and from when it may be said outside."""
    return _of(
        release.population, release.period, release.question, str(release.kind), release.title, release.body,
        release.made_on.isoformat(), release.outside_from.isoformat(),
    )  # fmt: skip


def _of(*told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
