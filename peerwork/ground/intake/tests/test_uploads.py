"""However large a file somebody sends: no more of it is kept than we take, and none of it on disk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from peerwork.ground.intake.files import LARGEST

MB = 1024 * 1024


def files_of(**sent):
    request = RequestFactory().post("/", {k: SimpleUploadedFile(k, b"x" * size) for k, size in sent.items()})
    return request.FILES


@pytest.mark.parametrize("size", [1, 300_000, LARGEST])
def test_what_we_take_arrives_whole(size):
    file = files_of(list=size)["list"]
    assert (file.size, file.read()) == (size, b"x" * size)


@pytest.mark.parametrize("size", [LARGEST + 1, LARGEST + 2, 30 * MB])
def test_of_what_is_too_large_one_byte_too_many_is_kept(size):
    assert files_of(list=size)["list"].size == LARGEST + 1


def test_many_files_at_once_share_the_room():
    kept = files_of(**{f"f{n}": 2 * MB for n in range(10)})
    assert sum(file.size for file in kept.values()) == LARGEST + 1


def test_somebody_who_brings_too_much_is_told_beside_the_field(network, sign_in, kim):
    file = SimpleUploadedFile("x.csv", b"x" * 9 * MB)
    answer = sign_in(kim).post("/run/calendar-file/", {"file": file, "company": "peers_alone"})
    assert "larger than 5 MB" in str(answer.context["form"].errors["file"])
