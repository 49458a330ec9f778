"""Twilio and jambonz, as they ring us: signed, and doing what they are told. One call of each is one of these."""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

TOKEN, SECRET = "a token", "a secret"
BASE = "http://localhost:8000"


class Provider:
    """`says`, `to`, `dials`, `is_over`: what we told it last."""

    def __init__(self, client, number, name="CA1"):
        self.client, self.number, self.name, self.to = client, number, name, self.first
        self.parent = None

    def rings(self):
        return self._asks(self.to)

    def presses(self, keys):
        return self._asks(self.to, keys=keys)

    def hangs_up(self):
        return self.tells("completed")

    def tells(self, status):
        """What becomes of the call, at the address that was typed in for it."""
        return self._asks(BASE + f"/a/number/{self.kind}/ended/", status=status)

    def picks_up(self):
        """The one who was dialled: their leg, as the provider asks about it."""
        leg = type(self)(self.client, self.number, name="CA2")
        leg.parent, leg.to = self.name, self.confirm
        return leg.rings()

    def _asks(self, address, keys="", status="in-progress"):
        answer = self.posts(address.removeprefix(BASE), keys, status=status)
        assert answer.status_code == 200, answer.content
        self.hears(answer)
        return self


class Twilio(Provider):
    kind, first = "twilio", BASE + "/a/number/twilio/"

    def posts(self, path, keys="", token=TOKEN, status="in-progress"):
        form = {"CallSid": self.name, "From": self.number, "To": "+61380000000", "CallStatus": status}
        form |= {"Digits": keys} if keys else {}
        form |= {"ParentCallSid": self.parent} if self.parent else {}
        signed = BASE + path + "".join(name + form[name] for name in sorted(form))
        mark = base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest())
        return self.client.post(
            path,
            urlencode(form),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": mark.decode()},
        )

    def hears(self, answer):
        tree = ET.fromstring(answer.content)  # noqa: S314 — our own
        self.says = [one.text for one in tree.iter("Say")]
        self.dials = next((one.text for kind in ("Number", "Sip") for one in tree.iter(kind)), "")
        self.confirm = next((one.get("url") for kind in ("Number", "Sip") for one in tree.iter(kind)), "")
        self.is_over = tree.find("Hangup") is not None
        self.joins = len(tree) == 0
        self.to = next((one.get("action") for one in tree.iter() if one.get("action")), "")
        self.verbs = {one.tag for one in tree.iter()}
        assert all(one.get("callerId") == "+61380000000" for one in tree.iter("Dial"))


class Jambonz(Provider):
    kind, first = "jambonz", BASE + "/a/number/jambonz/"

    def posts(self, path, keys="", token=SECRET, status="in-progress"):
        told = {"call_sid": self.name, "from": self.number, "to": "+61380000000", "digits": keys}
        told |= {"call_status": status}
        told |= {"parent_call_sid": self.parent} if self.parent else {}
        body = json.dumps(told)
        stamp = str(int(time.time()))
        mark = hmac.new(token.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hexdigest()
        said = {"Jambonz-Signature": f"t={stamp},v1={mark}"}
        return self.client.post(path, body, content_type="application/json", headers=said)

    def hears(self, answer):
        verbs = answer.json()
        said = [one.get("say", one) for one in verbs]
        self.says = [one["text"] for one in said if "text" in one]
        targets = [target for one in verbs for target in one.get("target", [])]
        self.dials = next((one.get("number") or one.get("sipUri") for one in targets), "")
        self.confirm = next((one["confirmHook"] for one in verbs if "confirmHook" in one), "")
        self.is_over = "hangup" in {one["verb"] for one in verbs}
        self.joins = not verbs
        self.to = next((one["actionHook"] for one in verbs if "actionHook" in one), "")
        self.verbs = {one["verb"] for one in verbs}
        assert all(one["callerId"] == "+61380000000" for one in verbs if one["verb"] == "dial")
