"""This file walks down a table: themes and requirements are carried on, the rest is taken row by row."""

from dataclasses import dataclass, field

from plan.fields import Kind
from sync import buried
from sync.detect.themes import title_of, title_of_sheet
from sync.grid import place
from sync.layout import ThemesFrom
from sync.pieces.gathering import Gathering, Telling, plainly
from sync.pieces.lines import split, split_each
from sync.pieces.sheet_rows import Read, SheetRows, blank, words
from sync.reading import Said
from sync.splits import apart


@dataclass
class RequirementRows:
    """A table of the plan. `bears`: its rows begin requirements, not only name those of another table."""

    rows: SheetRows
    gathering: Gathering
    bears: bool
    theme: Telling | None = None
    requirement: Telling | None = None
    lead_above: str | None = None
    strays: int = 0
    cleared: list[int] = field(default_factory=list)  # keys of requirements without words, known by the hidden column
    named: dict[str, Telling] = field(default_factory=dict)  # those with words, by the ids on their rows

    def read_all(self) -> None:
        """Gather every row of the table."""
        self._begin_theme()
        for row in self.rows.rows:
            if self.rows.is_banner(row) or self._is_cleared_banner(row):
                self._read_banner(row)
            elif not self.rows.is_no_record(row):
                self._read_theme(row)
                self._read_requirement(row)
                self._read_achievements(row)
                self._read_action(row)

    def _begin_theme(self) -> None:
        table, grid = self.rows.table, self.rows.grid
        if table.themes is ThemesFrom.NONE or table.themes is ThemesFrom.COLUMN:
            return
        title = grid.at(*place(table.theme_cell)).words if table.theme_cell else ""
        if title and table.theme_cell:
            said = Said(title_of(title), table.sheet, table.theme_cell)
            self.theme = self.gathering.theme(title_of(title), said)
        elif table.themes is ThemesFrom.TITLE:
            name = title_of_sheet(table.sheet)
            self.theme = self.gathering.theme(name, Said(name, table.sheet, "A1"))

    def _is_cleared_banner(self, row: int) -> bool:
        return (
            self.rows.table.themes is ThemesFrom.BANNER
            and all(self.rows.cell(row, col).blank for col in self.rows.every_column)
            and bool(self.rows.hints(row, Kind.THEME))
            and not self.rows.hints(row, Kind.REQUIREMENT)
        )

    def _read_banner(self, row: int) -> None:
        grid, columns = self.rows.grid, self.rows.every_column
        col = next((col for col in columns if not grid.at(row, col).blank), columns[0])
        said = self.rows.said(row, col, Kind.THEME, "title")
        if said and self.rows.table.theme_cell and said.value:  # named as the first theme is, by a title above
            said = said._replace(value=title_of(str(said.value)))
        if said:
            self.theme = self.gathering.theme(words(said) or f"{self.rows.table.sheet} row {row}", said)
            self.theme.stand_on(self.rows.table.sheet, row, self.rows.hints(row, Kind.THEME))
            self.requirement = None

    def _read_theme(self, row: int) -> None:
        col, sheet = self.rows.col(Kind.THEME, "title"), self.rows.table.sheet
        said = self.rows.said(row, col, Kind.THEME, "title") if col else None
        if said and said.value:
            self.theme = self.gathering.theme(str(said.value), said)
            self.theme.stand_on(sheet, row, self.rows.hints(row, Kind.THEME))

    def _read_requirement(self, row: int) -> None:
        said = self._with_buried_number(self.rows.read(row, Kind.REQUIREMENT))
        reference, text = words(said.get("reference")), words(said.get("text"))
        if self._is_cleared(row, said):
            self.requirement = self.gathering.begin(Kind.REQUIREMENT, self.theme, self.rows.table.sheet)
            self.cleared.append(self.requirement.key)
            self._state(row, said, again=False)
        elif self._continues(row, reference, text):
            self._leave_cleared(row)
            self._carry_on(row, said)
        elif not self.bears:
            self._name(row, said, reference or "")
        else:
            known = self._known(said, reference, text)
            self.requirement = known or self._begin(said, reference, text)
            self._state(row, said, again=known is not None)

    def _with_buried_number(self, said: Read) -> Read:
        """The number that stands before the words of a cell, as a statement of its own."""
        text = said.get("text") if self.rows.numbers_stand_in_words else None
        found = buried.find(str(text.value)) if text and text.value else None
        if text is None or found is None:
            return said
        return {**said, "text": text._replace(value=found.words), "reference": text._replace(value=found.reference)}

    def _is_cleared(self, row: int, said: Read) -> bool:
        """Whether a requirement stood here whose words were cleared: its id stands on no row that has any."""
        hints = self.rows.hints(row, Kind.REQUIREMENT) if self.bears else ()
        here = self.requirement.hints if self.requirement else []
        return bool(hints) and all(blank(one) for one in said.values()) and not {*hints} & {*here, *self.rows.begun}

    def _leave_cleared(self, row: int) -> None:
        """Go back to the requirement that the hidden column names, if the one above only stands beside this table."""
        hints = self.rows.hints(row, Kind.REQUIREMENT)
        if self.requirement and self.requirement.key in self.cleared and not {*hints} & {*self.requirement.hints}:
            found = (self.named[id] for id in hints if id in self.named)
            self.requirement = next(found, self.requirement)

    def _continues(self, row: int, reference: str | None, text: str | None) -> bool:
        if not reference and not text:
            return True
        col = self.rows.col(Kind.REQUIREMENT, "reference")
        box = self.rows.grid.merge_at(row, col) if col else None
        if box and box.top < row and box.top >= self.rows.table.first_row:
            return True
        told = self.requirement.first("text") if self.requirement else None
        return not reference and text is not None and told is not None and plainly(told) == plainly(text)

    def _carry_on(self, row: int, said: Read) -> None:
        """A further row of the requirement: blank cells say nothing, others say it again."""
        if self.requirement is None:
            return
        text = said.get("text")
        told = self.requirement.first("text")
        if text and text.value is not None and told and plainly(str(text.value)) != plainly(told):
            self.gathering.problem(
                text.sheet,
                text.cell,
                str(text.value),
                f"The cell has other words for requirement {self.requirement.first('reference') or ''} than "
                "the rows above it, which share its number. The first are used; give the others a number.",
            )
            del said["text"]
        self._state(row, said, again=True)

    def _name(self, row: int, said: Read, reference: str) -> None:
        """A table that only names requirements by the number they have in another table."""
        found = self.gathering.numbered.get(plainly(reference), [])
        self.requirement = found[0] if found else None
        if self.requirement is not None:
            self._state(row, said, again=True)
            return
        self.strays += 1
        self.gathering.problem(
            said["reference"].sheet,
            said["reference"].cell,
            reference,
            f"There is no requirement {reference} in this workbook, so what stands on this row belongs to "
            "none. It is read but stays without a place; correct the number and upload the workbook again.",
        )

    def _known(self, said: Read, reference: str | None, text: str | None) -> Telling | None:
        """The requirement that these cells name again; None for a new one."""
        if reference is None:
            return self.gathering.unnumbered.get(plainly(text or ""))
        alike = self.gathering.numbered.get(plainly(reference), [])
        for telling in alike:
            told = telling.first("text")
            if text is None or told is None or plainly(told) == plainly(text):
                return telling
        if alike:
            first = alike[0].values["reference"][0]
            at = said["reference"]
            self.gathering.problem(
                at.sheet,
                at.cell,
                reference,
                f"Two requirements are numbered {reference}: here and in cell {first.cell} of sheet "
                f"“{first.sheet}”, with different words. Both are read; give one of them another number.",
            )
        return None

    def _begin(self, said: Read, reference: str | None, text: str | None) -> Telling:
        telling = self.gathering.begin(Kind.REQUIREMENT, self.theme, self.rows.table.sheet)
        if reference is not None:
            self.gathering.numbered.setdefault(plainly(reference), []).append(telling)
        elif text is not None:
            self.gathering.unnumbered[plainly(text)] = telling
        return telling

    def _state(self, row: int, said: Read, *, again: bool) -> None:
        requirement = self.requirement
        if requirement is None:
            return
        for name, one in said.items():
            if not again or not blank(one):
                requirement.say(name, one)
        speaks = not again or any(not blank(one) for one in said.values()) or not requirement.hints
        hints = self.rows.hints(row, Kind.REQUIREMENT) if speaks else ()
        requirement.stand_on(self.rows.table.sheet, row, hints)
        if requirement.key not in self.cleared:
            self.named.update(dict.fromkeys(hints, requirement))

    def _read_achievements(self, row: int) -> None:
        hints = self.rows.hints(row, Kind.ACHIEVEMENT)
        columns = {column.field: column for _, column in self.rows.columns.get(Kind.ACHIEVEMENT, [])}
        if not columns or not (hints or self.rows.any_words(row, Kind.ACHIEVEMENT)):
            return
        said = self.rows.read(row, Kind.ACHIEVEMENT)
        apart = {name: column.lines for name, column in columns.items()}
        if not any(apart.values()):
            self._tell(row, Kind.ACHIEVEMENT, said, hints)
            return
        lines = split(
            said.get("text"), said.get("evidence"),
            text_lines=apart.get("text", False), evidence_lines=apart.get("evidence", False),
        )  # fmt: skip
        for line in lines:
            told = {"text": line.text, "evidence": line.evidence}
            self._tell(row, Kind.ACHIEVEMENT, {name: one for name, one in told.items() if one}, hints)
        for id in () if lines else hints:
            self._tell(row, Kind.ACHIEVEMENT, said, (id,))

    def _read_action(self, row: int) -> None:
        hints = self.rows.hints(row, Kind.ACTION)
        col = self.rows.col(Kind.ACTION, "lead")
        lead = self.rows.cell(row, col).words.strip()
        spoken = self.rows.any_words(row, Kind.ACTION, but="lead") or lead not in ("", self.lead_above)
        self.lead_above = lead or self.lead_above
        if self.rows.columns.get(Kind.ACTION) and (hints or spoken):
            said = self._whole_action(row)
            for one in split_each(said, self._told_apart(said, hints)):
                self._tell(row, Kind.ACTION, one, hints)

    def _told_apart(self, said: Read, hints: tuple[str, ...]) -> set[str | None]:
        """The fields of an action told apart by lines: in all of a column, or by choice on this row."""
        columns = {column.field for _, column in self.rows.columns[Kind.ACTION] if column.lines}
        if not self.gathering.splits:
            return columns
        return columns.union(apart(self.gathering.splits, words(said.get("text")) or "", hints))

    def _whole_action(self, row: int) -> Read:
        """An action's cells. A lead merged down leads all its rows; a blank revised date leaves the first."""
        said = self.rows.read(row, Kind.ACTION)
        if (col := self.rows.col(Kind.ACTION, "lead")) and blank(said.get("lead")):
            top, left = self.rows.grid.anchor(row, col)
            merged = self.rows.said(top, left, Kind.ACTION, "lead") if top < row else None
            said.update({"lead": merged} if merged else {})
        for original in self.rows.originals if blank(said.get("timescale")) else ():
            first = self.rows.said(row, original, Kind.ACTION, "timescale")
            said.update({"timescale": first} if first and first.value else {})
        return said

    def _tell(self, row: int, kind: Kind, said: Read, hints: tuple[str, ...]) -> None:
        above = self.requirement if self.rows.columns.get(Kind.REQUIREMENT) else self.requirement or self.theme
        telling = self.gathering.begin(kind, above, self.rows.table.sheet)
        telling.stand_on(self.rows.table.sheet, row, hints)
        telling.values = {name: [one] for name, one in said.items()}
