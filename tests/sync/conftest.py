"""This file gives the round trip's tests a desk: a plan brought in from a workbook, on a database of its own."""

import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from plan import database, edits, history, ledger, people
from plan.edits import Edit
from plan.fields import Kind, Value
from plan.models import Base, Person, Plan, Source, new_id
from plan.roles import Role
from plan.snapshot import Item, Snapshot
from sync import roundtrip, tell
from sync.choices import Choices
from sync.roundtrip import Accepted, Preview

PROJECT = Path(__file__).resolve().parents[2]
SHAPES = {
    "one-sheet": PROJECT / "plan" / "sample" / "improvement-plan.xlsx",
    "tables": PROJECT / "tests" / "workbooks" / "tables.xlsx",
    "sheet-per-theme": PROJECT / "tests" / "workbooks" / "sheet-per-theme.xlsx",
}
OTHER_SHAPES = ("tables", "sheet-per-theme")  # each story is told on these too where slow tests are wanted
NOTHING_CHOSEN = Choices()
LATER = datetime(2013, 8, 1, 9, 0, tzinfo=UTC)


@dataclass
class Desk:
    """One plan and the workbook it came from, with everything a person at a desk does to either."""

    session: Session = field(repr=False)
    plan: Plan = field(repr=False)
    original: bytes = field(repr=False)
    editor: Person = field(repr=False)

    @property
    def now(self) -> Snapshot:
        return history.now(self.session, self.plan)

    @property
    def revision(self) -> int:
        return ledger.latest(self.session, self.plan.id)

    def find(self, kind: Kind, words: str) -> Item:
        """The one record of a kind that says these words somewhere."""
        found = [item for item in self.now.of(kind) if any(words in str(value) for value in item.values.values())]
        assert len(found) == 1, f"{len(found)} records of kind {kind} say “{words}”"
        return found[0]

    def requirement(self, reference: str) -> Item:
        return next(item for item in self.now.of(Kind.REQUIREMENT) if item.get("reference") == reference)

    def edit(self, *made: Edit) -> None:
        edits.apply(self.session, self.plan, made, ledger.Step(self.editor, LATER, Source.BROWSER))

    def change(self, item: Item, name: str, value: Value) -> None:
        self.edit(Edit(item.kind, item.id, name, value))

    def add(self, kind: Kind, parent: str, **values: Value) -> Item:
        id, last = new_id(), self.now.under(parent, kind, removed=True)
        self.edit(*edits.new(kind, id, parent, values, position=last[-1].position + 1 if last else 1.0))
        return self.now[id]

    def remove(self, item: Item) -> None:
        self.edit(*edits.remove(item.kind, item.id))

    def download(self, *, signed_off: bool = False) -> bytes:
        return self.made(signed_off=signed_off).content

    def notes(self) -> tuple[str, ...]:
        """What a download says to the person who asked for it."""
        return self.made().notes

    def made(self, *, signed_off: bool = False) -> roundtrip.Download:
        return roundtrip.download(self.session, self.plan, on=LATER.date(), signed_off=signed_off)

    def preview(self, content: bytes, by: Person | None = None) -> Preview:
        return roundtrip.preview(self.session, self.plan, content, by=by)

    def decided(self, content: bytes) -> dict[str, int]:
        """How many decisions of each sort an upload would bring; what was not understood at the first import aside."""
        counts = tell.as_json(self.preview(content))["counts"]
        return {name: count for name, count in counts.items() if count and name != "problems"}

    def upload(
        self,
        content: bytes,
        choices: Choices = NOTHING_CHOSEN,
        *,
        by: Person | None = None,
        **how: bool,
    ) -> Accepted:
        shown = self.preview(content, by)
        step = ledger.Step(by or self.editor, LATER, Source.WORKBOOK)
        return roundtrip.accept(self.session, self.plan, content, "staff.xlsx", choices, step, shown=shown, **how)


def _bring(session: Session, content: bytes, slug: str | None = None) -> Plan:
    step = ledger.Step(None, datetime(2013, 7, 1, tzinfo=UTC), Source.IMPORT, file="tracker.xlsx")
    return roundtrip.import_plan(session, content, "tracker.xlsx", step, slug=slug, year=2013, agreed=True)[0]


@contextmanager
def _session(file: Path) -> Iterator[Session]:
    database.look_only(False)
    engine = create_engine(f"sqlite:///{file}")
    database.prepare(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="session")
def brought(tmp_path_factory) -> Path:
    """A database into which the sample workbooks were brought once, to be copied for each test."""
    file = tmp_path_factory.mktemp("brought") / "plan.sqlite"
    with _session(file) as session:
        people.add(session, "eve@council.example", "Eve", "three words together", role=Role.OFFICE, at=LATER)
        for shape, workbook in SHAPES.items():
            _bring(session, workbook.read_bytes(), shape)
        session.commit()
    return file


@pytest.fixture
def session(tmp_path, brought) -> Iterator[Session]:
    """The round trip stands without the web: a session straight on an SQLite file."""
    shutil.copy(brought, tmp_path / "plan.sqlite")
    with _session(tmp_path / "plan.sqlite") as session:
        yield session


@pytest.fixture
def editor(session) -> Person:
    return session.scalars(select(Person)).one()


@pytest.fixture
def bring(session, editor) -> Callable[[bytes], Desk]:
    """`bring(content)` makes a plan of a workbook, agreed as the signed-off baseline."""
    return lambda content: Desk(session, _bring(session, content), content, editor)


@pytest.fixture
def desk_of(session, editor) -> Callable[[str], Desk]:
    """`desk_of("tables")` is the plan that was brought in from the sample workbook of that shape."""

    def desk_of(shape: str) -> Desk:
        plan = session.scalars(select(Plan).where(Plan.slug == shape)).one()
        return Desk(session, plan, SHAPES[shape].read_bytes(), editor)

    return desk_of


@pytest.fixture(params=["one-sheet", *(pytest.param(shape, marks=pytest.mark.slow) for shape in OTHER_SHAPES)])
def desk(request, desk_of) -> Desk:
    """The sample plan, brought in from each of its three shapes."""
    return desk_of(request.param)


@pytest.fixture(scope="session")
def in_excel() -> Callable[[bytes, Callable], bytes]:
    """`in_excel(content, act)` does to a workbook what `act(book)` says and saves it as another program would."""

    def in_excel(content: bytes, act: Callable) -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says what it will lose; that is the point of using it here
            book = openpyxl.load_workbook(BytesIO(content), rich_text=False)
        act(book)
        saved = BytesIO()
        book.save(saved)
        return saved.getvalue()

    return in_excel


@pytest.fixture(scope="session")
def find_cell() -> Callable:
    """`find_cell(book, words)` is the first cell that holds these words."""

    def find_cell(book, words: str):
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        return next(cell for cell in cells if isinstance(cell.value, str) and words in cell.value)

    return find_cell


@pytest.fixture(scope="session")
def opened() -> Callable:
    """`opened(content)` is the workbook as another program sees it."""

    def opened(content: bytes):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(content))

    return opened
