"""This file sets what protects every answer: strict headers and cookies, and whom we believe of a proxy."""

from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSessionInterface
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
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # "no-referrer" would break forgery protection over https
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class StrictCookies(SecureCookieSessionInterface):
    """Session cookies that travel over https only, except on this very machine, where no network listens."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return not is_plain_loopback(request)


def prepare(app: Flask) -> None:
    """Set strict cookies and headers on everything the app answers."""
    app.session_interface = StrictCookies()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_NAME="improvement-plan"
    )
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


def local_path(address: str | None) -> str | None:
    """The address if it leads to a page of this app, else None: no link may lead elsewhere by way of us."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if "\\" in address or any(not mark.isprintable() for mark in address):  # browsers read \ as /, and skip tabs
        return None
    return address


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
