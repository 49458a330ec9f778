"""How much one sitting has given: counted in this process, for a session, and forgotten when that has ended.

The session itself cannot count: two requests at once read the same number, and both write the next one.
The web is one process with threads (site/parts.py). Where it starts again, the counts begin again.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

# So many sittings are counted at once. Beyond that, the one that began to give first is counted anew.
MOST_SITTINGS = 1000

_given: Counter[str] = Counter()
_one_at_a_time = Lock()


def count(session: Any, *, most: int) -> bool:
    """Before it is given: this sitting gives one more. False, and nothing counted, where it has given `most`."""
    sitting = session.session_key
    with _one_at_a_time:
        if sitting not in _given:
            _make_room(session)
        if _given[sitting] >= most:
            return False
        _given[sitting] += 1
        return True


@contextmanager
def uncounted_if_it_fails(session: Any) -> Iterator[None]:
    """What was counted and then not given is not counted."""
    try:
        yield
    except BaseException:
        with _one_at_a_time:
            if _given[session.session_key] > 0:
                _given[session.session_key] -= 1
        raise


def _make_room(session: Any) -> None:
    for ended in [sitting for sitting in _given if not session.exists(sitting)]:
        del _given[ended]
    while len(_given) >= MOST_SITTINGS:
        del _given[next(iter(_given))]
