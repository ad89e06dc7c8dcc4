"""This file is the blueprint that the pages of the reports hang on, and what a person asks of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint

from plan import timescale
from reports.making import Format, Kind
from reports.source import NothingToReport, Wanted

blueprint = Blueprint("documents", __name__, url_prefix="/plans/<slug>/reports")

PUBLISHED = "published"
NOT_A_DAY = "“{}” is neither a day nor the number of a revision. Write a day like 30 September 2013, or leave it empty."
NOT_PUBLISHED = "Only what is signed off is published. Choose the signed-off position, or another report."


@dataclass(frozen=True)
class Asked:
    """What a person asks for, as the address says it."""

    report: str = Kind.REVIEW.value
    position: str = "signed-off"
    as_at: str = ""
    theme: str = ""
    form: str = "page"

    @property
    def kind(self) -> Kind:
        """The kind of report; the published one is a review."""
        return Kind.BOARD if self.report == Kind.BOARD else Kind.REVIEW

    @property
    def file_format(self) -> Format | None:
        """The format of a file to take away, None for the page."""
        return Format(self.form) if self.form in set(Format) else None

    @property
    def wanted(self) -> Wanted:
        """Which position that is. Raises NothingToReport for one that cannot be told."""
        published = self.report == PUBLISHED
        signed_off = self.position != "working"
        if published and not signed_off:
            raise NothingToReport(NOT_PUBLISHED)
        return Wanted(self._moment(), signed_off=signed_off, theme=self.theme or None, published=published)

    def address(self, **other: str) -> dict[str, str]:
        """What the address says for this, with some of it said otherwise; what is usual is left out."""
        usual = Asked()
        said = {"report": self.report, "position": self.position, "as-at": self.as_at, "theme": self.theme}
        left_out = {"report": usual.report, "position": usual.position, "as-at": "", "theme": ""}
        return {name: words for name, words in {**said, **other}.items() if words != left_out.get(name)}

    def _moment(self) -> date | int | None:
        said = self.as_at.strip()
        if not said:
            return None
        if said.isascii() and said.isdecimal() and len(said) < 8:
            return int(said)
        day = timescale.canonical_date(said)
        if day is None:
            raise NothingToReport(NOT_A_DAY.format(said))
        return day


def asked(said: Mapping[str, str]) -> Asked:
    """What the address asks for; what it leaves open is as usual."""
    usual = Asked()
    return Asked(
        report=said.get("report", usual.report),
        position=said.get("position", usual.position),
        as_at=said.get("as-at", ""),
        theme=said.get("theme", ""),
        form=said.get("form", usual.form),
    )
