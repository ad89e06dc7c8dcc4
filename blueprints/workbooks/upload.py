"""This file takes a workbook for a plan, which changes nothing by itself.

What can be read in a moment is read before it is kept, so that a wrong file is refused at once; a large one is kept
first: whoever leaves the page finds its preview waiting.
"""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints import access
from blueprints.extensions import db, now
from blueprints.workbooks import room
from blueprints.workbooks.download import show_page
from blueprints.workbooks.room import blueprint
from plan import uploads
from plan.models import What
from plan.roles import Step
from sync import roundtrip


@blueprint.post("/plans/<slug>/workbook")
def upload(slug: str) -> ResponseReturnValue:
    plan = access.the_plan(slug, Step.UPLOAD)
    try:
        name, content = room.posted_file()
        if room.takes_long(content):
            roundtrip.check_file(content)
        else:
            with room.looking():
                roundtrip.preview(db.session(), plan, content, by=access.person(), shown_next=True)
    except (room.NoFile, roundtrip.Unreadable, roundtrip.Unwritable, roundtrip.WrongPlan) as refusal:
        return show_page(plan, str(refusal), 422)
    kept = uploads.keep(db.session(), access.person(), name, content, at=now(), plan=plan)
    access.note(What.UPLOADED, plan=plan, about=kept.name)
    db.session.commit()
    return redirect(url_for("workbooks.preview", slug=slug, id=kept.id), 303)
