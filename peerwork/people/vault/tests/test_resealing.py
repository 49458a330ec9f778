"""While a key changes, every page waits for all the others. Then everything changes at once, or nothing does."""

from datetime import date, timedelta

import pytest

from peerwork.people.vault import log, parcels, resealing, shelf
from peerwork.people.vault.log import StandsOut
from peerwork.people.vault.models import LogPage, Parcel, Resealed, ShelfPage
from peerwork.people.vault.resealing import NotAllOfIt, fingerprint
from peerwork.people.vault.tests.rings import given, opened, ring, sealed_to

FRIDAY = date(2026, 11, 20)
SEALED = "application/octet-stream"
LETTER = parcels.fingerprint("a" * 64)


def at(reader, under=LETTER):
    """Where it lies in that reader's box."""
    return parcels.lies_under(reader.pk, under)


def page_of(person, what, where):
    """The bytes that are there now."""
    tables = {
        "shelf": lambda: ShelfPage.objects.get(person=person, place=where).sealed,
        "hours": lambda: LogPage.objects.get(person=person, day=where).page,
        "box": lambda: Parcel.objects.get(to=person, pk=where).sealed,
    }
    return bytes(tables[what]())


def everything_of(person):
    return {(one["what"], one["where"]): page_of(person, **one) for one in resealing.everything(person)}


def reseal(person, old, new, only=None):
    """What a browser does: opens each page, seals it to the new key and puts it. Returns its fingerprint."""
    lines = []
    for (what, where), before in everything_of(person).items():
        after = sealed_to(new, opened(before, old))
        if only is None or (what, where) in only:
            assert resealing.keep(person, what=what, where=where, sealed=after)
        lines.append((what, where, before, after))
    return fingerprint(lines)


@pytest.fixture
def hers(ash, kas):
    """Ash has a shelf with words on it, hours, and a letter. So has Kas."""
    for person in (ash, kas):
        made = given(person)
        page = shelf.read(person)[3]
        shelf.write(person, 3, sealed_to(made, f"{person.name}s plan".ljust(4096).encode()), over=page.mark)
    log.seal_day(FRIDAY, {ash.pk: [("Support group", 90)]})
    log.seal_day(FRIDAY + timedelta(days=1), {})
    parcels.give(sealed_to(ring("Ash"), b"a letter".ljust(4096)), to=ash.pk, under=LETTER)
    return ring("Ash")


def test_everything_sealed_to_ash_is_named_and_nothing_of_kas(hers, ash, kas):
    named = resealing.everything(ash)
    assert {one["what"] for one in named} == {"shelf", "hours", "box"}
    assert len(named) == shelf.how_many(ash) + 2 + 1
    assert {"what": "hours", "where": "2026-11-20"} in named
    assert {"what": "box", "where": at(ash)} in named
    assert {"what": "box", "where": at(ash)} not in resealing.everything(kas)


def test_everything_changes_at_once_and_says_the_same_as_before(hers, ash, kas):
    new, before, his = ring("Ash again"), everything_of(ash), everything_of(kas)
    carried = reseal(ash, hers, new)
    assert everything_of(ash) == before  # until then nothing is different
    assert resealing.left(ash) == []

    resealing.carry_over(ash, carried=carried)

    after = everything_of(ash)
    assert set(after) == set(before)
    assert {name: opened(page, new) for name, page in after.items()} == {
        name: opened(page, hers) for name, page in before.items()
    }
    assert opened(after["shelf", "3"], new).strip() == b"Ashs plan"
    assert not any(page in set(before.values()) for page in after.values())
    assert everything_of(kas) == his
    assert not Resealed.objects.exists()


@pytest.mark.parametrize("one", [("shelf", "0"), ("hours", "2026-11-20"), ("box", None)])
def test_with_one_page_missing_nothing_changes(hers, ash, one):
    one = (one[0], one[1] or at(ash))
    before = everything_of(ash)
    carried = reseal(ash, hers, ring("Ash again"), only=set(before) - {one})
    assert resealing.left(ash) == [dict(zip(("what", "where"), one, strict=True))]
    with pytest.raises(NotAllOfIt):
        resealing.carry_over(ash, carried=carried)
    assert everything_of(ash) == before


def written_on_the_shelf(ash):
    page = shelf.read(ash)[5]
    shelf.write(ash, 5, sealed_to(ring("Ash"), b"x".ljust(2048)), over=page.mark)


def corrected_in_the_log(ash):
    assert log.replace(ash, FRIDAY, sealed_to(ring("Ash"), b"{}".ljust(512)))


