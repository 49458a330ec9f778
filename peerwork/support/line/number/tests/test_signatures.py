"""A provider's signature: what is theirs comes in, and what is forged, changed or said again does not."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerwork.support.line.number import signatures
from peerwork.support.line.number.signatures import Forged

# The example of Twilio's own documentation and libraries.
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": ["CA1234567890ABCDE"],
    "Digits": ["1234"],
    "From": ["+14158675309"],
    "To": ["+18005551212"],
    "Caller": ["+14158675309"],
}
TOKEN = "12345"
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
BODY = b'{"property": "value", "boolean": true}'
BODY_URL = URL + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
BODY_SIGNATURE = "a9nBmqA0ju/hNViExpshrM61xv4="


def test_what_twilio_signed_comes_in():
    signatures.check_twilio(TOKEN, SIGNATURE, url=URL, form=FORM, body=b"")
    signatures.check_twilio(TOKEN, BODY_SIGNATURE, url=BODY_URL, form={}, body=BODY)


@pytest.mark.parametrize(
    ("token", "signature", "url", "form"),
    [
        ("54321", SIGNATURE, URL, FORM),
        (TOKEN, "", URL, FORM),
        (TOKEN, SIGNATURE[:-2] + "x=", URL, FORM),
        (TOKEN, SIGNATURE, URL.replace("https", "http"), FORM),
        (TOKEN, SIGNATURE, URL + "&looks=3", FORM),
        (TOKEN, SIGNATURE, URL, FORM | {"From": ["+61491570156"]}),
        (TOKEN, SIGNATURE, URL, FORM | {"Digits": ["1234", "2"]}),
        (TOKEN, SIGNATURE, URL, {}),
        (TOKEN, "ü", URL, FORM),
    ],
)
def test_whatever_is_changed_is_refused(token, signature, url, form):
    with pytest.raises(Forged):
        signatures.check_twilio(token, signature, url=url, form=form, body=b"")


def test_another_body_is_refused_though_the_address_is_signed():
    with pytest.raises(Forged):
        signatures.check_twilio(TOKEN, BODY_SIGNATURE, url=BODY_URL, form={}, body=BODY + b" ")


def stamped(secret, body, at):
    mark = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mark}"


@given(st.text(min_size=1), st.binary(), st.integers(0, 10**11))
def test_what_jambonz_signed_comes_in_for_five_minutes_and_no_longer(secret, body, at):
    said = stamped(secret, body, at)
    for later in (0, -300, 300):
        signatures.check_jambonz(secret, said, body=body, now=at + later)
    for later in (-301, 301, 10**6):
        with pytest.raises(Forged):
            signatures.check_jambonz(secret, said, body=body, now=at + later)
    with pytest.raises(Forged):
        signatures.check_jambonz(secret, said, body=body + b"x", now=at)
    with pytest.raises(Forged):
        signatures.check_jambonz(secret + "x", said, body=body, now=at)


@pytest.mark.parametrize("said", ["", "t=1", "v1=" + "0" * 64, "t=x,v1=" + "0" * 64, f"t=1,v1={'0' * 64}"])
def test_a_header_that_is_none_is_refused(said):
    with pytest.raises(Forged):
        signatures.check_jambonz("secret", said, body=b"{}", now=1)
