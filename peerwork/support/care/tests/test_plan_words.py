"""An employer can be told one thing: that there is a plan. Only by the worker, and read one time.

Ash works at Northside, where Priya manages. Morgan is a peer who manages staff there too. Kim coordinates.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from conftest import is_named, someone
from peerwork.ground.retention.forgetting import forget
from peerwork.people.members import persons
from peerwork.people.workplaces import workplaces
from peerwork.support.care import plan_words, queries
from peerwork.support.care.models import PlanWord

SENTENCE = "I have a self-care plan. That is all you get to know."


@pytest.fixture
def northside(network):
    return workplaces.put_on_the_list("Northside")


@pytest.fixture
def harbour(network):
    return workplaces.put_on_the_list("Harbour Van")


@pytest.fixture
def ash(ash, northside):
    persons.work_at(ash, [northside])
    return ash


@pytest.fixture
def priya(priya, northside):
    persons.work_at(priya, [northside])
    return priya


@pytest.fixture
def morgan(morgan, northside):
    persons.work_at(morgan, [northside])
    return morgan


def tells(client, workplace, **more):
    return client.post(
        reverse("care:plan_word"), {"workplace": workplace.pk, "sure": "on"} | more, follow=True
    )


def told_to(seen_by, person):
    return seen_by(person, reverse("care:plan_words"))


class TestToldOnce:
    def test_ash_tells_and_priya_reads_one_sentence_and_then_it_never_was(
        self, sign_in, seen_by, ash, priya, northside
    ):
        assert (
            "Said. A manager at Northside can read it one time."
            in tells(sign_in(ash), northside).content.decode()
        )
        page = told_to(seen_by, priya)
        assert "Ash, Northside, wants you to know" in page
        assert SENTENCE in page

        word = queries.words_to(priya).get()
        answer = sign_in(priya).post(reverse("care:plan_words"), {"word": word.pk}, follow=True)
        assert "Read, and gone from here." in answer.content.decode()
        assert not is_named("Ash", told_to(seen_by, priya))
        assert not PlanWord.objects.exists()

    def test_to_press_it_twice_or_send_nonsense_breaks_nothing(self, sign_in, ash, priya, northside):
        plan_words.give(by=ash, to=northside)
        client, key = sign_in(priya), queries.words_to(priya).get().pk
        for sent in (key, key, "nonsense", ""):
            assert client.post(reverse("care:plan_words"), {"word": sent}).status_code == 302
        assert not PlanWord.objects.exists()

    def test_it_is_not_told_before_ash_is_sure(self, sign_in, ash, northside):
        page = tells(sign_in(ash), northside, sure="").content.decode()
        assert "Tick this if you want them to know." in page
        assert not PlanWord.objects.exists()

    def test_while_one_waits_a_second_is_the_same_one(self, sign_in, ash, northside):
        for _twice in range(2):
            plan_words.give(by=ash, to=northside)
        assert PlanWord.objects.count() == 1
        page = sign_in(ash).get(reverse("care:plan_word")).content.decode()
        assert 'name="sure"' not in page  # and is not offered
        assert tells(sign_in(ash), northside).status_code == 200
        assert PlanWord.objects.count() == 1

    def test_ash_sees_what_waits_and_when_it_goes(self, seen_by, ash, northside):
        page = reverse("care:plan_word")
        assert "not read yet" not in seen_by(ash, page)
        plan_words.give(by=ash, to=northside)
        assert "Said, and not read yet" in seen_by(ash, page)

    def test_who_works_nowhere_is_told_so(self, seen_by, kas):
        page = seen_by(kas, reverse("care:plan_word"))
        assert "there is nobody to tell" in page
        assert 'name="sure"' not in page


class TestWhoIsTold:
    def test_only_managers_at_that_workplace(self, seen_by, ash, priya, harbour):
        persons.work_at(ash, [*queries.workplaces_of(ash), harbour])
        plan_words.give(by=ash, to=harbour)
        assert not is_named("Ash", told_to(seen_by, priya))
        persons.work_at(priya, [harbour])
        assert is_named("Ash", told_to(seen_by, priya))

    def test_morgan_is_told_as_a_manager_and_of_her_own_plan_by_nobody(self, seen_by, ash, morgan, northside):
        """She is a peer as well: she may tell, and what she told does not come back to her."""
        plan_words.give(by=ash, to=northside)
        plan_words.give(by=morgan, to=northside)
        page = told_to(seen_by, morgan)
        assert "Ash, Northside, wants you to know" in page
        assert SENTENCE in page
        assert page.count("wants you to know") == 1

    def test_who_went_to_work_elsewhere_is_not_read_about_at_the_old_place(
        self, seen_by, ash, priya, northside
    ):
        plan_words.give(by=ash, to=northside)
        assert is_named("Ash", told_to(seen_by, priya))
        persons.work_at(ash, [])
        assert not is_named("Ash", told_to(seen_by, priya))

    def test_no_coordinator_no_colleague_and_no_funder(
        self, sign_in, seen_by, ash, kas, kim, fran, rosa, northside
    ):
        plan_words.give(by=ash, to=northside)
        for person in (ash, kas, kim, fran, rosa):
            assert sign_in(person).get(reverse("care:plan_words")).status_code == 404
        persons.work_at(kim, [northside])
        for address in ("/", "/run/welcome/", f"/run/welcome/people/{ash.pk}/"):
            assert "self-care plan" not in seen_by(kim, address)

    def test_a_manager_sees_as_much_with_three_words_as_with_one_and_asks_as_often(
        self, sign_in, ash, kas, sam, priya, northside, django_assert_max_num_queries
    ):
        client = sign_in(priya)
        for person in (ash, kas, sam):
            persons.work_at(person, [northside])
            plan_words.give(by=person, to=northside)
            with django_assert_max_num_queries(3):
                page = client.get(reverse("care:plan_words")).content.decode()
        assert page.count("wants you to know") == 3

    def test_a_manager_in_two_posts_reads_a_word_once(self, seen_by, ash, priya, northside, harbour):
        persons.work_at(priya, [northside, harbour])
        persons.work_at(ash, [northside, harbour])
        plan_words.give(by=ash, to=northside)
        assert told_to(seen_by, priya).count("wants you to know") == 1


class TestWhoTells:
    def test_nobody_tells_for_somebody_else(self, sign_in, ash, priya, kim, fran, northside):
        for person in (priya, kim, fran):
            assert tells(sign_in(person), northside, person=str(ash.pk)).status_code == 404
        assert not PlanWord.objects.exists()

    def test_not_even_a_peer_at_the_same_place(self, sign_in, ash, kas, northside):
        persons.work_at(kas, [northside])
        tells(sign_in(kas), northside, person=str(ash.pk))
        assert [word.person for word in PlanWord.objects.all()] == [kas]

    def test_nobody_tells_a_place_they_do_not_work_at(self, sign_in, ash, harbour):
        page = tells(sign_in(ash), harbour).content.decode()
        assert "you do not work there" in page
        assert not PlanWord.objects.exists()

    def test_a_manager_cannot_read_away_what_was_told_elsewhere(self, sign_in, ash, northside, harbour):
        other = someone("Manager elsewhere", "manager")
        persons.work_at(other, [harbour])
        plan_words.give(by=ash, to=northside)
        key = PlanWord.objects.get().pk
        sign_in(other).post(reverse("care:plan_words"), {"word": key})
        assert PlanWord.objects.filter(pk=key).exists()


class TestThirtyDays:
    def test_it_is_read_until_the_last_day_and_forgotten_that_night(
        self, ash, priya, northside, time_machine
    ):
        time_machine.move_to("2026-11-20T02:00:00Z")
        plan_words.give(by=ash, to=northside)
        time_machine.shift(timedelta(days=30))
        forget(localdate())
        assert queries.words_to(priya).exists()
        time_machine.shift(timedelta(days=1))
        assert not queries.words_to(priya).exists()
        assert not queries.words_of(ash).exists()
        forget(localdate())
        assert not PlanWord.objects.exists()

    def test_past_its_day_it_can_be_told_again(self, ash, priya, northside, time_machine):
        time_machine.move_to("2026-11-20T02:00:00Z")
        plan_words.give(by=ash, to=northside)
        time_machine.shift(timedelta(days=31))
        plan_words.give(by=ash, to=northside)
        assert queries.words_to(priya).get().expires_on == localdate() + timedelta(days=30)

    def test_it_goes_with_whoever_leaves(self, ash, northside):
        plan_words.give(by=ash, to=northside)
        persons.leave(ash)
        assert not PlanWord.objects.exists()


def test_what_is_kept_of_it_is_a_name_a_place_and_a_last_day(ash, northside):
    """Nothing of the plan, and no time."""
    plan_words.give(by=ash, to=northside)
    assert {field.name for field in PlanWord._meta.concrete_fields} == {
        "id",
        "person",
        "workplace",
        "expires_on",
    }
