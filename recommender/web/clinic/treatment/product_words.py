"""The words of the clinic's own products and their lots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.languages import message, plural, speaks

TITLE: Final = message("Products and lots")
LEAD: Final = message("An open lot that has not expired is picked for a treatment in one press.")
ADD_TITLE: Final = message("Add a lot")
KIND: Final = message("Kind of product")
BRAND: Final = message("Brand")
LOT: Final = message("Lot number")
EXPIRES: Final = message("Expiry date")
DILUTION: Final = message("Diluted with what, and how much (if it is always the same)")
CHOOSE: Final = message("Choose")
CHOOSE_OR_TYPE: Final = message("Choose, or type")
ADD: Final = message("Add the lot")
ADDED: Final = message("Lot {lot} of {brand} is in the list.")

OPEN: Final = message("Open")
RECALLED: Final = message("Recalled")
CLOSED: Final = message("Closed")
NONE: Final = message("No lot is open.")
NAME: Final = message("{brand}, lot {lot}")
GOOD: Final = message("expiry {day}")
EXPIRED: Final = message("Expired on {day}: it cannot be picked.")
VISITS: Final = plural("{number} visit with lot {lot}", "{number} visits with lot {lot}")

CLOSE: Final = message("Close lot {lot}")
REOPEN: Final = message("Open lot {lot} again")
RECALL: Final = message("Recall lot {lot}")
RECALL_ASK: Final = message("Nobody can pick it any more. The next page lists every visit in which it was used.")
RECALL_SURE: Final = message("Yes, recall it")
LIFT: Final = message("Lift the recall of lot {lot}")
LIFT_ASK: Final = message("The lot is open again and can be picked.")
LIFT_SURE: Final = message("Yes, lift the recall")
CHANGED: Final[Mapping[str, str]] = {
    "close": message("Lot {lot} is closed."),
    "open": message("Lot {lot} is open."),
    "recall": message("Lot {lot} is recalled."),
    "lift": message("The recall of lot {lot} is lifted: it is open."),
}
#: what a problem of a lot is about → the field's label
FIELDS: Final[Mapping[str, str]] = {
    "product": KIND,
    "brand": BRAND,
    "lot": LOT,
    "expires_on": EXPIRES,
    "dilution": message("Dilution"),
}

speaks(__name__)
