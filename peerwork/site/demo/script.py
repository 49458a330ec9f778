"""The story of the made-up network: who is in it, what they do, and their phrases, which are no secret."""

from pathlib import Path
from typing import Any

import yaml

SCRIPT = Path(__file__).parent / "network.yaml"


def script() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(SCRIPT.read_text())
    return content


def phrases() -> dict[str, str]:
    """Each person's phrase, by name."""
    return {person["name"]: person["phrase"] for person in script()["people"]}
