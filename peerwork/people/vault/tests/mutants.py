"""What might come to the vault's door and must not get in, drawn by lot.

Each kind takes a real age file and spoils it. What is still an age file with the same outside is not among
them: a file in which only the sealed bytes differ is well-formed, and whether it opens is for its owner to see.
"""

import gzip
import io
import json
import zipfile
from base64 import b64encode

import pyrage

from peerwork.people.vault.envelope import ARMOR_FIRST, ARMOR_LAST, VERSION

STRANGER = pyrage.x25519.Identity.generate()


def payload_starts(content):
    return content.index(b"\n--- ") + len("\n--- ") + 43 + 1


def age_reads_it(content):
    """Whether the header makes sense to age itself: we are not asked. It opens nothing, for a stranger's key."""
    try:
        pyrage.decrypt(content, [STRANGER])
    except pyrage.DecryptError as error:
        return "No matching keys found" in str(error)
    raise AssertionError


def truncated(lot, content):
    return content[: lot.randrange(len(content))]


def cut_at_a_line(lot, content):
    at = lot.choice([n for n, byte in enumerate(content[: payload_starts(content)]) if byte == 10])
    return content[: at + lot.randrange(2)]


def byte_flipped(lot, content):
    at = lot.randrange(payload_starts(content))
    return content[:at] + bytes([content[at] ^ 1 << lot.randrange(8)]) + content[at + 1 :]


def bytes_flipped(lot, content):
    spoiled = bytearray(content)
    for _flip in range(lot.randint(2, 12)):
        spoiled[lot.randrange(payload_starts(content))] ^= 1 << lot.randrange(8)
    return bytes(spoiled)


def piece_replaced(lot, content):
    start = lot.randrange(payload_starts(content))
    return content[:start] + lot.randbytes(lot.randint(1, 40)) + content[start + lot.randrange(40) :]


def lines_in_another_order(lot, content):
    lines = content[: payload_starts(content)].split(b"\n")
    lot.shuffle(lines)
    return b"\n".join(lines) + content[payload_starts(content) :]


def line_left_out_or_said_twice(lot, content):
    lines = content[: payload_starts(content) - 1].split(b"\n")
    at = lot.choice([0, 1, 2, len(lines) - 1])
    lines[at : at + 1] = lines[at : at + 1] * lot.choice([0, 2])
    return b"\n".join(lines) + b"\n" + content[payload_starts(content) :]


def longer(lot, content):
    return content + lot.randbytes(lot.randint(1, 300))


def piece_put_into_what_is_sealed(lot, content):
    at = lot.randrange(payload_starts(content), len(content))
    return content[:at] + lot.randbytes(lot.randint(1, 300)) + content[at:]


def piece_taken_out_of_what_is_sealed(lot, content):
    at = lot.randrange(payload_starts(content), len(content) - 300)
    return content[:at] + content[at + lot.randint(1, 300) :]


def in_armor(lot, content):
    letters, fold = b64encode(content).decode(), lot.choice([64, 76, 10_000])
    lines = [letters[at : at + fold] for at in range(0, len(letters), fold)]
    return lot.choice(["\n", "\r\n"]).join([ARMOR_FIRST, *lines, ARMOR_LAST, ""]).encode()


def in_another_writing(lot, content):
    text = content.decode("latin-1")
    return lot.choice([
        b64encode(content), content.hex().encode(), gzip.compress(content), text.encode("utf-8"), text.encode("utf-16"),
        content.replace(b"\n", b"\r\n"), content.swapcase(), content[::-1],
    ])  # fmt: skip


def json_of_it(lot, content):
    body = lot.choice(
        [b64encode(content).decode(), "Dear diary", lot.random(), None, [], {"a": {"b": "strips"}}]
    )
    return json.dumps({"v": 1, "doc": "plan", "body": body}).encode().ljust(lot.choice([0, 512, 2048, 4096]))


def zip_of_it(lot, content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(f"{lot.randrange(1000)}.age", content)
    return file.getvalue()


def nothing_but_noise(lot, _content):
    return lot.randbytes(lot.choice([0, 1, 20, 512, 2048, 2248, 4096, 4296]))


def noise_after_the_first_line(lot, _content):
    return VERSION + lot.randbytes(lot.choice([0, 1, 200, 2048, 2248]))


def another_version(lot, content):
    odd = [b"age-encryption.org/v2\n", b"age-encryption.org/v1", b" " + VERSION, b"\xef\xbb\xbf" + VERSION]
    return lot.choice(odd) + content.removeprefix(VERSION)


def words_in_the_header(lot, content):
    at = lot.choice([content.index(mark) + 1 for mark in (b"\n-> X", b"\n--- ")])
    words = lot.choice([b"Dear diary\n", b"\n", b"\0", b"-> \n", b"->\n", b"# strips\n"])
    return content[:at] + words + content[at:]


def other_stanzas(lot, content):
    first = content.index(b"\n-> X") + 1
    after = first + len("-> X25519 ") + 43 + 1 + 43 + 1
    mine, rest = content[first:after], content[after:]
    key = b"A" * 43
    instead = lot.choice([
        b"", mine + mine, b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n" + key + b"\n", mine.replace(b"X25519", b"x25519"),
        b"-> ssh-ed25519 AAAA " + key + b"\n" + key + b"\n", mine.replace(b"X25519", b"piv-p256"),
        mine.replace(b"-> X25519 ", b"-> X25519 A "), mine.replace(b"X25519", b"mlkem768x25519"), mine[:-2] + b"\n",
    ])  # fmt: skip
    return content[:first] + instead + rest


KINDS = [
    truncated, cut_at_a_line, byte_flipped, bytes_flipped, piece_replaced, lines_in_another_order,
    line_left_out_or_said_twice, longer, piece_put_into_what_is_sealed, piece_taken_out_of_what_is_sealed, in_armor,
    in_another_writing, json_of_it, zip_of_it, nothing_but_noise, noise_after_the_first_line, another_version,
    words_in_the_header, other_stanzas,
]  # fmt: skip
# In these a change may have hit nothing that matters: they count where age itself cannot read the header any more.
BY_LOT = {byte_flipped, bytes_flipped, piece_replaced, lines_in_another_order, line_left_out_or_said_twice}


def drawn(lot, kind, content):
    """One file of this kind that is no longer an age file with the outside of the one it was made from."""
    while True:
        spoiled = kind(lot, content)
        if kind not in BY_LOT or not age_reads_it(spoiled):
            return spoiled
