"""The tables that the migrations make are those that the models describe."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from argon2 import PasswordHasher
from sqlalchemy import text

from recommender.records.accounts import Accounts
from recommender.records.archive import Archive
from recommender.records.database import connect, upgrade
from recommender.records.errors import RecordsError
from recommender.records.keyring import KeyRing
from recommender.records.passwords import Passwords
from recommender.records.sign_ins import SignIns
from recommender.records.tables import Table
from recommender.records.verification import verify


def test_from_nothing_the_migrations_make_exactly_the_tables_of_the_models(database: str) -> None:
    engine = connect(database)

    upgraded = [upgrade(engine), upgrade(engine)]

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Table.metadata)
    engine.dispose()
    assert upgraded == [True, False]
    assert differences == []


def test_accounts_and_audit_of_the_first_version_hold_in_this_one(database: str) -> None:
    engine, ring = connect(database), KeyRing.new()
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    Accounts(Archive(engine, lambda: ring), quick).add("nurse.one", "a made-up phrase", role="nurse")
    with engine.begin() as connection:
        for statement in (
            "DROP INDEX ix_account_provider",
            "ALTER TABLE account DROP COLUMN issuer",
            "ALTER TABLE account DROP COLUMN subject",
            "DROP TABLE provider_sign_in",
            "ALTER TABLE patient DROP COLUMN indexed",
            "UPDATE alembic_version SET version_num = 'first'",
        ):
            connection.execute(text(statement))

    archive = Archive(engine, lambda: ring)
    token = SignIns(archive, quick).sign_in("nurse.one", "a made-up phrase", source="here")

    assert SignIns(archive, quick).who(token) is not None
    assert verify(archive).problems == ()
    engine.dispose()


def test_records_of_a_later_version_are_left_alone(database: str) -> None:
    engine = connect(database)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))

    with pytest.raises(RecordsError, match=r"were written by a later version of this product \(later\)"):
        upgrade(engine)

    engine.dispose()


@pytest.mark.parametrize("address", ["nonsense", "mysql://somebody:secret@here/x", "postgresql:///x?host=/nowhere"])
def test_a_database_that_cannot_be_used_is_a_message_without_the_password(address: str) -> None:
    with pytest.raises(RecordsError) as refused:
        upgrade(connect(address))

    assert "secret" not in str(refused.value)
