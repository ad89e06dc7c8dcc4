"""This file settles which column of a table means which field: by heading, place and content."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from plan import rag
from plan.fields import Kind
from sync.detect.blocks import Head
from sync.detect.rows import is_reference
from sync.detect.sample import Sample
from sync.headings import Word

Claim = tuple[Kind, str]

REQUIREMENT_TEXT: Claim = (Kind.REQUIREMENT, "text")
REQUIREMENT_REFERENCE: Claim = (Kind.REQUIREMENT, "reference")
ACHIEVEMENT_TEXT: Claim = (Kind.ACHIEVEMENT, "text")
ACHIEVEMENT_EVIDENCE: Claim = (Kind.ACHIEVEMENT, "evidence")
ACTION_TEXT: Claim = (Kind.ACTION, "text")


@dataclass
class Draft:
    """A table's columns while they are being settled, counted from 0; `claims` says what each means."""

    heads: Sequence[Head]
    sample: Sample
    claims: dict[int, Claim] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)
    clashes: list[tuple[int, ...]] = field(default_factory=list)
    passed: set[int] = field(default_factory=set)  # lost their field to a plainer one, or to a clash

    def having(self, *words: Word) -> list[int]:
        """The columns not yet settled whose headings mean one of these."""
        settled = {*self.claims, *self.passed}
        return [i for i in range(len(self.heads)) if i not in settled and self.word(i) in words]

    def word(self, i: int) -> Word | None:
        """What a column's heading means."""
        meaning = self.heads[i].meaning
        return meaning.word if meaning else None

    def of(self, i: int) -> Kind | None:
        """Whose a column says itself that it is, in its heading or in the band above."""
        meaning = self.heads[i].meaning
        return meaning.of if meaning else None

    def rank(self, i: int) -> int:
        """How plain the heading's word is; the lower, the plainer."""
        meaning = self.heads[i].meaning
        return meaning.rank if meaning else 99

    def claimed(self, claim: Claim) -> list[int]:
        """The columns settled as this field."""
        return [i for i, each in self.claims.items() if each == claim]

    def first(self, claim: Claim) -> int | None:
        """The leftmost column settled as this field."""
        return min(self.claimed(claim), default=None)

    def claim(self, columns: Iterable[int], claim: Claim, *, lines: bool = False) -> None:
        """Settle columns as a field."""
        for i in columns:
            self.claims[i] = claim
            if lines:
                self.lines.add(i)

    @property
    def has_actions(self) -> bool:
        return bool(self.claimed(ACTION_TEXT))

    @property
    def of_achievements_alone(self) -> bool:
        return bool(self.claimed(ACHIEVEMENT_TEXT)) and not self.has_requirements

    @property
    def has_requirements(self) -> bool:
        return bool(self.claimed(REQUIREMENT_TEXT))


def settle(heads: Sequence[Head], sample: Sample) -> Draft:
    """What each column of a table means. Columns left out of `claims` are kept as they are."""
    draft = Draft(heads, sample)
    for rule in FIGURES if _is_scorecard(draft) else RULES:
        rule(draft)
        _one_column_a_field(draft)
    return draft


def _is_scorecard(draft: Draft) -> bool:
    months = any(head.period for head in draft.heads)
    return months and bool(draft.having(Word.INDICATOR)) and not draft.having(Word.ACTION, Word.ACHIEVEMENT)


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

    One that does not say is the requirement's, unless it goes on counting on rows where the requirement stays the
    same, or the table is of actions alone.
    """
    for i in draft.having(Word.REFERENCE):
        owner = draft.of(i) or _owner_of_reference(draft, i)
        draft.claim([i], (owner, "reference"))
        _one_column_a_field(draft)


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


def begin_requirements(draft: Draft) -> None:
    """From here on the sample can tell where one requirement ends and the next begins."""
    number, words = draft.first(REQUIREMENT_REFERENCE), draft.first(REQUIREMENT_TEXT)
    draft.sample.requirement[:] = [number] if number is not None else [words] if words is not None else []


def statuses(draft: Draft) -> None:
    """A status is whose its heading says.

    Of two, the one before the actions is the requirement's and the one after is the action's; one alone is the
    action's when it differs between the actions of one requirement.
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
    if alone:
        return Kind.ACTION if draft.sample.varies_within(i) else Kind.REQUIREMENT
    return Kind.REQUIREMENT if i < (draft.first(ACTION_TEXT) or 0) else Kind.ACTION


