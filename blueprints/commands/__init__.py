"""This folder is the commands of design 9: everything a person does with workbooks, scripted."""

from flask import Flask

from blueprints.commands import backups, changes, plans, proving, reports, serving, upgrading, users


def prepare(app: Flask) -> None:
    """Give the app its commands."""
    plans.group.add_command(changes.changes)
    plans.group.add_command(reports.report)
    plans.group.add_command(proving.verify)
    app.cli.add_command(plans.group)
    app.cli.add_command(users.user_group)
    app.cli.add_command(backups.backup_command)
    app.cli.add_command(backups.restore_command)
    app.cli.add_command(upgrading.db_group)
    app.cli.add_command(serving.prepare_command)
    app.cli.add_command(serving.serve_command)
