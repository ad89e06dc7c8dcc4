"""This folder is what `bench/roundtrip.py` is made of: the tracker, a person's edits of it, our trip and a peer's."""
