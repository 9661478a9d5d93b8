"""The words at the door: signing in, and the first account."""

from __future__ import annotations

from typing import Final

SIGN_IN: Final = "Sign in"
SIGN_IN_LEAD: Final = "For the clinic's staff. Patients need no account."
NAME: Final = "Name to sign in with"
PASSWORD: Final = "Password"  # noqa: S105 (the label of a field)
AGAIN: Final = "The same password again"
PASSWORD_HINT: Final = "At least 12 characters. Several words are easier to remember than signs."  # noqa: S105
WITH_PROVIDER: Final = "Sign in with the clinic's own account"
TO_THE_FORM: Final = "To the form for patients"
OUT: Final = "You are signed out."
IDLE: Final = "You were signed out because nothing was done here for a while. What you wrote is kept."
REFUSED: Final = "Name and password do not fit, or there were too many attempts. Wait, then try again."
ELSEWHERE: Final = "This was sent from another site. Open the page here and try again."
FIRST: Final = "The first account"
FIRST_LEAD: Final = (
    "It is for whoever manages the accounts of this installation. It reads no record: from it, add accounts for nurses, "
    "prescribers and leads."
)
FIRST_NAME: Final = "Your name, as others will see it"
FIRST_ADD: Final = "Add the account"
FIRST_OVER: Final = "This link is not valid (any more)"
FIRST_OVER_LEAD: Final = (
    "It works once, until the first account exists, and only as long as the application runs that printed it. "
    "Start it anew for another link, or use: recommender accounts add NAME --role admin"
)
DIFFERENT: Final = "The two passwords are not the same."
SHUT: Final = "The records cannot be opened"
SHUT_LEAD: Final = "Nobody can sign in until whoever runs this installation has put that right. The form for patients is open."
FIRST_START: Final = "There is no account yet. To add the first one, open once: {link}"
