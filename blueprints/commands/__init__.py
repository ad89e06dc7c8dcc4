"""This folder is the commands of design 9: everything a person does with workbooks, scripted."""

from flask import Flask

from blueprints.commands import plans, sample


def prepare(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(plans.group)
    app.cli.add_command(sample.prepare_command)
