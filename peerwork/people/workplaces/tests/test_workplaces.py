"""The places people work, as far as the network needs to know them."""

from peerwork.people.workplaces import workplaces
from peerwork.people.workplaces.models import Workplace


def test_the_same_name_twice_is_the_same_workplace(db):
    assert workplaces.put_on_the_list("  Elm   Street ") == workplaces.put_on_the_list("Elm Street")
    assert [str(workplace) for workplace in Workplace.objects.all()] == ["Elm Street"]


def test_the_list_is_in_the_order_of_names(db):
    for name in ("Oak House", "Elm Street"):
        workplaces.put_on_the_list(name)
    assert [workplace.name for workplace in Workplace.objects.all()] == ["Elm Street", "Oak House"]


def test_off_the_list_it_takes_nobody_with_it(ash, kas):
    elm, oak = workplaces.put_on_the_list("Elm Street"), workplaces.put_on_the_list("Oak House")
    for person, workplace in ((ash, elm), (ash, oak), (kas, elm)):
        person.posts.create(workplace=workplace)
    workplaces.take_off_the_list(elm)
    assert [post.workplace for post in ash.posts.all()] == [oak]
    assert not kas.posts.exists()
    kas.refresh_from_db()
    assert kas.name == "Kas"
