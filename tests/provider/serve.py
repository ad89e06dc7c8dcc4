"""This file runs a real OpenID provider in a process of its own: `serve.py PORT`, with its folder in COUNCIL_FOLDER.

Everybody of the folder's people.json ({name: claims}) can sign in with the password below.
"""

import os
import sys

import django
import waitress

PASSWORD = "the council's own password"
CLIENT, SECRET = "improvement-plan", "a secret between two servers"
APP = "http://127.0.0.1"  # of any port: the toolkit follows RFC 8252 for loopback addresses


def fill():
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application
    from provider_pages import people

    call_command("migrate", verbosity=0)
    [User.objects.create_user(name, password=PASSWORD) for name in people()]
    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=f"{APP}/sign-in/council/back",
        post_logout_redirect_uris=f"{APP}/sign-in",
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "provider_settings"
    django.setup()
    from django.core.wsgi import get_wsgi_application

    fill()
    waitress.serve(get_wsgi_application(), host="127.0.0.1", port=int(sys.argv[1]), threads=4)
