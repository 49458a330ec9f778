"""Somebody wanted to know who still comes, and how busy it is: a line for each visit, and one for each slip."""

from tests.mutants.linkage import into, now, table, written_at_once


def plant(patch):
    written_at_once.plant(patch)
    keep_visits(patch)


def keep_visits(patch):
    from tests.linkage import living

    come_in = living.Life.come_in
    table("linked_visits", "person text, at real")

    def comes(self, member):
        come_in(self, member)
        into("linked_visits", member.person.pk.hex, now())

    patch.setattr(living.Life, "come_in", comes)
