"""This file is what the provider for tests says of people, and the page where they sign in to it."""

import json

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path
from oauth2_provider.oauth2_validators import OAuth2Validator

PAGE = """<!DOCTYPE html><html lang="en"><head><title>The council</title></head><body><h1>The council</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{token}">
<label>Name <input name="username"></label> <label>Password <input name="password" type="password"></label>
<button>Go on</button></form></body></html>"""


def people():
    """Who there is, and what is said of them: read anew for each token, so that a test can change it."""
    return json.loads((settings.FOLDER / "people.json").read_text(encoding="utf-8"))


class Council(OAuth2Validator):
    """What stands in somebody's identity token."""

    oidc_claim_scope = None

    def get_additional_claims(self, request):
        return people()[request.user.username]


def sign_in(request):
    person = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
    if person is None or person.username not in people():
        return HttpResponse(PAGE.format(token=get_token(request)))
    login(request, person)
    return HttpResponse(status=302, headers={"Location": request.GET["next"]})


urlpatterns = [path("sign-in", sign_in), path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]
