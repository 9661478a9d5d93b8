"""The words of signing in and of the first account."""

from __future__ import annotations

from typing import Final

from recommender.languages import message, speaks

SIGN_IN: Final = message("Sign in")
SIGN_IN_LEAD: Final = message("For the clinic's staff. Patients need no account.")
NAME: Final = message("Name to sign in with")
PASSWORD: Final = message("Password")
AGAIN: Final = message("The same password again")
PASSWORD_HINT: Final = message("At least 12 characters. Several words are easier to remember than symbols.")
WITH_PROVIDER: Final = message("Sign in with the clinic's own account")
TO_THE_FORM: Final = message("To the form for patients")
OUT: Final = message("You are signed out.")
IDLE: Final = message("You were signed out because nothing was done here for a while. What you wrote is kept.")
REFUSED: Final = message("Name and password do not fit, or there were too many attempts. Wait, then try again.")
ELSEWHERE: Final = message("This was sent from another site. Open the page here and try again.")
FIRST: Final = message("The first account")
FIRST_LEAD: Final = message(
    "It is for whoever manages the accounts of this installation. It reads no record: from it, add accounts for nurses, "
    "prescribers and leads."
)
FIRST_NAME: Final = message("Your name, as others will see it")
FIRST_ADD: Final = message("Add the account")
FIRST_OVER: Final = message("This link is not valid (any more)")
FIRST_OVER_LEAD: Final = message(
    "It works once, until the first account exists, and only as long as the application runs that printed it. "
    "Start it anew for another link, or use: recommender accounts add NAME --role admin"
)
DIFFERENT: Final = message("The two passwords are not the same.")
SHUT: Final = message("The records cannot be opened")
SHUT_LEAD: Final = message(
    "Nobody can sign in until whoever runs this installation has put that right. The form for patients is open."
)
FIRST_START: Final = message("There is no account yet. To add the first one, open once: {link}")

speaks(__name__)
