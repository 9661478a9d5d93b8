"""``recommender records patient-data | erase | merge``: what is done about one patient by whoever keeps the records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recommender.cli.opened_records import opened
from recommender.documents.problems import Problem, RecommenderError

if TYPE_CHECKING:
    from recommender.documents.staff import Staff


def patient_data(
    patient: Annotated[list[str], typer.Argument(metavar="PATIENT", help="The id, or words of the name, each one whole.")],
    *,
    output: Annotated[Path, typer.Option(help="A file that is not there yet.")],
) -> None:
    """Write everything that is kept about one patient to a new JSON file, and say in the audit that it was handed out.

    Example: recommender records patient-data Somebody Made-Up --output somebody.json
    """
    from recommender.atomic_write import atomic_write  # noqa: PLC0415
    from recommender.records.reports.patient_data import only_patient, patient_data_json  # noqa: PLC0415 (loads the database)

    with opened() as store, atomic_write(output, overwrite=False) as written:
        by = keeper()
        identifier = only_patient(store, " ".join(patient), by=by)
        written.write_text(patient_data_json(store, identifier, by=by), encoding="utf-8")
    typer.echo(f"In {output}: everything about patient {identifier}, readable by whoever has the file. The audit says so.")


def erase(patient: Annotated[str, typer.Argument(metavar="ID", help="The patient's id.")]) -> None:
    """Erase a patient with every record of theirs for good, once their id was typed again.

    Example: recommender records erase 3q2hRkZ0T1mYB7c1oXw9dA
    """
    from recommender.records.visits.consultations import Consultations  # noqa: PLC0415 (loads the database)
    from recommender.records.visits.patients import Patients  # noqa: PLC0415

    with opened() as store:
        by = keeper()
        Patients(store).get(patient, by=by)
        visits = len(Consultations(store).of_patient(patient, by=by))
        typer.echo(f"This erases patient {patient} and their visits ({visits}) for good. Copies made before are not touched.")
        if typer.prompt("Type the id again to erase") != patient:
            raise RecommenderError([Problem("id", "is not the one to erase: nothing was erased")])
        erased = Patients(store).erase(patient, by=by)
    typer.echo(f"Erased: patient {patient} and their visits ({erased}). The audit says so, and no longer what they held.")


def merge(
    gone: Annotated[str, typer.Argument(metavar="GONE", help="The id of the entry that goes.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The id of the entry that stays.")],
) -> None:
    """Make two entries of one patient one for good, once the id of the one that goes was typed again.

    Example: recommender records merge 3q2hRkZ0T1mYB7c1oXw9dA 8mXo1sTqRr2kZ0YB7c1oXw
    """
    from recommender.export.visit.words import typed  # noqa: PLC0415
    from recommender.records.visits import merging  # noqa: PLC0415
    from recommender.records.visits.consultations import Consultations  # noqa: PLC0415 (loads the database)
    from recommender.records.visits.patients import Patients  # noqa: PLC0415

    with opened() as store:
        by = keeper()
        for told, one in (("Goes", gone), ("Stays", into)):
            who = Patients(store).get(one, by=by).identity
            visits = len(Consultations(store).of_patient(one, by=by))
            born = who.born_on or "on a day not kept"
            typer.echo(f"{told}: {one}, {typed(who.name)}, born {born}, visits: {visits}")
        if typer.prompt("It cannot be undone. Type the id of the one that goes again") != gone:
            raise RecommenderError([Problem("id", "is not the one that goes: nothing was merged")])
        _, moved = merging.merge(store, gone, into, by=by)
    typer.echo(f"Merged: {gone} into {into}, with its visits ({moved}). The audit keeps both ids.")


def keeper() -> Staff:
    """Whoever may use the installation's own command line, as the audit names them."""
    from recommender.documents.staff import Staff  # noqa: PLC0415
    from recommender.records.accounts.accounts import COMMAND_LINE  # noqa: PLC0415

    return Staff(id=COMMAND_LINE, name=COMMAND_LINE, role="lead")
