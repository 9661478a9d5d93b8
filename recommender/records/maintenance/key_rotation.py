"""A new key: put first, then everything sealed anew with it, a batch at a time; it goes on where it was interrupted."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recommender.records.storage.key_files import KeyFile
from recommender.records.storage.record_store import Archive, Change
from recommender.records.storage.row_authentication import to_vouch_anew, vouch_anew
from recommender.records.storage.tables import ConsultationRow, PatientRow
from recommender.records.visits import consultations, patients
from recommender.records.visits.patients import Identity, keep_words

BATCH = 200


def left_to_seal(archive: Archive, key: str) -> int:
    """How many patients and records are sealed, and accounts and sessions vouched for, with another key than this one."""
    with archive.reading() as session:
        return _left(archive, session, key)


def _left(archive: Archive, session: Session, key: str) -> int:
    counted = (select(func.count()).where(table.key_id != key) for table in (PatientRow, ConsultationRow))
    return sum(session.scalar(count) or 0 for count in counted) + len(to_vouch_anew(archive, session, key))


def put_new_key_first(file: KeyFile) -> None:
    """Add a key to the file; from the next change on it seals, in every process."""
    ring = file.read()
    file.replace(ring.with_new_key() if ring else file.create())


def seal_anew(archive: Archive, *, told: Callable[[int], None] = lambda _: None) -> int:
    """Seal with the first key whatever another one sealed; how many it was. ``told`` hears how many are done so far.

    Each batch is kept as a whole, so that it may be interrupted at any moment and run again. The audit's hashes are of
    what is sealed, not of how, and stay as they are.
    """
    archive.read_keys_anew()
    done = 0
    while True:
        with archive.changing() as change:
            batch = vouch_anew(archive, change) or _patients(archive, change) or _consultations(archive, change)
            if not batch:
                return done
        done += batch
        told(done)


def drop_old_keys(file: KeyFile, archive: Archive) -> tuple[str, ...]:
    """Forget every key but the one that seals; their ids. Nothing is dropped while something is still sealed with it.

    A copy of the records made before is then not to be opened any more, unless a copy of its key was kept.
    """
    archive.read_keys_anew()
    with archive.changing() as change:  # nobody seals anything meanwhile
        ring = file.read()
        if ring is None or ring.current != change.keyring.current or _left(archive, change.session, ring.current):
            return ()
        file.replace(ring.only_current())
    return ring.ids[1:]


def _patients(archive: Archive, change: Change) -> int:
    rows = change.session.scalars(select(PatientRow).where(PatientRow.key_id != change.keyring.current).limit(BATCH)).all()
    for row in rows:
        content = archive.open_sealed(row.sealed, patients.place_of(row.id))
        row.sealed, row.key_id = change.seal(content, patients.place_of(row.id)), change.keyring.current
        keep_words(change.session, change.keyring, row, Identity.model_validate_json(content.text))
    return len(rows)


def _consultations(archive: Archive, change: Change) -> int:
    wanted = select(ConsultationRow).where(ConsultationRow.key_id != change.keyring.current).limit(BATCH)
    rows = change.session.scalars(wanted).all()
    for row in rows:
        content = archive.open_sealed(row.sealed, consultations.place_of(row.id))
        row.sealed, row.key_id = change.seal(content, consultations.place_of(row.id)), change.keyring.current
    return len(rows)
