"""This file settles which column of a table means which field: by heading, place and content."""

from collections.abc import Callable, Sequence

from plan import rag
from plan.fields import Kind
from sync import buried
from sync.detect.draft import ACHIEVEMENT_TEXT, ACTION_TEXT, REQUIREMENT_REFERENCE, REQUIREMENT_TEXT, Draft
from sync.detect.heads import Head
from sync.detect.progress import achievements_in_lines, evidence, progress
from sync.detect.rows import is_reference
from sync.detect.sample import Sample
from sync.headings import Word
from sync.months import newest, of_one_rhythm


def settle(heads: Sequence[Head], sample: Sample) -> Draft:
    """What each column of a table means. Columns left out of `claims` are kept as they are."""
    draft = Draft(heads, sample)
    for rule in FIGURES if _is_scorecard(draft) else RULES:
        rule(draft)
        draft.one_column_a_field()
    return draft


def _is_scorecard(draft: Draft) -> bool:
    months = any(head.period for head in draft.heads)
    return months and bool(draft.having(Word.INDICATOR)) and not draft.having(Word.ACTION, Word.ACHIEVEMENT)


def latest_month(draft: Draft) -> None:
    """Of columns that differ in their month alone the latest that holds anything is read.

    The older ones are kept as they are; those of months to come wait until something is written there.
    """
    for columns in draft.of_several_months():
        told = [i for i in columns if draft.sample.values(i) or draft.sample.tinted(i)] or columns
        latest = newest([draft.heads[i].words for i in told])
        if latest is not None and newest([draft.heads[i].words for i in columns]) is not None:
            draft.passed.update(i for i in columns if i != told[latest])
            draft.waiting.update(i for i in columns if i > told[latest] and i not in told)


def what_or_how(draft: Draft) -> None:
    """The heading "What?" is the action, unless "How?" stands beside it: then it is the requirement."""
    how = any(draft.heads[i].plain.startswith("how") for i in draft.having(Word.ACTION))
    requirement = how and not draft.having(Word.REQUIREMENT)
    draft.claim(draft.having(Word.WHAT), REQUIREMENT_TEXT if requirement else ACTION_TEXT)


def requirement_words(draft: Draft) -> None:
    """A column of requirements that holds only numbers is their number; the words stand elsewhere."""
    for i in draft.having(Word.REQUIREMENT):
        numbers = draft.sample.all(i, is_reference)
        draft.claim([i], REQUIREMENT_REFERENCE if numbers else REQUIREMENT_TEXT)


def objectives(draft: Draft) -> None:
    """An objective is what is asked for, where actions stand under it and nothing else says what is asked."""
    if draft.having(Word.ACTION) and not draft.has_requirements and draft.first(REQUIREMENT_REFERENCE) is None:
        draft.claim(draft.having(Word.OBJECTIVE), REQUIREMENT_TEXT)


def action_words(draft: Draft) -> None:
    """Actions; where no column says so, next steps are what will be done."""
    draft.claim(draft.having(Word.ACTION), ACTION_TEXT)
    if not draft.has_actions and draft.has_requirements:
        draft.claim(draft.having(Word.NEXT_STEP), ACTION_TEXT)


def achievement_words(draft: Draft) -> None:
    """A heading that speaks of achievements always means them."""
    draft.claim(draft.having(Word.ACHIEVEMENT), ACHIEVEMENT_TEXT)


def themes(draft: Draft) -> None:
    """The theme of each row."""
    draft.claim(draft.having(Word.THEME), (Kind.THEME, "title"))


def references(draft: Draft) -> None:
    """A number is whose its heading says.

    One that does not say is the requirement's, unless it goes on counting on rows where the requirement
    stays the same, or the table is of actions alone.
    """
    for i in draft.having(Word.REFERENCE):
        owner = draft.of(i) or _owner_of_reference(draft, i)
        draft.claim([i], (owner, "reference"))
        draft.one_column_a_field()


def _owner_of_reference(draft: Draft, i: int) -> Kind:
    if not draft.has_actions:
        return Kind.REQUIREMENT
    words = draft.first(REQUIREMENT_TEXT)
    said = {draft.of(other) for other in draft.having(Word.REFERENCE)} | {
        draft.claims[other][0] for other in draft.claims if draft.claims[other][1] == "reference"
    }
    if Kind.REQUIREMENT in said or (words is None and Kind.ACTION not in said):
        return Kind.ACTION
    if words is not None and Kind.ACTION not in said and draft.sample.new_on_every_row(i, words):
        return Kind.ACTION
    return Kind.REQUIREMENT


def buried_references(draft: Draft) -> None:
    """Without a column of its own a requirement's number may stand before its words, in one cell with them."""
    words = draft.first(REQUIREMENT_TEXT)
    alone = words is not None and draft.first(REQUIREMENT_REFERENCE) is None
    if words is not None and alone and buried.all_begin_so([cell.words for cell in draft.sample.values(words)]):
        draft.numbered.add(words)


