"""This room holds the improvement plan itself: its rules, its records and its one history."""
