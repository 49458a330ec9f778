"""Somebody found tokens in advance wasteful: one is drawn for each slip, and both have a time, as rows usually do."""

from tests.mutants.linkage import into, now, table, written_at_once


def plant(patch):
    from tests.linkage import living

    says = living.Life.says
    written_at_once.plant(patch)
    table("linked_draws", "person text, at real")

    def draws_and_says(self, member):
        into("linked_draws", member.person.pk.hex, now())
        says(self, member)

    patch.setattr(living.Life, "says", draws_and_says)
