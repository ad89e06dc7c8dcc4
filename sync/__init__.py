"""This room has the workbook on one shore and the plan on the other."""
