"""This room is the workbook in the browser: download, upload, see and settle what it changes, bring a new one in."""

from blueprints.workbooks import download, importing, keeping, noting, settling, upload
from blueprints.workbooks.room import blueprint

__all__ = ["blueprint", "download", "importing", "keeping", "noting", "settling", "upload"]
