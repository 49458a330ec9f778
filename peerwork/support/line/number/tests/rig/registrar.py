"""A registrar as small as can be: it asks for the password once, as RFC 2617 says, and tells who came in with it."""

import hashlib
import re
import socket
import sys

from peerwork.support.line.number.tests.rig.phone import tell

REALM, NONCE = "trunk", "a nonce of this day"


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 — what SIP asks for


def is_right(request, user, password):
    said = dict(
        re.findall(r'(\w+)="?([^",\r]*)"?', request.partition("Authorization: Digest ")[2].split("\r\n")[0])
    )
    if not said:
        return False
    one, two = md5(f"{user}:{REALM}:{password}"), md5(f"REGISTER:{said['uri']}")
    middle = f"{said['nc']}:{said['cnonce']}:{said['qop']}:" if "qop" in said else ""
    return said["response"] == md5(f"{one}:{NONCE}:{middle}{two}")


def answered(request, user, password):
    ok = is_right(request, user, password)
    kept = [line for line in request.split("\r\n") if re.match(r"(Via|From|To|Call-ID|CSeq|Contact):", line)]
    kept = [line + ";tag=here" if line.startswith("To:") else line for line in kept]
    asks = [] if ok else [f'WWW-Authenticate: Digest realm="{REALM}", nonce="{NONCE}", algorithm=MD5']
    status = "200 OK" if ok else "401 Unauthorized"
    return ok, "\r\n".join([f"SIP/2.0 {status}", *kept, *asks, "Expires: 600", "Content-Length: 0", "", ""])


def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        tell(ready=f"sip:127.0.0.1:{door.getsockname()[1]}")
        while True:
            request, where = door.recvfrom(4096)
            ok, answer = answered(request.decode(), "line", sys.argv[1])
            door.sendto(answer.encode(), where)
            tell(registered=ok)


if __name__ == "__main__":
    main()
