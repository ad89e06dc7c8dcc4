"""This file times the pages of the sample plan (28 requirements), the plan's own page first for comparison.

python -m bench.pages [--times 9] [--json]
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flask.testing import FlaskClient
from sqlalchemy import text

from app import create_app
from blueprints.commands import sample
from blueprints.extensions import db
from plan import database
from plan.models import Base
from plan.people import SAMPLE_PASSWORD

PAGES = ("", "/standing", "/standing/actions", "/challenges", "/changes")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="pages", description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=9, help="how often each page is asked for; the median counts")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        client = signed_in(Path(folder) / "plan.sqlite")
        measured = {page or "/": median(client, f"/plans/{sample.SLUG}{page}", chosen.times) for page in PAGES}
    if chosen.json:
        print(json.dumps(measured))
    else:
        print("\n".join(f"{page:20}{seconds * 1000:8.0f} ms" for page, seconds in measured.items()))
    return 0


def signed_in(file: Path) -> FlaskClient:
    """A client of the office's, on a new database with the sample plan."""
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"sqlite:///{file}", "SECRET_KEY": "bench", "WTF_CSRF_ENABLED": False})
    with app.app_context():
        database.look_only(False)
        Base.metadata.create_all(db.session.connection())
        for trigger in database.append_only_triggers("sqlite"):
            db.session.execute(text(trigger))
        sample.load(db.session())
        db.session.commit()
    client = app.test_client()
    client.post("/sign-in", data={"email": sample.ACCOUNTS[-1].email, "password": SAMPLE_PASSWORD})
    return client


def median(client: FlaskClient, address: str, times: int) -> float:
    """Seconds for a page, the first time left out."""
    client.get(address)
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        assert client.get(address).status_code == 200
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
