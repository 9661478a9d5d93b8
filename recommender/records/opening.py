"""Open the records of this installation: its database and keys, as the environment names them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, inspect, select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.records.errors import KeyProblem
from recommender.records.storage import database
from recommender.records.storage.audit import HEAD
from recommender.records.storage.failures import storage_errors
from recommender.records.storage.key_files import KEYS_VARIABLE, KeyFile, UsedKeys, keys_in_environment
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import Clock, RecordStore, utc_now
from recommender.records.storage.settings import clinic_zone, database_url
from recommender.records.storage.tables import AuditHead
from recommender.records.visits.patients import reindex


def open_records(*, clock: Clock = utc_now, to_restore: bool = False) -> RecordStore:
    """The records that the environment names; the first start creates the database and the key.

    Raises KeyProblem where the key has sealed records and they are gone, unless they are about to be restored.
    """
    clinic_zone()  # report an invalid setting now
    engine, used_keys = database.connect(database_url()), UsedKeys.of_installation()
    try:
        keys = _keys_of_installation(engine)
        if not to_restore:
            _refuse_lost_records(engine, used_keys)
        store = RecordStore(engine, keys, clock=clock, used_keys=used_keys)
        if store.end().rows:
            used_keys.note(store.keyring)
        reindex(store)
    except BaseException:
        engine.dispose()
        raise
    return store


def _keys_of_installation(engine: Engine) -> Callable[[], KeyRing]:
    """How to read the keys; a new one is created on the first start, but never where there are records already."""

    def read() -> KeyRing:
        file = KeyFile.of_installation()
        found = keys_in_environment() or file.read()
        if found is None and _has_records(engine) and (found := file.read()) is None:  # unless another process was first
            problem = f"is missing, and the records are sealed with it: put it back, or set {KEYS_VARIABLE}"
            raise KeyProblem([Problem(str(file.file), problem)])
        return found or file.create()

    return read


def _refuse_lost_records(engine: Engine, used_keys: UsedKeys) -> None:
    file = KeyFile.of_installation().file
    ring = keys_in_environment() or KeyFile(file).read()
    if ring is None or not used_keys.has(ring):
        return
    with storage_errors(), engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = AuditHead.__tablename__ in tables and connection.scalar(select(AuditHead.count).where(AuditHead.id == HEAD))
    if not found:
        problem = (
            f"has sealed records, and they are not in {engine.url.render_as_string(hide_password=True)}: put them back, or use "
            f"'recommender records restore'; to begin anew, move {file} and {used_keys.file} away"
        )
        raise KeyProblem([Problem(f"key {ring.current}", problem)])


def _has_records(engine: Engine) -> bool:
    """Whether an audit has been started here."""
    database.upgrade(engine)
    with storage_errors(), Session(engine) as session:
        return session.get(AuditHead, HEAD) is not None
