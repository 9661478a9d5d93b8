"""The query parameters: which page, and which draft, record or patient. No answer is ever in the address."""

from __future__ import annotations

from typing import Final

ADDRESS: Final = "d"
STEP: Final = "step"
RECORD: Final = "record"
PATIENT: Final = "patient"
CHECKING: Final = "checking"
FROM: Final = "from"