MEANWHILE = {
    "a page was written": written_on_the_shelf,
    "hours were corrected": corrected_in_the_log,
    "a letter came": lambda ash: parcels.give(
        sealed_to(ring("Ash"), b"x".ljust(4096)), to=ash.pk, under="b" * 64
    ),
    "a letter was taken back": lambda ash: parcels.take_back("a" * 64),
    "a night passed": lambda ash: log.seal_day(FRIDAY + timedelta(days=2), {}),
    "the shelf grew": lambda ash: shelf.write_on_a_new_place(
        ash, shelf.how_many(ash), sealed_to(ring("Ash"), b"x".ljust(2048))
    ),
    "it began again elsewhere": resealing.start_again,
    "another tab sealed a page to another key": lambda ash: reseal(
        ash, ring("Ash"), ring("Kas"), only={("shelf", "7")}
    ),
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_when_something_happened_meanwhile_nothing_changes(hers, ash, what):
    carried = reseal(ash, hers, ring("Ash again"))
    MEANWHILE[what](ash)
    before = everything_of(ash)
    with pytest.raises(NotAllOfIt):
        resealing.carry_over(ash, carried=carried)
    assert everything_of(ash) == before
    resealing.carry_over(ash, carried=reseal(ash, hers, ring("Ash again")))  # and the next time it does
    assert opened(everything_of(ash)["shelf", "3"], ring("Ash again"))


def test_what_does_not_open_is_carried_as_it_is(hers, ash):
    """A stranger's parcel can be sealed to anybody. It must not keep Ash from changing her key."""
    junk = sealed_to(ring("Kas"), b"not for Ash".ljust(4096))
    parcels.give(junk, to=ash.pk, under="b" * 64)
    lines = []
    for (what, where), before in everything_of(ash).items():
        after = before if where == at(ash, "b" * 64) else sealed_to(ring("Ash again"), opened(before, hers))
        assert resealing.keep(ash, what=what, where=where, sealed=after)
        lines.append((what, where, before, after))
    resealing.carry_over(ash, carried=fingerprint(lines))
    assert page_of(ash, "box", at(ash, "b" * 64)) == junk


@pytest.mark.parametrize(
    ("what", "where"),
    [("shelf", "999"), ("shelf", "x"), ("shelf", ""), ("shelf", "٣"), ("shelf", "03"), ("hours", "2026-11-30"),
     ("hours", "yesterday"), ("box", "c" * 64), ("box", "\x00"), ("plan", "0"), ("", "")],
)  # fmt: skip
def test_where_there_is_no_page_none_is_taken(hers, ash, what, where):
    assert not resealing.keep(ash, what=what, where=where, sealed=page_of(ash, "shelf", 0))
    assert not Resealed.objects.exists()


def test_nobody_reseals_somebody_elses_letter(hers, ash, kas):
    assert not resealing.keep(kas, what="box", where=at(ash), sealed=page_of(ash, "box", at(ash)))


@pytest.mark.parametrize("size", [0, 1, 2048, 4095, 4097, 6144])
def test_a_page_of_another_size_is_not_taken(hers, ash, size):
    """Whoever takes the disk must not see which pages were sealed by somebody's own hand."""
    with pytest.raises(StandsOut):
        resealing.keep(ash, what="shelf", where="3", sealed=sealed_to(ring("Ash again"), b"x" * size))


def test_a_page_for_two_is_not_taken(hers, ash):
    import pyrage

    both = [pyrage.x25519.Recipient.from_str(ring(who).recipient) for who in ("Ash again", "Kas")]
    with pytest.raises(StandsOut):
        resealing.keep(ash, what="shelf", where="3", sealed=pyrage.encrypt(b"x" * 4096, both))


class TestTheAddresses:
    def put(self, client, what, where, sealed):
        return client.put(f"/v/reseal/{what}/{where}/", sealed, SEALED).status_code

    def test_it_says_what_there_is_and_what_is_left(self, sign_in, hers, ash):
        client, new = sign_in(ash), ring("Ash again")
        said = client.get("/v/reseal/").json()
        assert said["all"] == said["left"] == resealing.everything(ash)
        page = sealed_to(new, opened(page_of(ash, "shelf", 3), hers))
        assert self.put(client, "shelf", 3, page) == 204
        said = client.get("/v/reseal/").json()
        assert len(said["left"]) == len(said["all"]) - 1
        assert client.delete("/v/reseal/").status_code == 204
        said = client.get("/v/reseal/").json()
        assert said["left"] == said["all"]

    def test_what_is_not_hers_or_stands_out_is_not_kept(self, sign_in, hers, ash, kas):
        client, page = sign_in(kas), sealed_to(ring("Kas"), b"x".ljust(4096))
        assert self.put(client, "box", at(ash), page) == 404
        assert self.put(client, "shelf", "0", page) == 400  # that one is shorter
        assert self.put(client, "shelf", "77", page) == 404
        assert self.put(client, "plan", "0", page) == 404
        assert client.put("/v/reseal/shelf/3/", b"plain words", SEALED).status_code == 415
        assert not Resealed.objects.exists()

    def test_somebody_without_a_key_has_nothing_to_change(self, sign_in, rosa):
        assert sign_in(rosa).get("/v/reseal/").json() == {"all": [], "left": []}

    @pytest.mark.parametrize("how_many", [1, 3])
    def test_a_longer_log_costs_no_more_questions(self, sign_in, ash, how_many, django_assert_num_queries):
        given(ash)
        for day in range(how_many):
            log.seal_day(FRIDAY + timedelta(days=day), {})
        client = sign_in(ash)
        with django_assert_num_queries(9):  # the network, who is here, three kinds twice, and what is done
            client.get("/v/reseal/")


def test_the_night_forgets_a_change_nobody_finished(hers, ash):
    from peerwork.ground.retention.forgetting import forget

    reseal(ash, hers, ring("Ash again"))
    before = everything_of(ash)
    forget(FRIDAY)
    assert not Resealed.objects.exists()
    assert everything_of(ash) == before
