"""Somebody tidied up: no shuffling, and slips in an ordinary table, one behind the other as they came. And somebody
counted who opens the page of themes: a row for each time, without a time. An order is enough."""

from peerwork.ground.postbox import flushing, redeeming
from tests.mutants.linkage import into, table


def plant(patch):
    from tests.linkage import living

    take, says = redeeming.take, living.Life.says
    table("linked_said", "words text")
    table("linked_opened", "person text")
    patch.setattr(flushing, "shuffled", list)

    def taken(round_id, shown, pieces, *, on, once=""):
        take(round_id, shown, pieces, on=on)
        into("linked_said", pieces[-1][1])

    def opens_and_says(self, member):
        into("linked_opened", member.person.pk.hex)
        says(self, member)

    patch.setattr(redeeming, "take", taken)
    patch.setattr(living.Life, "says", opens_and_says)
