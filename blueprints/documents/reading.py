"""This file shows a report as a page that prints well, or gives it as a file to take away."""

import io

from flask import request, send_file, url_for
from flask.typing import ResponseReturnValue

from blueprints import access, pages
from blueprints.documents.choosing import FORMS, choosing_page
from blueprints.documents.room import Asked, asked, blueprint
from blueprints.extensions import db, today
from plan.models import Plan, What
from reports import html, making
from reports.document import Document
from reports.making import Format
from reports.pdf import NoPdf
from reports.source import NothingToReport

TYPES = {
    Format.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.HTML: "text/html",
    Format.PDF: "application/pdf",
    Format.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/document")
def read(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug)
    chosen = asked(request.args)
    try:
        document = making.make(db.session(), plan, chosen.kind, chosen.wanted, today())
        return _file(plan, document, chosen.file_format) if chosen.file_format else _page(plan, chosen, document)
    except (NothingToReport, NoPdf) as refusal:
        return choosing_page(plan, chosen, str(refusal), 422)


def _file(plan: Plan, document: Document, form: Format) -> ResponseReturnValue:
    written, name = io.BytesIO(making.write(document, form)), document.file_name(form)
    access.note_taken(What.REPORTED, plan=plan, about=name)
    return send_file(written, mimetype=TYPES[form], as_attachment=True, download_name=name)


def _page(plan: Plan, chosen: Asked, document: Document) -> ResponseReturnValue:
    formats = [
        (label, url_for("documents.read", slug=plan.slug, **chosen.address(form=form)))  # type: ignore[arg-type]
        for form, label, _ in FORMS[1:]
    ]
    answer = pages.page(
        "documents/read.html",
        plan=plan,
        document=document,
        body=html.body(document),
        formats=formats,
        back=url_for("documents.choose", slug=plan.slug, **chosen.address()),  # type: ignore[arg-type]
    )
    named = (document.name, document.scope, document.position)
    access.note_read(plan, " – ".join(part for part in named if part), document.revision)
    return answer
