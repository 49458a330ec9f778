"""Somebody was impatient: as soon as three wait they are written down. So who was here since then said what waits."""

from peerwork.ground.postbox import flushing


def plant(patch):
    flush_if_enough = flushing.flush_if_enough
    patch.setattr(flushing, "flush_if_enough", lambda the_round, **_k: flush_if_enough(the_round, k=3))
