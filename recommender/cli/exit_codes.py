"""The exit codes that say something of their own; 0 is done."""

from typing import Final

#: of ``rules diff`` alone: the new version is weaker in safety
GOT_WEAKER: Final = 1
BAD_INPUT: Final = 2
SOME_BAD_LINES: Final = 3
