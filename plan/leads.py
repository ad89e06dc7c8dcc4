"""This file says whom a lead in staff's own words names."""


def names(lead: str, name: str) -> bool:
    """Whether a lead in staff's words ("J Smith / Ann Lee") says this name, whatever the case and the spaces."""
    said = _plain(name)
    return bool(said) and f" {said} " in f" {_plain(lead)} "


def _plain(words: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in words.casefold()).split())
