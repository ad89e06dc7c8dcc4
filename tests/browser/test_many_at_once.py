"""This file has eight browsers edit one plan at once and counts that nothing was lost."""

import http.cookiejar
import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from plan.people import SAMPLE_PASSWORD

ROOT = Path(__file__).parents[2]
BROWSERS, EDITS = 8, 6


class Browser:
    """A browser without a screen: it keeps cookies, carries the forgery token and reads forms."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.door = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        page = self.get("/sign-in")
        self.post("/sign-in", page, email="editor@wyebridge.example", password=SAMPLE_PASSWORD)

    def get(self, address: str) -> str:
        return self.door.open(self.site + address, timeout=60).read().decode()

    def post(self, address: str, page: str, **fields: str) -> int:
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        sent = urllib.parse.urlencode({"csrf_token": token, **fields}).encode()
        request = urllib.request.Request(self.site + address, sent, {"Referer": self.site + address})
        try:
            return self.door.open(request, timeout=60).status
        except urllib.error.HTTPError as refusal:
            return refusal.code

    def append(self, address: str, mark: str) -> None:
        """Add a mark to a field as a careful person would: look, write, and look again when somebody was faster."""
        while True:
            page = self.get(address)
            said = re.search(r'name="progress"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)[1]
            was = re.search(r'name="progress\.was" value="([^"]*)"', page)[1]
            status = self.post(address, page, **{"progress.was": was, "progress": f"{said} {mark}".strip()})
            if status == 200:
                return
            assert status == 409, status


def test_eight_browsers_appending_to_one_text_lose_nothing(site, tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "plan", "show", "--json"],
        cwd=ROOT,
        check=True,
        text=True,
        capture_output=True,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'plan.sqlite'}"},
    ).stdout
    action = json.loads(told)["themes"][0]["requirements"][0]["actions"][0]["id"]
    address = f"/plans/wyebridge/action/{action}/progress"

    def work(number: int) -> None:
        browser = Browser(site)
        for edit in range(EDITS):
            browser.append(address, f"[{number}.{edit}]")

    with ThreadPoolExecutor(BROWSERS) as crowd:
        list(crowd.map(work, range(BROWSERS)))
    final = Browser(site).get(address)
    assert len(set(re.findall(r"\[\d+\.\d+\]", final))) == BROWSERS * EDITS
