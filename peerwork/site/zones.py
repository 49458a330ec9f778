"""Three zones of addresses, and what each of them may know.

named     /     a session cookie; holds nothing sensitive
vault     /v/   a session cookie; takes in nothing but age ciphertext, and the word that something may go
nameless  /a/   no cookie at all: an address with a secret in it is the only authority

Before any of them, every request loses where it came from.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from peerwork.people.vault.envelope import NotSealed, check_sealed

type Next = Callable[[HttpRequest], HttpResponse]

# What a request says about where it comes from. The server never needs it.
TELLTALES = (
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_CF_CONNECTING_IP",
    "HTTP_TRUE_CLIENT_IP",
)
# What it says about the device and its owner. A nameless call does not need these either.
TELLTALES_OF_A_DEVICE = ("HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER")
LARGEST_SEALED = 256 * 1024


def forget_where_from(environ: dict[str, Any]) -> None:
    for name in TELLTALES:
        environ.pop(name, None)
    environ["REMOTE_ADDR"] = ""
    for name in [name for name in environ if name.startswith("HTTP_SEC_CH_")]:
        del environ[name]


def keep_to_the_zones(answer: Next) -> Next:
    def zoned(request: HttpRequest) -> HttpResponse:
        forget_where_from(request.META)
        if request.path.startswith("/a/"):
            return _nameless(request, answer)
        if request.path.startswith("/v/"):
            return _vault(request, answer)
        return _named(request, answer)

    zoned.process_exception = _cut_off  # type: ignore[attr-defined]  # where Django looks for it
    return zoned


def _cut_off(_request: HttpRequest, trouble: Exception) -> HttpResponse | None:
    """The connection ended in the middle of a body. Nothing was kept; there may be nobody left to tell."""
    if isinstance(trouble, UnreadablePostError):
        return _plain(_("That did not arrive whole, so nothing was kept. Please send it again."), 400)
    return None


def _named(request: HttpRequest, answer: Next) -> HttpResponse:
    """Nothing of a signed-in page stays in a cache: after a quick exit, Back shows nothing."""
    response = answer(request)
    if not response.has_header("Cache-Control"):
        add_never_cache_headers(response)
    # A page where people talk aloud says its own (support/line). On any other no script gets at a microphone.
    response.headers.setdefault(
        "Permissions-Policy", "geolocation=(), camera=(), microphone=(), payment=(), usb=()"
    )
    return response


def _vault(request: HttpRequest, answer: Next) -> HttpResponse:
    response = answer(request)
    add_never_cache_headers(response)
    return response


def take_in_only_what_is_sealed(answer: Next) -> Next:
    """After it is known who is here: a stranger's body is never even read."""

    def taken(request: Any) -> HttpResponse:
        comes_in = request.path.startswith("/v/") and request.method not in {"GET", "HEAD"}
        return (_unsealed(request) if comes_in and request.person.hats else None) or answer(request)

    return taken


def _unsealed(request: HttpRequest) -> HttpResponse | None:
    try:
        if len(request.body) > LARGEST_SEALED:
            return _plain(_("This is more than one sealed page."), 413)
        if request.method == "DELETE" and not request.body:
            return None
        check_sealed(request.body)
    except NotSealed:
        return _plain(_("Only sealed pages come in here. This was not one, and nothing was kept."), 415)
    except UnreadablePostError as trouble:
        return _cut_off(request, trouble)
    return None


def _nameless(request: HttpRequest, answer: Next) -> HttpResponse:
    if request.META.get("HTTP_COOKIE"):
        return _plain(
            _("This address takes no cookie. Calendar addresses belong in a calendar app. Nothing was done."),
            400,
        )
    for name in TELLTALES_OF_A_DEVICE:
        request.META.pop(name, None)
    response = answer(request)
    response.headers["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


def _plain(says: str, status: int) -> HttpResponse:
    response = HttpResponse(says + "\n", status=status, content_type="text/plain; charset=utf-8")
    add_never_cache_headers(response)
    return response
