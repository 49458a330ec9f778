"""Looking for a secret in whatever was taken: files, tables, what went over a wire. In every form it may have."""

import base64
import json
import re
import sqlite3
import zlib
from collections import defaultdict
from contextlib import closing
from urllib.parse import quote, quote_plus

GZIP, ZLIB = b"\x1f\x8b\x08", b"\x78"
# Long enough to hold something. The address-safe alphabet too: Django writes a session like this.
A_RUN = re.compile(rb"[A-Za-z0-9+/_-]{40,}")
# What is packed inside what is packed is looked into as well, and no further.
DEEPEST = 2
# What parts two pieces, so that no secret is made of their ends.
BETWEEN = b"\x1e\x1e"


def encodings_of(secret):
    """A secret, as words or as bytes, as it might lie about."""
    plain = secret.encode() if isinstance(secret, str) else secret
    yield plain
    for shift in range(3):
        middle = base64.b64encode(b"\0" * shift + plain)[(shift * 4 + 2) // 3 + 1 : -4]
        if len(middle) > 8:
            yield middle
            yield middle.translate(bytes.maketrans(b"+/", b"-_"))
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    if isinstance(secret, str):
        yield from (code(secret, safe="").encode() for code in (quote, quote_plus))
        yield from (secret.encode(code) for code in ("utf-16-le", "utf-16-be"))
        yield json.dumps(secret)[1:-1].encode()


def unpacked(content, depth=0):
    """The bytes themselves, the same in one line, and whatever is packed inside them."""
    one_line = content.translate(None, b"\r\n")
    yield content
    if one_line != content:
        yield one_line
    if depth < DEEPEST:
        for inner in _inside(content, one_line):
            yield from unpacked(inner, depth + 1)


def _inside(content, one_line):
    for match in re.finditer(GZIP, content):
        yield from _inflated(content[match.start() :], 31)
    if content.startswith(ZLIB):
        yield from _inflated(content, 15)
    for run in set(A_RUN.findall(one_line)):
        whole = run[:-1] if len(run) % 4 == 1 else run + b"=" * (-len(run) % 4)
        yield base64.urlsafe_b64decode(whole.translate(bytes.maketrans(b"+/", b"-_")))


def _inflated(content, kind):
    try:
        yield zlib.decompressobj(wbits=kind).decompress(content)
    except zlib.error:
        return


def find(secrets, contents):
    """Where each secret lies about: {what it is: names of contents}. Nothing for what lies nowhere."""
    forms = {what: set(encodings_of(secret)) for what, secret in secrets.items()}
    found = defaultdict(list)
    for name, content in contents.items():
        everything = BETWEEN.join(unpacked(content))
        for what, shapes in forms.items():
            if any(shape in everything for shape in shapes):
                found[what].append(name)
    return {what: sorted(names) for what, names in found.items()}


def where_found(secret, contents):
    return find({"it": secret}, contents).get("it", [])


def everything_kept(house):
    """Every file the server left: data, memory, what it printed. Not the card of the made-up cast."""
    folders = (house.data, house.data.with_name(house.data.name + "-memory"))
    files = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and "static" not in path.parts
    ]
    files.append(house.data.with_name(house.data.name + "-said.txt"))
    return {path.name: path.read_bytes() for path in files if path.name != "demo.txt"}


def every_column(file):
    """Each column of each table, whole. In the file itself a long text lies in pieces."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as disk:
        for (table,) in disk.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            asked = disk.execute(f'SELECT * FROM "{table}"')
            rows = asked.fetchall()
            for (name, *_rest), values in zip(asked.description, zip(*rows, strict=True), strict=False):
                yield f"{table}.{name}", BETWEEN.join(map(_as_bytes, values))


def _as_bytes(value):
    return value if isinstance(value, bytes) else str(value).encode()
