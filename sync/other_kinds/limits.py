"""This file is the limits of the process that reads a strange file, and what is said when it meets them."""

import sys

SECONDS = 18  # the page that tells of it shall come within 20
MEMORY = 500 * 1024 * 1024  # bytes of addresses; what is really in use stays below
LARGEST_FILE = 256 * 1024 * 1024  # bytes; a sheet is written beside itself before it goes into the workbook
REFUSED = 3
DAMAGED_OR_LARGE = (
    "The file could not be read: it is damaged, or far larger inside than a tracker can be. Nothing was changed. "
    "Open it in Excel or LibreOffice, save it as an .xlsx workbook and try again."
)

if sys.platform == "win32":  # it has no such limits; there the one who waits watches the clock

    def limit() -> None:
        """Nothing to be done here."""

else:
    import resource

    def limit() -> None:
        """Let this process use no more than so much memory and time."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