def _is_word_scale(draft: Draft, i: int) -> bool:
    """Words such as "Open" beside a column of colours: the values decide which of the two is the status."""
    others = [other for other in draft.having(Word.STATUS) if other != i]
    return (
        bool(draft.sample.values(i))
        and draft.sample.share(i, _is_colour) == 0
        and any(draft.sample.share(other, _is_colour) > 0 for other in others)
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
    """A lead is the action's; the requirement's where another follows the actions, or there are no actions."""
    plain = draft.having(Word.LEAD)
    start = draft.first(ACTION_TEXT)
    after = [i for i in plain if start is not None and i > start]
    for i in plain:
        requirement = start is None or (i < start and bool(after) and draft.has_requirements)
        draft.claim([i], (draft.of(i) or (Kind.REQUIREMENT if requirement else Kind.ACTION), "lead"))
    if not draft.has_requirements and start is None:
        draft.claims = {i: claim for i, claim in draft.claims.items() if claim[1] != "lead"}


def timescales(draft: Draft) -> None:
    """When an action is due: the revised column if it holds anything, else the plainest. Requirements have none."""
    if not draft.has_actions:
        return
    plain = draft.having(Word.TIMESCALE)
    revised = [i for i in draft.having(Word.REVISED) if draft.sample.values(i) or not plain]
    draft.claim(revised or plain, (Kind.ACTION, "timescale"))


def progress(draft: Draft) -> None:
    """Progress is the action's where achievements have their own column.

    Told once a requirement, or as a list, it is the requirement's achievements; without actions it is an achievement.
    """
    for i in draft.having(Word.PROGRESS):
        if draft.of(i) is Kind.ACTION or (draft.claimed(ACHIEVEMENT_TEXT) and draft.has_actions):
            draft.claim([i], (Kind.ACTION, "progress"))
        elif not draft.claimed(ACHIEVEMENT_TEXT):
            _claim_progress(draft, i)


def _claim_progress(draft: Draft, i: int) -> None:
    if not draft.has_actions:
        draft.claim([i], ACHIEVEMENT_TEXT)
    elif _is_requirements_list(draft, i):
        draft.claim([i], ACHIEVEMENT_TEXT, lines=True)
    else:
        draft.claim([i], (Kind.ACTION, "progress"))


def _is_requirements_list(draft: Draft, i: int) -> bool:
    if not draft.has_requirements:
        return False
    return draft.sample.once_a_requirement(i) or (not draft.sample.continues and draft.sample.listed(i))


def achievements_in_lines(draft: Draft) -> None:
    """Achievements listed in one cell, each line one of them."""
    for i in draft.claimed(ACHIEVEMENT_TEXT):
        once = draft.has_actions and draft.sample.once_a_requirement(i) and draft.sample.has_lines(i)
        if once or draft.sample.listed(i):
            draft.lines.add(i)


def evidence(draft: Draft) -> None:
    """Evidence belongs to what stands before it: the achievement, or the action and its progress."""
    for i in draft.having(Word.EVIDENCE):
        listed = _is_requirements_list(draft, i) and not draft.claimed(ACHIEVEMENT_TEXT)
        if not draft.has_actions:
            draft.claim([i], ACHIEVEMENT_EVIDENCE, lines=bool(draft.lines) or draft.sample.listed(i))
        elif draft.of(i) is not Kind.ACTION and (listed or _follows_achievement(draft, i)):
            draft.claim([i], ACHIEVEMENT_EVIDENCE, lines=listed or bool(draft.lines))
        else:
            draft.claim([i], (Kind.ACTION, "evidence"))


def _follows_achievement(draft: Draft, i: int) -> bool:
    """Whether the last words before the evidence are an achievement, and both speak as often."""
    before = [draft.claims[other] for other in sorted(draft.claims) if other < i]
    told = [claim for claim in before if claim in (ACHIEVEMENT_TEXT, ACTION_TEXT, (Kind.ACTION, "progress"))]
    last = max(draft.claimed(ACHIEVEMENT_TEXT), default=-1)
    each_row = last in draft.lines and not _is_requirements_list(draft, i) and bool(draft.sample.values(i))
    return bool(told) and told[-1] == ACHIEVEMENT_TEXT and not each_row


def figures(draft: Draft) -> None:
    """A scorecard: the figure, its unit and target, a column a month, and the requirement it belongs to by number."""
    draft.claim(draft.having(Word.REQUIREMENT, Word.REFERENCE), REQUIREMENT_REFERENCE)
    draft.claim(draft.having(Word.INDICATOR), (Kind.INDICATOR, "name"))
    draft.claim(draft.having(Word.UNIT), (Kind.INDICATOR, "unit"))
    draft.claim(draft.having(Word.TARGET), (Kind.INDICATOR, "target"))
    months = [i for i, head in enumerate(draft.heads) if head.period]
    draft.claim(months, (Kind.READING, "value"))


def _one_column_a_field(draft: Draft) -> None:
    """Of several columns for one field the plainest is read. With one heading twice nobody can tell: neither is."""
    for claim in set(draft.claims.values()) - {(Kind.READING, "value")}:
        columns = sorted(draft.claimed(claim), key=lambda i: (draft.rank(i), i))
        same = [i for i in columns if draft.heads[i].plain == draft.heads[columns[0]].plain]
        if len(same) > 1:
            draft.clashes.append(tuple(sorted(same)))
        for i in columns if len(same) > 1 else columns[1:]:
            del draft.claims[i]
            draft.lines.discard(i)
            draft.passed.add(i)


RULES: tuple[Callable[[Draft], None], ...] = (
    what_or_how,
    requirement_words,
    action_words,
    achievement_words,
    themes,
    references,
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
