"""This room compares texts: what changed word by word, and whether two sides' changed lines combine."""

from plan.differences.linewise import lines
from plan.differences.wordwise import Kind, Piece, words

__all__ = ["Kind", "Piece", "lines", "words"]
