"""What an address names, and nothing that anybody answered: a page, and whose draft, record or patient is before it."""

from __future__ import annotations

from typing import Final

ADDRESS: Final = "d"
STEP: Final = "step"
RECORD: Final = "record"
PATIENT: Final = "patient"
CHECKING: Final = "checking"
FROM: Final = "from"
