"""This file answers a form that comes after its session ended: what was typed is shown, to be copied or saved again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from blueprints import security

WAS = "was"  # in a stranger's session: whose session ended in this browser
NOT_TYPED = frozenset({"csrf_token", "password", "old", "again", "next", "back"})
OF_THE_FORM = re.compile(r"(.*\.)?was([-.].*)?")
A_TOKEN = re.compile(r"\S{16,}")


@dataclass(frozen=True)
class Typed:
    """Words that somebody typed, by the name of their field."""

    id: str
    label: str
    words: str


def typed() -> list[Typed]:
    """What was typed, for a form that a page of our own sent: another site must not have its words shown here."""
    return list(_typed()) if security.is_from_own_page(request) else []


def keeping_words(typed: list[Typed]) -> ResponseReturnValue:
    """401 with the words, to be copied."""
    return make_response(render_template("auth/ended.html", typed=typed), 401)


def _typed() -> Iterator[Typed]:
    for number, (name, words) in enumerate(request.form.items(multi=True)):
        if name not in NOT_TYPED and not OF_THE_FORM.fullmatch(name) and words.strip() and not A_TOKEN.fullmatch(words):
            yield Typed(f"typed-{number}", name.replace("_", " ").replace("-", " ").capitalize(), words)
