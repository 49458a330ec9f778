"""What can happen to a workplace: it is put on the network's list, and taken off."""

from peerwork.people.workplaces.models import Workplace


def put_on_the_list(name: str) -> Workplace:
    """The same name twice is the same workplace."""
    workplace, _is_new = Workplace.objects.get_or_create(name=" ".join(name.split()))
    return workplace


def take_off_the_list(workplace: Workplace) -> None:
    workplace.delete()
