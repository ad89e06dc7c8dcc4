"""This room is the web: where a person can stand and what they can do there."""
