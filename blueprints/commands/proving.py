"""This file is `flask plan verify`: it proves that nothing was altered behind the app's back, or names what was."""

import sys
from typing import Any

import click
from sqlalchemy import select

from blueprints.commands.plans import REFUSED, as_json, print_json, refusing, the_plan, which_plan
from blueprints.extensions import db
from plan import audit, ledger, proof
from plan.models import Plan


@click.command("verify")
@which_plan
@as_json
@refusing
def verify(slug: str | None, as_json: bool) -> None:
    """Prove that the records equal their history, and that history, packs, answers and audit log were never altered."""
    wanted = [the_plan(slug)] if slug else list(db.session.scalars(select(Plan).order_by(Plan.slug)))
    told = [_proved(plan) for plan in wanted]
    beside, log = ([], None) if slug else (proof.faults_beside(db.session()), _audit_log())
    whole = not beside and all(one["whole"] for one in (*told, *([log] if log else [])))
    if as_json:
        print_json(told[0] if slug else {"whole": whole, "plans": told, "faults": beside, "audit_log": log})
    else:
        _say(told, beside, log)
    if not whole:
        sys.exit(REFUSED)


def _proved(plan: Plan) -> dict[str, Any]:
    faults, head = proof.faults(db.session(), plan), ledger.head(db.session(), plan.id)
    return {
        "plan": plan.slug,
        "revision": head.number if head else 0,
        "head": head.hash if head else None,
        "whole": not faults,
        "faults": faults,
    }


def _audit_log() -> dict[str, Any]:
    """What `verify` says of the audit log. Write its head down elsewhere: only so is a cut at its end found out."""
    fault, head = audit.verify(db.session()), audit.head(db.session())
    return {"events": head.id if head else 0, "head": head.hash if head else None, "whole": not fault, "fault": fault}


def _say(told: list[dict[str, Any]], beside: list[str], log: dict[str, Any] | None) -> None:
    for one in told:
        click.echo(
            f"{one['plan']}: revision {one['revision']}, {'whole' if one['whole'] else 'NOT whole'}, {one['head']}"
        )
        for fault in one["faults"]:
            click.echo(f"  {fault}")
    for fault in beside:
        click.echo(fault)
    if log:
        click.echo(f"audit log: {log['events']} events, {log['fault'] or 'whole'}, {log['head']}")
