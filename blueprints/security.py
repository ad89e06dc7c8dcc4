"""This file sets what protects every answer: strict headers and cookies, and whom we believe of a proxy."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
NOT_OUR_HOST = (
    "This server does not answer to the name in that address. Nothing was changed. Open the address that you were "
    "given for the plan. Whoever runs the server: name it in TRUSTED_HOSTS (docs/running.md)."
)
OTHER_SITE = (
    "That was sent by a page of another site, not by one of ours, so nothing was changed. Open the plan itself and do "
    "it there; if a link in a message led you here, tell the programme office."
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # "no-referrer" would break forgery protection over https
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def prepare(app: Flask) -> None:
    """Set strict cookies and headers on everything the app answers."""
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_NAME="improvement-plan"
    )
    # Flask's own check of the same setting would answer before our pages can explain it.
    app.config["OUR_HOSTS"] = LOOPBACK | {host.strip().lower() for host in app.config["TRUSTED_HOSTS"] if host.strip()}
    app.config["TRUSTED_HOSTS"] = None
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_other_sites)
    proxies = app.config["TRUSTED_PROXIES"]
    if proxies:
        behind = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = behind  # type: ignore[method-assign]
    app.after_request(_strict)


def is_plain_loopback(asked: Request) -> bool:
    """Whether a request came over plain http to this machine's own address."""
    return not asked.is_secure and _host_name(asked) in LOOPBACK


def cookies_stick(asked: Request) -> bool:
    """Whether a browser keeps our cookies: over https, or over plain http on this very machine."""
    return asked.is_secure or is_plain_loopback(asked)


def is_from_own_page(asked: Request) -> bool:
    """Whether a form was sent by a page of this app, as the browser says of its own accord."""
    return asked.headers.get("Sec-Fetch-Site") == "same-origin" or _is_own_origin(asked)


def local_path(address: str | None) -> str | None:
    """The address if it leads to a page of this app, else None: no link may lead elsewhere by way of us."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(not mark.isprintable() for mark in address):  # browsers read \ as /, and skip tabs
        return None
    return address


def _refuse_other_hosts() -> None:
    """A forged Host would stand in the links that we write: one-time links, above all."""
    if (_host_name(request) or "").lower() not in current_app.config["OUR_HOSTS"]:
        abort(400, NOT_OUR_HOST)


def _refuse_other_sites() -> None:
    """Beside the forgery token: what the browser says of where a form came from, which no page can make it say."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in {"same-origin", "none"} or ("Origin" in request.headers and not _is_own_origin(request)):
        abort(400, OTHER_SITE)


def _is_own_origin(asked: Request) -> bool:
    """By name and port alone: before a proxy of ours was named in the settings, https looks like http here."""
    origin = asked.headers.get("Origin", "")
    return origin.partition("://")[2].lower() == asked.host.lower() and bool(origin)


def _host_name(asked: Request) -> str | None:
    try:
        return urlsplit(f"//{asked.host}").hostname
    except ValueError:
        return None


def _strict(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"
        response.headers.add("Vary", "HX-Request")
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
