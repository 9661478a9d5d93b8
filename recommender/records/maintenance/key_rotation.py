"""Key rotation: add a new key, then encrypt everything again with it in batches. It can be interrupted and run again."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recommender.records.storage.key_files import KeyFile
from recommender.records.storage.record_store import RecordStore, Transaction
from recommender.records.storage.row_authentication import outdated_macs, renew_macs
from recommender.records.storage.tables import ConsultationRow, PatientRow
from recommender.records.visits import consultations, patients
from recommender.records.visits.patients import Identity, keep_words

BATCH = 200


def left_to_seal(store: RecordStore, key: str) -> int:
    """How many patients, records, accounts, lots and sessions still depend on another key than this one."""
    with store.snapshot() as session:
        return _left(store, session, key)


def _left(store: RecordStore, session: Session, key: str) -> int:
    counted = (select(func.count()).where(table.key_id != key) for table in (PatientRow, ConsultationRow))
    return sum(session.scalar(count) or 0 for count in counted) + len(outdated_macs(store, session, key))


def add_new_key(file: KeyFile) -> None:
    """Add a key to the file as the current one; every process uses it from its next change on."""
    ring = file.read()
    file.replace(ring.with_new_key() if ring else file.create())


def reseal(store: RecordStore, *, progress: Callable[[int], None] = lambda _: None) -> int:
    """Encrypt with the current key whatever another one encrypted; how many rows. ``progress`` gets the number done so far.

    Each batch is a transaction. The hashes in the audit are of the content, not of its encryption, and stay the same.
    """
    store.reload_keys()
    done = 0
    while True:
        with store.transaction() as transaction:
            batch = renew_macs(store, transaction) or _patients(store, transaction) or _consultations(store, transaction)
            if not batch:
                return done
        done += batch
        progress(done)


def drop_old_keys(file: KeyFile, store: RecordStore) -> tuple[str, ...]:
    """Delete every key but the current one, once nothing depends on the others; their ids.

    Earlier back-ups cannot be read any more, unless a copy of their key was kept.
    """
    store.reload_keys()
    with store.transaction() as transaction:  # no other write in between
        ring = file.read()
        if ring is None or ring.current != transaction.keyring.current or _left(store, transaction.session, ring.current):
            return ()
        file.replace(ring.only_current())
    return ring.ids[1:]


def _patients(store: RecordStore, transaction: Transaction) -> int:
    rows = transaction.session.scalars(
        select(PatientRow).where(PatientRow.key_id != transaction.keyring.current).limit(BATCH)
    ).all()
    for row in rows:
        content = store.open_sealed(row.sealed, patients.sealing_context(row.id))
        row.sealed, row.key_id = transaction.seal(content, patients.sealing_context(row.id)), transaction.keyring.current
        keep_words(transaction.session, transaction.keyring, row, Identity.model_validate_json(content.text))
    return len(rows)


def _consultations(store: RecordStore, transaction: Transaction) -> int:
    wanted = select(ConsultationRow).where(ConsultationRow.key_id != transaction.keyring.current).limit(BATCH)
    rows = transaction.session.scalars(wanted).all()
    for row in rows:
        content = store.open_sealed(row.sealed, consultations.sealing_context(row.id))
        row.sealed, row.key_id = transaction.seal(content, consultations.sealing_context(row.id)), transaction.keyring.current
    return len(rows)
