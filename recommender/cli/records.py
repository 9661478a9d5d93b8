"""``recommender records``: the group, and the commands that maintain the database and its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from recommender.cli.agreement import list_agreement
from recommender.cli.commands import Commands
from recommender.cli.copies import back_up, restore
from recommender.cli.exit_codes import BAD_INPUT
from recommender.cli.lists import list_visits
from recommender.cli.opened_records import need_the_records, opened
from recommender.cli.patients import erase, merge, patient_data
from recommender.cli.retention import retention
from recommender.cli.summaries import summary
from recommender.documents.problems import Problem, RecommenderError

if TYPE_CHECKING:
    from recommender.records.storage.audit import AuditEnd

records_app = typer.Typer(
    cls=Commands,
    help="Look after the records: their tables, their audit, their keys, their copies.",
    no_args_is_help=True,
    callback=need_the_records,
)


@records_app.command("upgrade")
def upgrade_records() -> None:
    """Bring the tables to this version, and on the first start make the database and the key.

    Example: recommender records upgrade
    """
    from recommender.records.storage.key_files import KEYS_VARIABLE, KeyFile, keys_in_environment  # noqa: PLC0415

    with opened() as store:
        where = store.engine.url.render_as_string(hide_password=True)
    key = KEYS_VARIABLE if keys_in_environment() else KeyFile.of_installation().file
    typer.echo(f"The records are at {where}, sealed with the key in {key}. Keep a copy of the key apart from the records.")


@records_app.command("verify")
def verify_records(
    *,
    noted: Annotated[str | None, typer.Option(help="ROWS:HASH as printed earlier: it must still be in the audit.")] = None,
) -> None:
    """Say what in the database, the audit or a record was changed, removed or put elsewhere; exit 2 if anything was.

    Example: recommender records verify --noted 1204:5f0c…
    """
    from recommender.records.maintenance.verification import verify  # noqa: PLC0415

    known = _end(noted) if noted else None
    with opened() as store:
        found = verify(store, known=known)
    for problem in found.problems:
        typer.echo(str(problem), err=True)
    if found.problems:
        raise typer.Exit(BAD_INPUT)
    typer.echo(
        "The database is sound, the audit is whole, and every record is as it left it. "
        f"To note elsewhere: {found.end.rows}:{found.end.hash}"
    )


@records_app.command("rotate-key")
def rotate_key(
    *,
    drop_old: Annotated[
        bool, typer.Option(help="Delete the old keys, after asking: copies of the records made before cannot be opened.")
    ] = False,
) -> None:
    """Seal everything anew with a new key, or go on with a change of key that was interrupted.

    Example: recommender records rotate-key
    """
    from recommender.records.maintenance import key_rotation  # noqa: PLC0415
    from recommender.records.storage.key_files import KeyFile, keys_in_environment  # noqa: PLC0415

    file = None if keys_in_environment() else KeyFile.of_installation()
    if drop_old and file is None:
        raise RecommenderError([Problem("--drop-old", "the keys are in the environment: take the old ones out there")])
    with opened() as store:
        if drop_old:
            _confirm_to_delete(store.keyring.ids)
        if file and not key_rotation.left_to_seal(store, store.keyring.current):
            key_rotation.add_new_key(file)
        sealed = key_rotation.reseal(store)
        typer.echo(f"{sealed} sealed anew with the key {store.keyring.current}")
        dropped = key_rotation.drop_old_keys(file, store) if file and drop_old else ()
    if dropped:
        typer.echo(f"Deleted: {', '.join(dropped)}")


def _confirm_to_delete(keys: tuple[str, ...]) -> None:
    """Copies of the records stay sealed with the key of their day: whoever deletes it says that they know."""
    typer.echo(
        f"This deletes the keys {', '.join(keys)}. No copy of the records made until now can be opened without them: "
        "keep a copy of the keys as long as those, and make a new copy afterwards."
    )
    if typer.prompt(f"Type {keys[0]} to delete them") != keys[0]:
        raise RecommenderError([Problem("--drop-old", "was not confirmed: nothing was changed")])


def _end(noted: str) -> AuditEnd:
    from recommender.records.storage.audit import AuditEnd  # noqa: PLC0415

    rows, _, found = noted.partition(":")
    if not rows.isdecimal() or not found:
        raise RecommenderError([Problem("--noted", "should be ROWS:HASH, as 'recommender records verify' prints it")])
    return AuditEnd(int(rows), found)


records_app.command("backup")(back_up)
records_app.command("restore")(restore)
records_app.command("patient-data")(patient_data)
records_app.command("erase")(erase)
records_app.command("merge")(merge)
records_app.command("retention")(retention)
records_app.command("list")(list_visits)
records_app.command("agreement")(list_agreement)
records_app.command("summary")(summary)
