"""This room makes documents and pictures of the plan: sister of sync, and neither imports the other."""
