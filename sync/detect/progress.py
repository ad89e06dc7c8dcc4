"""This file settles whose the columns of progress, achievements and evidence are, and which hold lists."""

from plan.fields import Kind
from sync.detect.draft import ACHIEVEMENT_EVIDENCE, ACHIEVEMENT_TEXT, ACTION_TEXT, Draft
from sync.headings import Word


def progress(draft: Draft) -> None:
    """Progress is the action's where achievements have their own column.

    Told once a requirement, as a list, or before the actions and not of them, it is the requirement's
    achievements. Without actions it is an achievement.
    """
    for i in draft.having(Word.PROGRESS):
        achieved = bool(draft.claimed(ACHIEVEMENT_TEXT))
        if not achieved and _looks_back(draft, i):
            draft.claim([i], ACHIEVEMENT_TEXT)
            continue
        if draft.of(i) is not Kind.REQUIREMENT and draft.has_actions and (achieved or draft.of(i) is Kind.ACTION):
            draft.claim([i], (Kind.ACTION, "progress"))
        elif not achieved:
            _claim_progress(draft, i)


def _claim_progress(draft: Draft, i: int) -> None:
    if not draft.has_actions or draft.of(i) is Kind.REQUIREMENT:
        draft.claim([i], ACHIEVEMENT_TEXT)
    elif _is_requirements_list(draft, i):
        draft.claim([i], ACHIEVEMENT_TEXT, lines=True)
    else:
        draft.claim([i], (Kind.ACTION, "progress"))


def _looks_back(draft: Draft, i: int) -> bool:
    """Whether progress stands before the actions and not of them: they have their own, or some rows have none."""
    start = draft.first(ACTION_TEXT)
    if start is None or i > start or draft.of(i) is Kind.ACTION or not draft.has_requirements:
        return False
    of_actions = any(draft.word(other) is Word.PROGRESS for other in range(start, len(draft.heads)))
    return of_actions or any(not cells[i].blank and cells[start].blank for cells in draft.sample.rows)


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
    return bool(told) and told[-1] == ACHIEVEMENT_TEXT and not (each_row and draft.sample.continues)
