"""This folder is the commands of design 9: everything a person does with workbooks, scripted."""

from flask import Flask

from blueprints.commands import plans, serving, users


def prepare(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(plans.group)
    app.cli.add_command(users.user_group)
    app.cli.add_command(serving.prepare_command)
    app.cli.add_command(serving.serve_command)