def begin_requirements(draft: Draft) -> None:
    """From here on the sample can tell where one requirement ends and the next begins."""
    number, words = draft.first(REQUIREMENT_REFERENCE), draft.first(REQUIREMENT_TEXT)
    draft.sample.requirement[:] = [number] if number is not None else [words] if words is not None else []


def statuses(draft: Draft) -> None:
    """A status is whose its heading says.

    Of two, the one before the actions is the requirement's and the one after is the action's; one alone
    is the action's when it differs between the actions of one requirement.
    """
    plain = [i for i in draft.having(Word.STATUS) if not _is_word_scale(draft, i)]
    for i in plain:
        draft.claim([i], (draft.of(i) or _owner_of_status(draft, i, alone=len(plain) == 1), "status"))
    draft.claims = {i: claim for i, claim in draft.claims.items() if claim != (Kind.ACHIEVEMENT, "status")}


def _owner_of_status(draft: Draft, i: int, *, alone: bool) -> Kind:
    if not draft.has_actions:
        return Kind.ACHIEVEMENT if draft.of_achievements_alone else Kind.REQUIREMENT
    if not draft.has_requirements:
        return Kind.ACTION
    said = {draft.of(other) for other in range(len(draft.heads)) if draft.word(other) is Word.STATUS}
    if said & {Kind.REQUIREMENT, Kind.ACTION}:
        return Kind.ACTION if Kind.REQUIREMENT in said else Kind.REQUIREMENT
    if alone:
        return Kind.ACTION if draft.sample.varies_within(i) else Kind.REQUIREMENT
    return Kind.REQUIREMENT if i < (draft.first(ACTION_TEXT) or 0) else Kind.ACTION


def _is_word_scale(draft: Draft, i: int) -> bool:
    """Words such as "Open" beside a column of colours: the values decide which of the two is the status."""
    others = [other for other in draft.having(Word.STATUS) if other != i]
    return (
        bool(draft.sample.values(i))
        and draft.sample.share(i, _is_colour) == 0
        and any(draft.sample.share(other, _is_colour) > 0 or draft.sample.tinted(other) for other in others)
    )


def _is_colour(words: str) -> bool:
    return rag.understand(words).known


def impact_statuses(draft: Draft) -> None:
    """Whether it makes a difference, where the cells are colours: assurance is often told in sentences."""
    if draft.has_requirements:
        found = [i for i in draft.having(Word.IMPACT_STATUS) if draft.sample.share(i, _is_colour) > 0.5]
        draft.claim(found, (Kind.REQUIREMENT, "impact_status"))
        draft.claim(draft.having(Word.STATUS_REASON), (Kind.REQUIREMENT, "status_reason"))


def leads(draft: Draft) -> None:
    """A lead is the action's; the requirement's where another follows the actions, or none are there."""
    plain = draft.having(Word.LEAD)
    start = draft.first(ACTION_TEXT)
    after = [i for i in plain if start is not None and (i > start or draft.of(i) is Kind.ACTION)]
    for i in plain:
        requirement = start is None or (i < start and bool(after) and draft.has_requirements)
        draft.claim([i], (draft.of(i) or (Kind.REQUIREMENT if requirement else Kind.ACTION), "lead"))
    if not draft.has_requirements and start is None:
        draft.claims = {i: claim for i, claim in draft.claims.items() if claim[1] != "lead"}


def timescales(draft: Draft) -> None:
    """When an action is due: the revised column if it holds anything, else the plainest one."""
    if not draft.has_actions:
        return
    plain = [i for i in draft.having(Word.TIMESCALE) if draft.of(i) is not Kind.REQUIREMENT]
    revised = [i for i in draft.having(Word.REVISED) if draft.sample.values(i) or not plain]
    draft.claim(revised or plain, (Kind.ACTION, "timescale"))


def figures(draft: Draft) -> None:
    """A scorecard: figure, unit, target, a column for each month or quarter, and the requirement's number."""
    draft.claim(draft.having(Word.REQUIREMENT, Word.REFERENCE), REQUIREMENT_REFERENCE)
    draft.claim(draft.having(Word.INDICATOR), (Kind.INDICATOR, "name"))
    draft.claim(draft.having(Word.UNIT), (Kind.INDICATOR, "unit"))
    draft.claim(draft.having(Word.TARGET), (Kind.INDICATOR, "target"))
    wanted = of_one_rhythm([head.period for head in draft.heads])
    months = [i for i, head in enumerate(draft.heads) if head.period in wanted]
    draft.claim(months, (Kind.READING, "value"))


RULES: tuple[Callable[[Draft], None], ...] = (
    latest_month,
    what_or_how,
    requirement_words,
    objectives,
    action_words,
    achievement_words,
    themes,
    references,
    buried_references,
    begin_requirements,
    statuses,
    impact_statuses,
    leads,
    timescales,
    progress,
    achievements_in_lines,
    evidence,
)
FIGURES: tuple[Callable[[Draft], None], ...] = (figures,)
