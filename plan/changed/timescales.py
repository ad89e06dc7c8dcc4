"""This file tells of timescales: which moved, from when to when, for the how manieth time, and who agreed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from plan.changed.ground import NUMBERS, Ground, count, listed, said
from plan.changed.values import Place, Sentence, Sort
from plan.fields import Kind
from plan.questions.naming import first_upper
from plan.snapshot import Item

ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def moved(ground: Ground, members: Sequence[Item]) -> Iterator[Sentence]:
    """Those that moved, counted: "Two timescales moved, one for the second time."; those given or lost apart."""
    pairs = [pair for item in members if item.kind is Kind.ACTION and (pair := ground.both(item.id))]
    differ = [(then, now) for then, now in pairs if then.get("timescale") != now.get("timescale")]
    went = [(then, now) for then, now in differ if then.get("timescale") and now.get("timescale")]
    if went:
        places = tuple(_place(ground, then, now) for then, now in went)
        yield Sentence(Sort.TIMESCALE, _together(ground, places), places)
    for then, now in differ:
        if (then, now) not in went:
            place = _place(ground, then, now)
            yield Sentence(Sort.TIMESCALE, place.words, (place,))


def _place(ground: Ground, then: Item, now: Item) -> Place:
    before, after = then.get("timescale"), now.get("timescale")
    who = first_upper(ground.name(now))
    if before is None:
        way = f"was given the timescale {said(now, 'timescale', after)}"
    elif after is None:
        way = f"lost its timescale, which was {said(then, 'timescale', before)}"
    else:
        again = ordinal(ground.told.moves.get(now.id, 0))
        way = f"moved from {said(then, 'timescale', before)} to {said(now, 'timescale', after)}{again}"
    agreed = ground.agreed(now, "timescale", after)
    return ground.place(now, "timescale", before, after, f"{who} {way}{f' ({agreed})' if agreed else ''}.")


def ordinal(moves: int) -> str:
    """ ", for the second time" where it moved more than once."""
    if moves < 2:
        return ""
    return f", for the {ORDINALS[moves]} time" if moves < len(ORDINALS) else f", for the {moves}th time"


def _together(ground: Ground, places: Sequence[Place]) -> str:
    if len(places) == 1:
        return f"The timescale of {places[0].words[:1].lower()}{places[0].words[1:]}"
    times = Counter(ground.told.moves.get(place.record, 0) for place in places)
    again = [
        f"{NUMBERS[times[moves]] if times[moves] < len(NUMBERS) else times[moves]}{ordinal(moves).removeprefix(',')}"
        for moves in sorted(times)
        if moves > 1
    ]
    return f"{first_upper(count(len(places), 'timescale'))} moved{f', {listed(again)}' if again else ''}."
