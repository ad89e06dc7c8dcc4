"""This file proves that every page is ready before somebody asks for it."""

from blueprints import pages


def test_every_template_compiles_and_is_ready_before_it_is_asked_for(app):
    pages.be_ready(app)
    ready = {name for _, name in app.jinja_env.cache}
    assert ready == set(app.jinja_env.list_templates())
