"""The promise itself, asked from outside: is what is shown still so without this person, and without that one?"""

from itertools import permutations

from peerwork.ground.releases import groups, groups_camps, groups_facts, groups_tables


def nobody_shows(votes, statements, *, but=None, shown=None):
    """Leave people out (`but`: only these) and look afresh, with no promise kept. What is shown must be so."""
    shown = shown or groups.find(votes, statements)
    for left_out in range(len(votes)) if but is None else but:
        rest = [vote for at, vote in enumerate(votes) if at != left_out]
        assert holds(shown, groups_tables.written(rest, statements), statements), (shown, left_out)


def holds(shown, table, statements):
    """Is all that is shown so in this table, whichever way its groups are called?"""
    if shown.too_few:
        return True
    camps = groups_camps.look(table)
    facts = groups_facts.of(table, camps)
    if not shown.groups:
        return all(_all_say(facts, statements, each) for each in shown.common)
    if camps.how_many != len(shown.groups) or any((camps.of == at).sum() < 5 for at in range(camps.how_many)):
        return False
    return any(_so(shown, facts, statements, names) for names in permutations(range(camps.how_many)))


def _all_say(facts, statements, common):
    return ("all", statements.index(common.statement), f"{common.band} {common.stance}") in facts


def _so(shown, facts, statements, names):
    number = dict(zip([group.name for group in shown.groups], names, strict=True))
    said = [
        (number[name], each.statement, stance)
        for each in shown.divisions
        for name, stance in each.groups.items()
    ]
    said += [(at, each.statement, f"{each.band} {each.stance}") for each in shown.common for at in names]
    return all(
        ("says", at, statements.index(statement), stance) in facts for at, statement, stance in said
    ) and all(facts["share", number[group.name]] == group.share for group in shown.groups if group.share)
