"""A process killed in the middle of its saves loses nothing that it was told is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import strategies
from record_samples import NURSE, begun

from recommender.records.maintenance.verification import verify
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients

CHECKOUT = Path(__file__).parents[3]
SAVES, KILLED_AFTER = (80, (37,)) if strategies.length == "quick" else (500, (57, 143, 211))
SAVING = """
import sys
from record_samples import NURSE
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.storage.database import connect
from recommender.records.storage.keyring import KeyRing
from recommender.records.domain.workflow import write

url, keys, visit, first, last = sys.argv[1:]
ring = KeyRing.parse(keys, "the test")
visits = Consultations(RecordStore(connect(url), lambda: ring))
kept = visits.get(visit, by=NURSE)
for number in range(int(first), int(last)):
    kept = visits.save(visit, kept.version, write(kept.consultation, by=NURSE, note=str(number)), by=NURSE)
    print(number, kept.version, flush=True)
"""


def _save_until_killed(arguments: list[str], acknowledged: int | None) -> tuple[int, int]:
    """The number and version that the process was last told are kept, before it was killed after so many, or ended."""
    path = os.pathsep.join(str(CHECKOUT / folder) for folder in ("", "tests", "tests/records"))
    command = [sys.executable, "-c", SAVING, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if len(lines) == acknowledged:
                process.send_signal(signal.SIGKILL)
    number, version = lines[-1].split()
    return int(number), int(version)


@pytest.mark.slow
@pytest.mark.sampled
def test_every_save_that_was_acknowledged_is_there_after_a_kill_and_the_audit_verifies(
    store: RecordStore, database: str, keys: list[KeyRing], opened: Callable[[], RecordStore]
) -> None:
    kept = Consultations(store).begin(Patients(store).add(Identity(name="Somebody"), by=NURSE).id, begun(), by=NURSE)
    first = 0

    for acknowledged in (*KILLED_AFTER, None):
        arguments = [database, keys[-1].text(), kept.id, str(first), str(SAVES)]
        number, version = _save_until_killed(arguments, acknowledged)

        found = Consultations(opened()).get(kept.id, by=NURSE)
        assert found.version >= version
        assert int(found.consultation.note) >= number
        assert found.version - version == int(found.consultation.note) - number  # each save is one version, none is half
        first = int(found.consultation.note) + 1

    assert first == SAVES
    assert verify(store).problems == ()
