"""What can happen to an offer to swap: it is made, taken back, declined, or the two shifts change hands."""

from django.db import transaction
from django.utils.timezone import now

from peerwork.support.line.roster import duties, limits
from peerwork.support.line.roster.limits import Broken, Why
from peerwork.support.line.roster.models import Duty, SwapOffer


@transaction.atomic
def offer(mine: Duty, *, theirs: Duty) -> SwapOffer:
    """I take yours if you take mine. A duty is offered for one other at a time. Raises Broken."""
    if why := why_not(mine, theirs):
        raise Broken(*why)
    made, _is_new = SwapOffer.objects.update_or_create(mine=mine, defaults={"theirs": theirs})
    return made


@transaction.atomic
def accept(offered: SwapOffer) -> None:
    """Both at once, or neither. Raises Broken where one of the two cannot do the other's any more."""
    kept = _still_there(offered)
    mine, theirs = kept.mine, kept.theirs
    for duty in (mine, theirs):
        duties.held_still(duty.shift, mine.person, theirs.person)
    if why := why_not(mine, theirs):
        raise Broken(*why)
    one, other = mine.person, theirs.person
    duties.change_hands(mine, other)
    duties.change_hands(theirs, one)


def let_go(offered: SwapOffer) -> None:
    """Declined, or taken back: both leave the same, nothing. Nobody gives a reason."""
    SwapOffer.objects.filter(pk=offered.pk).delete()


def why_not(mine: Duty, theirs: Duty, book: limits.Book | None = None) -> tuple[Why, ...]:
    """What stands against it, for either of the two."""
    if min(mine.shift.starts_at, theirs.shift.starts_at) <= now():
        return (Why.OVER,)
    if mine.shift_id == theirs.shift_id or mine.person_id == theirs.person_id:
        return (Why.TWICE,)
    book = book or limits.open_book()
    there, here = limits.span_of(theirs.shift), limits.span_of(mine.shift)
    found = book.why_not(limits.key(mine.person_id), there, without=[limits.key(mine.shift_id)])
    return (*found, *book.why_not(limits.key(theirs.person_id), here, without=[limits.key(theirs.shift_id)]))


def _still_there(offered: SwapOffer) -> SwapOffer:
    offers = SwapOffer.objects.select_related(
        "mine__shift", "theirs__shift", "mine__person", "theirs__person"
    )
    kept = offers.filter(pk=offered.pk).first()
    if kept is None:
        raise Broken(Why.OVER)
    return kept
