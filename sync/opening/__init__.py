"""This room opens a workbook's bytes as plain sheets, in a process of its own that may use only so much.

`readers` keeps those processes and asks them, `reader` is what runs there; the others know what a package holds.
"""
