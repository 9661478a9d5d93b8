"""The words of finishing and of the idle timeout."""

from __future__ import annotations

from typing import Final

from recommender.languages import message, speaks

FINISH: Final = message(
    "Have you finished, and do other people use this device? Then delete your answers now. Otherwise just close the page: they "
    "are deleted after 24 hours."
)
FINISHED: Final = message(
    "Your answers have been deleted. This page keeps nothing of them, and going back does not show them. "
    "Files that you saved are still on this device."
)

LEFT: Final = message(
    "Nobody touched this page for {minutes} minutes, so it went back to the start. Your answers are kept for 24 hours after "
    "your last change."
)
LEFT_SHARED: Final = message(
    "Nobody touched this page for {minutes} minutes, so the answers that stood here were deleted. You can start again."
)

STILL_THERE: Final = message("Are you still there?")
STAY: Final = message("Stay on this page")
LEAVE: Final = message("Leave it now")
SOON: Final = message("If you do nothing, this page goes back to the start in {wait}. Your answers are kept for 24 hours.")
SOON_SHARED: Final = message("If you do nothing, this page goes back to the start in {wait}. Your answers are then deleted.")
SOON_STAFF: Final = message("If you do nothing, you are signed out in {wait}. What you wrote is kept.")
MINUTES: Final = message("{number} minutes")
SECONDS: Final = message("{number} seconds")

speaks(__name__)
