"""The exit codes that say something of their own; 0 is done."""

from typing import Final

BAD_INPUT: Final = 2
SOME_BAD_LINES: Final = 3
