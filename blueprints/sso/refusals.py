"""This file is why somebody is not signed in by the council's sign-in: one sentence for each reason."""

from dataclasses import dataclass

from plan.identities import Outcome

AGAIN = "Nobody was signed in and nothing was changed. Start again from the sign-in page"
TELL = f"{AGAIN}; if it happens twice, tell the programme office."


@dataclass(frozen=True)
class Refusal:
    """One reason: the status of the answer, the sentence for the person, whether it counts as a wrong guess.

    What somebody can bring about who has no council account counts; a provider that is down must lock nobody out.
    """

    status: int
    sentence: str
    counts: bool = True


class Refused(Exception):
    """Nobody is signed in; `detail` is for the audit log only."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        super().__init__(refusal.sentence)
        self.refusal, self.detail = refusal, "".join(mark for mark in detail if mark.isprintable())


UNREACHABLE = Refusal(
    502,
    "The council's sign-in does not answer at the moment, so nobody was signed in. Nothing is lost: wait a few "
    "minutes and try again. If it lasts, tell the programme office.",
    counts=False,
)
NOT_SET_UP = Refusal(
    502,
    "The council's sign-in and this app do not fit together, so nobody can be signed in with it. Nothing was changed. "
    "Tell the programme office: whoever runs this server finds the reason in the audit log.",
    counts=False,
)
DENIED = Refusal(
    403,
    "The council's sign-in did not let you through, or you stopped half-way. Nobody was signed in and nothing was "
    "changed. Try again from the sign-in page, or ask the programme office whether your council account may use this "
    "app.",
)
NOT_ASKED = Refusal(
    400,
    f"This answer of the council's sign-in is not one that this browser waits for: it was used already, or a newer "
    f"try took its place, or the link came from elsewhere. {AGAIN}.",
)
TOO_LATE = Refusal(400, f"It took more than ten minutes to come back from the council's sign-in. {AGAIN}.")
USED = Refusal(400, f"The council's sign-in says that this answer was used already or has run out. {AGAIN}.")
FORGED = Refusal(400, f"The answer does not carry the signature of the council's sign-in. {TELL}")
OTHER_ISSUER = Refusal(400, f"The answer comes from another sign-in than the council's. {TELL}")
OTHER_AUDIENCE = Refusal(400, f"The answer of the council's sign-in was meant for another application. {TELL}")
OTHER_NONCE = Refusal(400, f"The answer of the council's sign-in belongs to another question than ours. {TELL}")
RUN_OUT = Refusal(
    400, f"The answer of the council's sign-in has run out, or the clocks of the two servers differ. {TELL}"
)
UNREADABLE = Refusal(400, f"The answer of the council's sign-in does not say who you are. {TELL}")
OTHER_TENANT = Refusal(
    403,
    "Your account belongs to an organisation whose people may not sign in here. Nobody was signed in and nothing was "
    "changed. Sign in with your council account, or ask the programme office.",
    counts=False,
)
TOO_OFTEN = Refusal(
    429, "Too many tries to sign in failed from here. Nothing is lost; wait five minutes and try again.", counts=False
)
AT_THE_DOOR = {
    Outcome.CLOSED: Refusal(
        403,
        "Your account here is closed, so you were not signed in. What you did before stays in the history. Ask the "
        "programme office if it should be opened again.",
        counts=False,
    ),
    Outcome.NO_GROUP: Refusal(
        403,
        "None of your groups at the council gives you a role here any more, so you were not signed in. Nothing was "
        "changed. Ask the programme office if you still need to come in.",
        counts=False,
    ),
    Outcome.TOO_MANY_GROUPS: Refusal(
        403,
        "You are in so many groups that the council's sign-in does not tell us of them, so your role here is not known "
        "and you were not signed in. Nothing was changed. Tell the programme office: it is mended in the council's "
        "sign-in, by telling this app only of the groups that are assigned to it.",
        counts=False,
    ),
}
