"""Somebody did not trust memory: each slip is written down as it comes, with its time, as tables usually have one."""

from peerwork.ground.postbox import redeeming
from tests.mutants.linkage import into, now, table


def plant(patch):
    take = redeeming.take
    table("linked_said", "words text, at real")

    def taken(round_id, shown, pieces, *, on, once=""):
        take(round_id, shown, pieces, on=on)
        into("linked_said", pieces[-1][1], now())

    patch.setattr(redeeming, "take", taken)
