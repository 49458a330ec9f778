"""What is added to a number, and that nothing else here makes noise."""

import ast
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from peerwork.ground.releases import noise

HOUSE = Path(__file__).parents[3]
FORBIDDEN = ("random", "numpy.random", "scipy", "opendp")
DICE = {"laplace", "exponential", "normalvariate", "expovariate", "gauss", "default_rng", "RandomState"}
ROOMS = [HOUSE / "ground/releases", HOUSE / "ground/postbox", *sorted((HOUSE / "voice").glob("*/"))]
CODE = sorted(path for room in ROOMS for path in room.glob("*.py"))


@pytest.mark.parametrize(
    ("d_in", "price"), [(2, 1_000_000), (6, 1_000_000), (2, 333_333), (4, 7), (2, 4_000_000)]
)
def test_it_costs_no_more_than_its_price_and_hardly_less(d_in, price):
    assert noise.cost_of(noise._laplace(d_in, price), d_in) == price


@pytest.mark.parametrize(("d_in", "price"), [(0, 1), (2, 0), (2, -1)])
def test_there_is_no_noise_for_nothing(d_in, price):
    with pytest.raises(ValueError, match=str(price)):
        noise.noisy({"a": 1}, cells=["a"], d_in=d_in, price=price)


def test_every_cell_gets_noise_of_its_own_the_empty_ones_too():
    seen = [noise.noisy({"a": 9}, cells=["a", "b"], d_in=2, price=1_000_000) for _time in range(200)]
    assert all(isinstance(value, int) for cells in seen for value in cells.values())
    assert all(list(cells) == ["a", "b"] for cells in seen)
    assert len({cells["b"] for cells in seen}) > 5
    assert len({(cells["a"] - 9, cells["b"]) for cells in seen}) > 30


def test_the_noise_is_discrete_laplace():
    """Chi square against P(k) ∝ e^(-|k|/2), in 21 cells: above 56 once in twenty-five thousand."""
    many = 4000
    cells = [str(n) for n in range(many)]
    seen = Counter(
        max(-10, min(10, v)) for v in noise.noisy({}, cells=cells, d_in=2, price=1_000_000).values()
    )
    ratio = math.exp(-1 / 2)
    chance = {k: (1 - ratio) / (1 + ratio) * ratio ** abs(k) for k in range(-9, 10)}
    chance |= dict.fromkeys((-10, 10), ratio**10 / (1 + ratio))
    assert sum(chance.values()) == pytest.approx(1)
    assert sum((seen[k] - many * p) ** 2 / (many * p) for k, p in chance.items()) < 56


@pytest.mark.parametrize(("d_in", "price"), [(2, 1_000_000), (6, 1_000_000), (2, 100_000), (2, 4_000_000)])
def test_the_interval_holds_what_it_says_and_is_not_wider_than_it_must_be(d_in, price):
    """The exact tail of the discrete Laplace: 2·r^(h+1)/(1+r)."""
    ratio, half = math.exp(-price / (d_in * 1_000_000)), noise.half_width(d_in, price)
    assert 2 * ratio ** (half + 1) / (1 + ratio) <= 0.05
    assert half == 0 or 2 * ratio**half / (1 + ratio) > 0.05


@pytest.mark.parametrize("path", CODE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_other_file_throws_dice(path):
    """OpenDP makes the noise, in one file. SystemRandom only shuffles. Groups are found by throws that are always
    the same (decision 23): they are no noise, and hide nothing."""
    brought, used = set(), set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            brought |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            brought |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Attribute):
            used.add(node.attr)
    allowed = {"noise.py": {"opendp.prelude"}}.get(path.name, set()) | {
        "random.SystemRandom",
        "secrets.SystemRandom",
    }
    assert {name for name in brought if name.startswith(FORBIDDEN)} <= allowed
    assert not used & (DICE - ({"default_rng"} if path.name.startswith("groups") else set()))


def test_the_web_starts_without_it():
    """OpenDP and numpy take half a second and tens of megabytes. Only the night needs them."""
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'peerwork.site.settings'; django.setup();"
        "import peerwork.ground.releases.counting, peerwork.ground.releases.shown; early = set(sys.modules);"
        "import peerwork.site.urls, peerwork.insight.released.pages;"
        "sys.exit('numpy' in early or 'opendp' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 — ourselves
    assert done.returncode == 0
