"""This file adds to what an address asks for."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def asking(address: str, **more: str | None) -> str:
    """The address asking for this as well; what is None it no longer asks for."""
    parts = urlsplit(address)
    asked = {**dict(parse_qsl(parts.query)), **more}
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return urlunsplit(parts._replace(query=query))
