"""This file reads the settings of single sign-on, and says at the start what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from click import ClickException

from blueprints.security import LOOPBACK
from plan.roles import Who

ON, OFF = frozenset({"on", "yes", "true", "1"}), frozenset({"off", "no", "false", "0"})
NAMES = ("SSO_ISSUER", "SSO_CLIENT_ID", "SSO_CLIENT_SECRET", "SSO_TENANTS", "SSO_GROUPS", "SSO_GROUP_CLAIM")
LIBRARIES = ("authlib", "requests")


class NotSetUp(ClickException):
    """The settings cannot be worked with; the message says which, and the app does not start."""


@dataclass(frozen=True)
class Settings:
    """Which provider vouches for people here, as whom we ask it, which tenants may come, which group gives which role.

    `roles` holds (group, role) in the order in which they count; an empty `tenants` lets any tenant of the issuer come.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    tenants: frozenset[str]
    roles: tuple[tuple[str, Who], ...]
    group_claim: str

    def role_of(self, groups: frozenset[str]) -> Who | None:
        """The role that the first of the settings' groups gives which is among these."""
        return next((role for group, role in self.roles if group in groups), None)


def read(config: Mapping[str, Any]) -> Settings | None:
    """The settings, None where single sign-on is not set up. Raises NotSetUp with a sentence."""
    said = {name: config.get(name) or "" for name in NAMES}
    if not said["SSO_ISSUER"]:
        return None
    if not said["SSO_CLIENT_ID"]:
        raise NotSetUp("SSO_ISSUER is set and SSO_CLIENT_ID is not. Set both for single sign-on, or neither.")
    if not is_safe(said["SSO_ISSUER"]):
        raise NotSetUp("SSO_ISSUER must begin with https: whoever listens on plain http could sign in as anybody.")
    if any(find_spec(name) is None for name in LIBRARIES):
        raise NotSetUp(
            "Single sign-on is set up, and its libraries are not installed. Install them with "
            "`.venv/bin/pip install authlib requests`, or take SSO_ISSUER out of the settings."
        )
    return Settings(
        said["SSO_ISSUER"],
        said["SSO_CLIENT_ID"],
        said["SSO_CLIENT_SECRET"],
        frozenset(_listed(said["SSO_TENANTS"])),
        tuple(_mapped(said["SSO_GROUPS"])),
        said["SSO_GROUP_CLAIM"] or "groups",
    )


def passwords_count(config: Mapping[str, Any]) -> bool:
    """Whether people may sign in with a password of this app. Raises NotSetUp for a word that is neither on nor off."""
    said = str(config.get("LOCAL_SIGN_IN", "on")).strip().lower()
    if said not in ON | OFF:
        raise NotSetUp(f"LOCAL_SIGN_IN is “{said}”. Set it to on or off.")
    return said in ON


def is_safe(address: object) -> bool:
    """Whether what is fetched from this address comes from whom it names: over https, or from this very machine."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _listed(said: object) -> list[str]:
    """A list of the settings: with commas between, or in Python."""
    words = said.split(",") if isinstance(said, str) else list(said) if isinstance(said, (list, tuple, set)) else []
    return [str(word).strip() for word in words if str(word).strip()]


def _mapped(said: object) -> list[tuple[str, Who]]:
    pairs = said.items() if isinstance(said, Mapping) else (pair.rpartition("=")[::2] for pair in _listed(said))
    return [_pair(str(group).strip(), str(role).strip()) for group, role in pairs]


def _pair(group: str, role: str) -> tuple[str, Who]:
    if not group or role not in set(Who):
        roles = ", ".join(Who)
        raise NotSetUp(f"SSO_GROUPS maps “{group}” to “{role}”. Write group=role; the roles are {roles}.")
    return group, Who(role)
