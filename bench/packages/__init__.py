"""This folder edits any workbook in the standard way, and judges the result by a reading of its own."""
