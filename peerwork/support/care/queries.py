"""Questions of this room. Every one of them asks on behalf of somebody."""

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from peerwork.people.workplaces.models import Workplace
from peerwork.support.care.models import PlanWord


def workplaces_of(person) -> QuerySet[Workplace]:
    return Workplace.objects.filter(posts__person=person)


def workplaces_to_tell(person) -> QuerySet[Workplace]:
    """Where this person works, without those who have a word of theirs to read already."""
    return workplaces_of(person).exclude(plan_words__in=words_of(person))


def words_of(person) -> QuerySet[PlanWord]:
    """What this person told, and nobody has read yet."""
    return _good().filter(person=person).select_related("workplace").order_by("workplace__name")


def words_to(manager) -> QuerySet[PlanWord]:
    """What people who work where this person works wanted them to know. Nobody's own word comes back to them."""
    same_place = _good().filter(workplace__posts__person=manager, person__posts__workplace=F("workplace"))
    return same_place.exclude(person=manager).select_related("person", "workplace").order_by("pk")


def _good() -> QuerySet[PlanWord]:
    return PlanWord.objects.filter(expires_on__gte=localdate())
