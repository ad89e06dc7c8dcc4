"""This room moves rows, and with them everything in the workbook that refers to them."""
