"""What somebody might try. Each way names, for each slip, the people it could be from: the fewer, the bolder.

Every way answers for every slip. Where it has nothing to go by it says everybody, which is guessing.
"""

import hashlib
from itertools import batched, pairwise

LATEST = (1, 2, 3, 5, 10, 20)
BLINDED = 256


def answers(taken, slips, before=()):
    """{way: {slip: people}} for these slips of one seizure. `before` are older copies of the same house."""
    people, done = taken.people, {}
    for which in sorted({name for told in people.values() for name in told}):
        have = {person: told[which] for person, told in people.items() if which in told}
        yield from by_trace(slips, which, have, len(people))
        for name in sorted({name for told in slips.values() for name in told}):
            known = {slip: told[name] for slip, told in slips.items() if name in told}
            if len(known) == len(slips):
                yield from by_rank(known, name, have, which, done)
                yield from by_time(known, name, have, which)
    marks = {person: marks_of(kept) for person, kept in taken.beside.items()}
    yield "what stands beside both", {slip: same(marks, taken.known.get(slip, set())) for slip in slips}
    if before:
        yield from by_copies(taken, slips, before)


def by_trace(slips, which, have, everybody):
    """Only those who left one; and those who left the latest, for they were here last."""
    if len(have) < everybody:
        yield f"whoever has {which}", dict.fromkeys(slips, frozenset(have))
    latest = sorted(have, key=lambda person: max(have[person]), reverse=True)
    for many in LATEST:
        if many < everybody:
            yield f"the last {many} by {which}", dict.fromkeys(slips, frozenset(latest[:many]))
    yield f"as many as wait, by {which}", dict.fromkeys(slips, frozenset(latest[: len(slips)]))


def by_rank(known, name, have, which, done):
    """First come, first in the list: the longer list thinned out, one by one from the end, and turned round.

    Many traces give one and the same order. What came of that is remembered in `done`.
    """
    if len(set(known.values())) < 2:
        return
    slips = sorted(known, key=known.get)
    people = [
        person for _trace, person in sorted((trace, one) for one, all_of in have.items() for trace in all_of)
    ]
    key = tuple(slips), tuple(people)
    if key not in done:
        many, of = len(slips), len(people)
        done[key] = {
            "spread over": {slip: {people[i * of // many]} for i, slip in enumerate(slips)},
            "spread backwards over": {slip: {people[-1 - i * of // many]} for i, slip in enumerate(slips)},
            "last with last by": {slip: {people[-1 - i % of]} for i, slip in enumerate(reversed(slips))},
        }
    for how, named in done[key].items():
        yield f"{name} {how} {which}", named


def by_time(known, name, have, which):
    """Nearest, nearest before, and everybody since: of two times, or of two numbers given out in one row."""
    kinds = {kind for kind, _number in known.values()} | {
        kind for all_of in have.values() for kind, _n in all_of
    }
    if len(kinds) != 1 or kinds == {"place"}:
        return
    nearest, before, since = {}, {}, {}
    for slip, (_kind, moment) in known.items():
        apart = {person: [moment - at for _same, at in all_of] for person, all_of in have.items()}
        near = {person: min(map(abs, many)) for person, many in apart.items()}
        nearest[slip] = those_with_least(near)
        early = {person: [much for much in many if much >= 0] for person, many in apart.items()}
        before[slip] = those_with_least({person: min(many) for person, many in early.items() if many})
        since[slip] = {person for person, many in apart.items() if min(many) <= 0}
    yield f"{name} nearest {which}", nearest
    yield f"{name} just after {which}", before
    yield f"{name} and since, {which}", since


def those_with_least(apart):
    least = min(apart.values(), default=None)
    return {person for person, much in apart.items() if much == least}


def same(marks, mine):
    """The mark of a token beside a person: as it is, or worked out from what is kept of the draw."""
    return {person for person, theirs in marks.items() if mine & theirs}


def marks_of(kept):
    """Whatever stands beside somebody, and what it would be as a mark."""
    found = {one for one in kept if isinstance(one, str) and len(one) == 64}
    for one in (one for one in kept if isinstance(one, bytes)):
        chunks = (bytes(chunk) for chunk in batched(one, BLINDED)) if len(one) <= 4 * BLINDED else ()
        found |= {hashlib.sha256(chunk).hexdigest() for chunk in (one, *chunks)}
    return found


def by_copies(taken, slips, before):
    """Of the days before there are copies of the disk. What was flushed between two of them came since the flush
    before; so did whoever has written on a shelf in that time. What still waits came since the last flush."""
    copies = (*before, taken)
    grew = [
        turn
        for turn, (last, this) in enumerate(pairwise(copies), 1)
        if this.written.keys() - last.written.keys()
    ]
    named = {}
    for slip in slips:
        seen = next((turn for turn, copy in enumerate(copies) if slip in copy.written), len(copies) - 1)
        earlier = [turn for turn in grew if turn < seen or (turn == seen and slip not in taken.written)]
        since = copies[earlier[-1] - 1] if earlier else None
        named[slip] = wrote(since, copies[seen]) if since else set(copies[seen].shelves)
    yield "wrote on a shelf between the copies", named


def wrote(last, this):
    return {person for person, pages in this.shelves.items() if pages != last.shelves.get(person)}
