"""This file says what changed as one JSON document, for programs and for `flask plan changes --json`."""

from typing import Any

from plan.changed.values import Changed, Place, Sentence


def as_json(changed: Changed) -> dict[str, Any]:
    """Plain values: `{"count", "themes": [{"id", "title", "sentences": [{"sort", "words", "count", "places"}]}]}`.

    A place has `kind, record, requirement, field, before, after, words`; absent values are None.
    """
    return {
        "count": changed.count,
        "themes": [
            {"id": theme.id or None, "title": theme.title, "sentences": [_sentence(one) for one in theme.sentences]}
            for theme in changed.themes
        ],
    }


def _sentence(one: Sentence) -> dict[str, Any]:
    return {
        "sort": one.sort.value,
        "words": one.words,
        "count": one.count,
        "places": [_place(place) for place in one.places],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "kind": place.kind.value,
        "record": place.record,
        "requirement": place.requirement or None,
        "field": place.field,
        "before": place.before,
        "after": place.after,
        "words": place.words,
    }
