"""This file makes the documents of a pack: the board pack and the review, in every form that this server can write."""

from datetime import date

from blueprints.extensions import db
from plan.cycles import Document
from plan.models import PackFormat, PackKind, Plan
from reports import making, pdf
from reports.making import Format, Kind
from reports.source import Wanted

KINDS = (Kind.BOARD, Kind.REVIEW)


def documents_of(plan: Plan, cut_off: date) -> list[Document]:
    """The documents of the signed-off position as at the cut-off: of one position always the same bytes.

    Takes seconds for each PDF; leaves PDF out where its engine is not installed. Raises
    reports.source.NothingToReport where nothing was signed off by then.
    """
    return [document for kind in KINDS for document in _in_all_forms(plan, kind, cut_off)]


def _in_all_forms(plan: Plan, kind: Kind, cut_off: date) -> list[Document]:
    made = making.make(db.session(), plan, kind, Wanted(as_at=cut_off), cut_off)
    forms = [form for form in Format if form is not Format.PDF or pdf.is_possible()]
    return [
        Document(PackKind(kind.value), PackFormat(form.value), made.file_name(form.value), making.write(made, form))
        for form in forms
    ]
