"""This file tells of figures: which fell or rose, from what to what, which readings and audits came, went or differ."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from plan import figures, periods
from plan.changed.ground import Ground, count, said
from plan.changed.values import Place, Sentence, Sort
from plan.fields import Kind, of
from plan.figures import Direction, Reading
from plan.questions.naming import first_upper
from plan.snapshot import Item


def readings(ground: Ground, members: Sequence[Item]) -> Iterator[Sentence]:
    """Each figure whose newest reading differs: "Visits: the figure fell from 74.89% to 71.00%, which is worse."."""
    for item in members:
        if item.kind is Kind.INDICATOR and ground.now(item.id):
            newest = _newest(ground, item)
            if newest:
                yield newest
            yield from _others(ground, item, newest)


def audits(ground: Ground, members: Sequence[Item]) -> Iterator[Sentence]:
    """Each audit that is new, gone or says other numbers."""
    for item in members:
        if item.kind is not Kind.AUDIT:
            continue
        then, now = ground.then(item.id), ground.now(item.id)
        if then is None or now is None:
            words = _audit(ground, item, "was added" if now else "was taken out")
            yield Sentence(Sort.FIGURE, words, (ground.place(item, "present", bool(then), bool(now), words),))
        elif differ := [row.name for row in of(Kind.AUDIT) if then.get(row.name) != now.get(row.name)]:
            yield _corrected(ground, then, now, differ)


def _newest(ground: Ground, item: Item) -> Sentence | None:
    now = figures.figure_of(ground.after, item)
    then = figures.figure_of(ground.before, item) if ground.then(item.id) else None
    was, last = then.last if then else None, now.last
    if last is None or was == last or (was and was.period > last.period):
        return None  # a newest reading that was taken out is told as that
    record = _record(ground, item, last)
    if was is None:
        words = f"{now.name}: the first figure is {say(last.value, now.unit)}, for {last.period.words}."
    else:
        words = f"{now.name}: {_way(was, last, now.unit, now.better)}."
    return Sentence(Sort.FIGURE, words, (ground.place(record, "value", was.value if was else None, last.value, words),))


def _way(was: Reading, last: Reading, unit: str, better: str | None) -> str:
    one, two = say(was.value, unit, last.value), say(last.value, unit, was.value)
    months = f"{was.period.words} to {last.period.words}" if was.period != last.period else last.period.words
    direction = figures.travel((was.period, was.value), (last.period, last.value), better, unit).direction
    judged = f", which is {direction}" if direction in (Direction.BETTER, Direction.WORSE) else ""
    if was.value == last.value:
        return f"the figure stayed at {two} ({months})"
    return f"the figure {'fell' if last.value < was.value else 'rose'} from {one} to {two} ({months}){judged}"


def _others(ground: Ground, item: Item, newest: Sentence | None) -> Iterator[Sentence]:
    """The readings besides the newest that were added, corrected or taken out."""
    told = {place.record for place in newest.places} if newest else set()
    after = [one for one in ground.after.under(item.id, Kind.READING) if one.id not in told]
    here = {one.id for one in after} | told
    before = ground.before.under(item.id, Kind.READING) if ground.then(item.id) else []
    known = {one.id: one for one in before}
    added = [one for one in after if one.id not in known]
    corrected = [one for one in after if one.id in known and one.values != known[one.id].values]
    gone = [one for one in before if one.id not in here]
    for done, records in (("added", added), ("corrected", corrected), ("taken out", gone)):
        if records:
            places = tuple(_reading(ground, item, one, known.get(one.id), done) for one in records)
            verb = "was" if len(records) == 1 else "were"
            words = (
                f"{item.get('name')}: {count(len(records), 'other reading' if newest else 'reading')} {verb} {done}."
            )
            yield Sentence(Sort.FIGURE, words, places)


def _reading(ground: Ground, item: Item, now: Item, then: Item | None, done: str) -> Place:
    unit, month = str(item.get("unit") or ""), periods.say(now.get("period"))
    before, after = then.get("value") if then else None, None if done == "taken out" else now.get("value")
    words = f"{month}: {say(after if after is not None else before, unit)} was {done}."
    if done == "corrected":
        words = f"{month}: {say(before, unit)} was corrected to {say(after, unit)}."
    return ground.place(now, "value", before, after, words)


def _record(ground: Ground, item: Item, reading: Reading) -> Item:
    found = [
        one
        for one in ground.after.under(item.id, Kind.READING)
        if periods.find(one.get("period")) == reading.period and one.get("value") == reading.value
    ]
    return found[-1] if found else item


def _audit(ground: Ground, item: Item, done: str) -> str:
    audit = figures.audit_of(item)
    grades = ", ".join(f"{number:,} {grade}" for grade, number in audit.grades.items() if number is not None)
    cases = f": {audit.total:,} cases" if audit.total is not None else ""
    found = f"{cases}{' – ' if cases else ': '}{grades}" if grades else cases
    return f"{first_upper(ground.name(item))} {done}{found}."


def _corrected(ground: Ground, then: Item, now: Item, differ: Sequence[str]) -> Sentence:
    labels = {row.name: row.label for row in of(Kind.AUDIT)}
    places = tuple(
        ground.place(
            now,
            name,
            then.get(name),
            now.get(name),
            f"{labels[name]} from {said(now, name, then.get(name))} to {said(now, name, now.get(name))}",
        )
        for name in differ
    )
    words = f"{first_upper(ground.name(now))} was corrected: {'; '.join(place.words for place in places)}."
    return Sentence(Sort.FIGURE, words, places)


def say(value: object, unit: str, beside: object = None) -> str:
    """A figure with its unit, with as many decimals as the one that it is held against: "71.00%" beside "74.89%"."""
    if not isinstance(value, int | float):
        return "nothing"
    places = max(_decimals(value), _decimals(beside))
    number = f"{Decimal(repr(value)):,.{places}f}"
    return f"{number}%" if unit.strip() == "%" else f"{number} {unit}".strip()


def _decimals(value: object) -> int:
    if not isinstance(value, int | float) or float(value).is_integer():
        return 0
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
