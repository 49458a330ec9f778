"""Who answers alike: k-means on the votes, each start chosen by rule, so that the same votes give the same groups.

Votes are centred on each statement's mean, so a statement somebody did not see pulls them nowhere. Groups are looked
for along the first few principal axes (as Polis does: Small et al. 2021, "Polis: scaling deliberation by mapping high
dimensional opinion spaces", Recerca 26(2)). An axis counts if it is longer than chance makes it: the same votes with
their signs thrown at random (Hong, Sheng & Dobriban 2020, "Selecting the number of components in PCA via random
signflips"). No axis, no groups. Nobody here has a name: a table is one row a person, sorted, -1, 0, 1 or nan.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peerwork.ground.releases.small_numbers import np

SMALLEST = 5
MOST_GROUPS = 4
AXES = 5
THROWS = 19
STEPS = 50
# One more group must tell people apart this much better (Rousseeuw's silhouette, -1 to 1).
WORTH_ANOTHER = 0.05
CUTS = (0.15, 0.25, 0.35, 0.5, 0.65, 0.75, 0.85)

type Table = np.ndarray


@dataclass(frozen=True)
class Camps:
    """Which group each row is in, from 0. One group means that there are none."""

    of: np.ndarray
    how_many: int


def look(table: Table) -> Camps:
    """Find the groups. No group is smaller than five: a smaller one is not looked for."""
    points = _centred(table)
    nobody_apart = Camps(np.zeros(len(table), dtype=int), 1)
    if len(points) < 2 * SMALLEST or not points.any():
        return nobody_apart
    axes = _axes_beyond_chance(points)
    places = points @ _axes(points)
    best, apart = nobody_apart, -1.0
    found = best.of
    for how_many in range(2, min(MOST_GROUPS, axes + 1) + 1):
        tightest = _split_further(places, found)
        if tightest is None:
            break
        found = tightest
        is_apart = _silhouette(places, found)
        if is_apart > apart + WORTH_ANOTHER:
            best, apart = Camps(found, how_many), is_apart
    return best


def _centred(table: Table) -> np.ndarray:
    """What fewer than five saw says nothing about who thinks alike."""
    seen = ~np.isnan(table)
    seen &= seen.sum(axis=0) >= SMALLEST
    mean = np.where(seen, table, 0).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    return np.where(seen, table - mean, 0)


def _axes(points: np.ndarray) -> np.ndarray:
    """The longest principal axes, as columns."""
    _lengths, axes = np.linalg.eigh(points.T @ points)
    return axes[:, ::-1][:, :AXES]


def _axes_beyond_chance(points: np.ndarray) -> int:
    """How many axes, from the longest on, are longer than in nineteen throws of the signs: one in twenty by chance."""
    throws = np.random.default_rng(len(points)).integers(0, 2, (THROWS, *points.shape), dtype=np.int8)
    longest = _lengths(points * (2.0 * throws - 1)).max(axis=0)
    return int(np.cumprod(_lengths(points) > longest * (1 + 1e-9)).sum())


def _lengths(points: np.ndarray) -> np.ndarray:
    """How long the axes are, longest first, of one set of points or of many."""
    across = points.swapaxes(-1, -2)
    products = across @ points if points.shape[-1] <= points.shape[-2] else points @ across
    return np.linalg.eigvalsh(products)[..., ::-1][..., :AXES]


def _split_further(places: np.ndarray, so_far: np.ndarray) -> np.ndarray | None:
    """The tightest groups, one more than so far, that come of cutting one of them in two. None if all are too small."""
    how_many = int(so_far.max()) + 2
    found, spread = _settled(places, np.array(list(_starts(places, so_far))), how_many)
    sizes = (found[:, :, None] == np.arange(how_many)).sum(axis=1)
    large = np.flatnonzero(sizes.min(axis=1) >= SMALLEST)
    return found[large[spread[large].argmin()]] if len(large) else None


def _starts(places: np.ndarray, so_far: np.ndarray) -> Iterator[np.ndarray]:
    """Cut each group in two along its longest two axes, at several places."""
    for group in range(so_far.max() + 1):
        inside = np.flatnonzero(so_far == group)
        own = places[inside] - places[inside].mean(axis=0)
        along = own @ _axes(own)[:, :2]
        for cut in CUTS:
            for axis in along.T:
                start = so_far.copy()
                start[inside[axis > np.quantile(axis, cut)]] = so_far.max() + 1
                yield start


def _settled(places: np.ndarray, of: np.ndarray, how_many: int) -> tuple[np.ndarray, np.ndarray]:
    """Lloyd's steps, from all starts at once, until nobody moves: (groups, how spread out they are) of each."""
    names = np.arange(how_many)
    distance = np.zeros((*of.shape, how_many))
    for _step in range(STEPS):
        member = (of[:, None, :] == names[:, None]).astype(float)
        middle = (member @ places) / np.maximum(member.sum(axis=2), 1)[:, :, None]
        distance = (middle**2).sum(axis=2)[:, None, :] - 2 * places @ middle.swapaxes(1, 2)
        nearest = distance.argmin(axis=2)
        if (nearest == of).all():
            break
        of = nearest
    return of, np.take_along_axis(distance, of[:, :, None], axis=2).sum(axis=(1, 2)).round(9)


def _silhouette(places: np.ndarray, of: np.ndarray) -> float:
    """Rousseeuw 1987: how much nearer people are to their own group than to the next, on average."""
    square = (places**2).sum(axis=1)
    distance = np.sqrt(np.maximum(square[:, None] + square - 2 * places @ places.T, 0))
    member = np.eye(of.max() + 1)[of]
    total, size = distance @ member, member.sum(axis=0)
    everyone = np.arange(len(of))
    own = total[everyone, of] / (size[of] - 1)
    to_others = total / size
    to_others[everyone, of] = np.inf
    other = to_others.min(axis=1)
    return float(((other - own) / np.maximum(np.maximum(own, other), 1e-12)).mean())
