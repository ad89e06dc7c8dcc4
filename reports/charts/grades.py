"""This file draws audits by grade: a bar of 100% each, the grades in hatches of their own."""

from collections.abc import Mapping, Sequence

from plan.figures import GRADES, Audit, shares
from reports.charts.bars import MARGIN, Bar, Part, bars, key
from reports.charts.picture import Picture, Table
from reports.charts.shapes import AMBER, BLUE, GREEN, RED, WIDTH, Ink

INKS: Mapping[str, Ink] = {"outstanding": BLUE, "good": GREEN, "adequate": AMBER, "inadequate": RED}


def audits_by_grade(audits: Sequence[Audit]) -> Picture | None:
    """A bar of 100% for every audit whose four grades are said; None where there is none such."""
    counted = [(audit, audit.counts) for audit in audits]
    known = [(audit, counts) for audit, counts in counted if counts is not None]
    if not known:
        return None
    legend, top = key([(grade.capitalize(), INKS[grade]) for grade in GRADES], MARGIN)
    drawn, height = bars([_bar(audit, counts) for audit, counts in known], top, whole=True)
    newest, counts = known[-1]
    return Picture(
        key=f"audits-{'-'.join(audit.id for audit, _ in known)}",
        title=_finding(newest, counts),
        description="Bars of 100%, one for each audit: its cases graded outstanding, good, adequate and inadequate.",
        width=WIDTH,
        height=round(height),
        table=Table(
            "Cases by grade",
            ("Audit", *(grade.capitalize() for grade in GRADES), "All cases"),
            tuple(_row(audit, counts) for audit, counts in known),
        ),
        shapes=(*legend, *drawn),
    )


def _finding(audit: Audit, counts: tuple[int, ...]) -> str:
    good, inadequate = counts[0] + counts[1], counts[3]
    total = sum(counts)
    high, low = shares((good, total - good))[0], shares((inadequate, total - inadequate))[0]
    return f"{audit.name}: {high:g}% of {total:,} cases good or outstanding, {low:g}% inadequate"


def _bar(audit: Audit, counts: tuple[int, ...]) -> Bar:
    parts = tuple(
        Part(count, INKS[grade], f"{share:g}% {grade}", f"{share:g}%")
        for grade, count, share in zip(GRADES, counts, shares(counts), strict=True)
    )
    return Bar(audit.name, parts, f"{sum(counts):,} cases")


def _row(audit: Audit, counts: tuple[int, ...]) -> tuple[str, ...]:
    cells = (f"{count:,} ({share:g}%)" for count, share in zip(counts, shares(counts), strict=True))
    return (audit.name, *cells, f"{sum(counts):,}")
