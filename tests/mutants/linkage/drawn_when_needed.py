"""Somebody wanted to spare the server work: a device draws only when it is about to say something."""


def plant(patch):
    from tests.linkage import living

    patch.setattr(living.Life, "draws_when", staticmethod(lambda needs_it: needs_it))
