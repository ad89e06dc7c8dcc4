"""This file is the challenge list: what a board would ask, where it is mended, and what leads answer."""

from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.dashboard.room import ScopeView, blueprint, record_address, scope
from blueprints.extensions import db, now, today
from plan import challenges as asking
from plan import questions, rights, signoffs
from plan.challenges import RULES, CannotAnswer, Held, Lapsed, Rule
from plan.models import Person, Plan
from plan.questions import Asked, Position
from plan.roles import Step
from plan.signoff import Powers


@dataclass(frozen=True)
class AnswerView:
    """What somebody answered."""

    reason: str
    by: str
    day: str


@dataclass(frozen=True)
class FindingView:
    """One question: in a sentence, where it is seen and mended, what was answered, and whether one may answer it."""

    id: str
    rule: str
    record: str
    fingerprint: str
    sentence: str
    seen: str
    mend: str | None
    answer: AnswerView | None
    may_answer: bool
    typed: str
    wrong: str


@dataclass(frozen=True)
class RuleView:
    """A row of the list with what it finds."""

    name: str
    sentence: str
    findings: tuple[FindingView, ...]
    answered: int


@dataclass(frozen=True)
class ChallengesView:
    """All that the page shows."""

    scope: ScopeView
    rules: tuple[RuleView, ...]
    sum: str
    answered: int
    total: int


@dataclass(frozen=True)
class Refused:
    """An answer that was not kept: to what, the words, and why."""

    rule: str
    record: str
    typed: str
    wrong: str


@blueprint.get("/challenges")
def challenges(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    return _page(plan, Asked.of(request.args).scope)


@blueprint.post("/challenges")
def answer(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.ANSWER)
    rule, record, fingerprint, reason = (
        request.form.get(name, "") for name in ("rule", "record", "fingerprint", "reason")
    )
    position = questions.position(db.session(), plan, today())
    which = (rule, record, fingerprint)
    try:
        who, where = access.person(), access.address()
        asking.answer(db.session(), plan, position, which, reason, by=who, at=now(), on=today(), address=where)
    except CannotAnswer as why:
        db.session.rollback()
        status = 409 if isinstance(why, Lapsed) else 422
        return _page(plan, Asked(), Refused(rule, record, reason, str(why)), status=status)
    db.session.commit()
    return pages.done(
        "Your answer is kept, and the board sees it beside the question. It holds until what the plan says changes.",
        url_for("dashboard.challenges", slug=slug, _anchor=_id(rule, record)),
    )


def _page(plan: Plan, asked: Asked, refused: Refused | None = None, status: int = 200) -> ResponseReturnValue:
    position = questions.position(db.session(), plan, today())
    view = _view(plan, position, asked, refused)
    wrong = refused.wrong if refused else ""
    return pages.page("dashboard/challenges.html", status=status, plan=plan, view=view, wrong=wrong)


def _view(plan: Plan, position: Position, asked: Asked, refused: Refused | None) -> ChallengesView:
    ids = {one.item.id for one in questions.find(position, asked).requirements}
    held = [one for one in asking.found(db.session(), plan, position, today()) if one.finding.requirement in ids]
    powers = signoffs.powers_of(db.session(), access.person(), today())
    rules = tuple(_rule(plan, position, rule, held, refused, powers) for rule in RULES)
    terms = [str(len(rule.findings)) for rule in rules if rule.findings]
    noun = "question" if len(held) == 1 else "questions"
    return ChallengesView(
        scope=scope(position, asked),
        rules=rules,
        sum=f"{' + '.join(terms) or '0'} = {len(held)} {noun}",
        answered=sum(one.answer is not None for one in held),
        total=len(held),
    )


def _rule(
    plan: Plan, position: Position, rule: Rule, held: list[Held], refused: Refused | None, powers: Powers
) -> RuleView:
    mine = [one for one in held if one.finding.rule == rule.name]
    findings = tuple(_finding(plan, position, one, refused, powers) for one in mine)
    return RuleView(rule.name, rule.sentence, findings, sum(one.answer is not None for one in mine))


def _finding(plan: Plan, position: Position, held: Held, refused: Refused | None, powers: Powers) -> FindingView:
    one, person = held.finding, access.person()
    is_refused = refused is not None and (refused.rule, refused.record) == (one.rule, one.record)
    given = held.answer
    requirement = position.snapshot.get(one.requirement)
    return FindingView(
        id=_id(one.rule, one.record),
        rule=one.rule,
        record=one.record,
        fingerprint=one.fingerprint,
        sentence=one.sentence,
        seen=record_address(plan, position.snapshot, one.record),
        mend=_mend(plan, position, held, person),
        answer=AnswerView(given.reason, given.by_name, pages.moment(given.at)) if given else None,
        may_answer=asking.may_answer(person, powers, requirement),
        typed=refused.typed if refused and is_refused else "",
        wrong=refused.wrong if refused and is_refused else "",
    )


def _mend(plan: Plan, position: Position, held: Held, person: Person) -> str | None:
    """The address at which this person can put it right; None for somebody who may not change it."""
    place = held.finding.place
    if not rights.may_change(person, position.snapshot, place.record, place.field):
        return None
    back = url_for("dashboard.challenges", slug=plan.slug, _anchor=_id(held.finding.rule, held.finding.record))
    return url_for("fields.edit", slug=plan.slug, kind=place.kind.value, id=place.record, field=place.field, back=back)


def _id(rule: str, record: str) -> str:
    return f"{rule}-{record}"
