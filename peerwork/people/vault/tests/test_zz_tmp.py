import json, random, pytest, collections, traceback, copy
from peerwork.people.vault import passkeys
from peerwork.people.vault.tests.a_device import Device, text, content
from fido2 import cbor
SHOWN={"hostname":"localhost","shown_as":"Corner"}
def js(o): 
    from django.http import JsonResponse
    return json.loads(JsonResponse(o,json_dumps_params={"default":str}).content)
JUNK=[None,0,1.5,True,"","x","\x00","\ud800","é",[],{},["a"],{"a":1},"A"*3000,"AAAA",10**400,[[[]]]]
def paths(v,p=()):
    yield p
    if isinstance(v,dict):
        for k in v: yield from paths(v[k],p+(k,))
def put(v,p,x):
    v=copy.deepcopy(v)
    if not p: return x
    d=v
    for k in p[:-1]: d=d[k]
    if x=="__del": d.pop(p[-1])
    else: d[p[-1]]=x
    return v
def test_fuzz(network, ash):
    d=Device(); o,s=passkeys.begin_adding(ash,**SHOWN); a=d.made(js(o))
    bad=collections.Counter()
    rnd=random.Random(3)
    def tr(f,*args,**k):
        try: f(*args,**k); return "ok"
        except passkeys.NotThisKey: return "not"
        except BaseException as e:
            bad[(f.__name__,type(e).__name__,str(e)[:60])]+=1; return "bad"
    for p in list(paths(a)):
        for x in JUNK+["__del"]:
            tr(passkeys.finish_adding,ash,put(a,p,x),state=s,label="x",**SHOWN)
    for st in [{}, {"challenge":None}, {"challenge":"x"}, {"challenge":5,"user_verification":1}]:
        tr(passkeys.finish_adding,ash,a,state=st,label="x",**SHOWN)
    raw=content(a["response"]["attestationObject"])
    for at in range(len(raw)):
        for _ in range(6):
            w=bytearray(raw); w[at]=rnd.randrange(256)
            tr(passkeys.finish_adding,ash,put(a,("response","attestationObject"),text(bytes(w))),state=s,label="x",**SHOWN)
        tr(passkeys.finish_adding,ash,put(a,("response","attestationObject"),text(raw[:at])),state=s,label="x",**SHOWN)
    obj=dict(cbor.decode(raw))
    for f,v in [("authData",b""),("authData",b"x"*36),("authData",b"x"*37),("authData",obj["authData"][:60]),("authData",5),("fmt",5),("attStmt",[])]:
        tr(passkeys.finish_adding,ash,put(a,("response","attestationObject"),text(cbor.encode({**obj,f:v}))),state=s,label="x",**SHOWN)
    # no credential data flag
    ad=bytearray(obj["authData"][:37]); ad[32]=5
    tr(passkeys.finish_adding,ash,put(a,("response","attestationObject"),text(cbor.encode({**obj,"authData":bytes(ad)}))),state=s,label="x",**SHOWN)
    deep=b"\x81"*200000
    tr(passkeys.finish_adding,ash,put(a,("response","attestationObject"),text(deep)),state=s,label="x",**SHOWN)
    from peerwork.people.vault.models import Passkey
    Passkey.objects.all().delete()
    pk=passkeys.finish_adding(ash,a,state=s,label="x",**SHOWN); print(pk.__dict__)
    o,s=passkeys.begin_sign_in(**SHOWN); g=d.signs(js(o))
    print(passkeys.finish_sign_in(g,state=s,**SHOWN).person)
    for p in list(paths(g)):
        for x in JUNK+["__del"]:
            tr(passkeys.finish_sign_in,put(g,p,x),state=s,**SHOWN)
    for k in ("authenticatorData","signature","clientDataJSON"):
        raw=content(g["response"][k])
        for at in range(len(raw)):
            w=bytearray(raw); w[at]^=rnd.randrange(1,256)
            r=tr(passkeys.finish_sign_in,put(g,("response",k),text(bytes(w))),state=s,**SHOWN)
            if r=="ok": print("OK?",k,at)
            tr(passkeys.finish_sign_in,put(g,("response",k),text(raw[:at])),state=s,**SHOWN)
    for k,v in bad.most_common(): print(k,v)
