"""This folder measures the app; each file is one measurement and `manage.py bench NAME` runs it."""
