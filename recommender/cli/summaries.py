"""``recommender records summary``: one visit to read, to print or to hand to the patient."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recommender.cli.files import Format, note_what_a_pdf_lacks, write_new
from recommender.cli.opened_records import opened
from recommender.cli.patients import keeper
from recommender.export import PatientIdentity, render_consultation


class Reader(StrEnum):
    """Who reads it."""

    PATIENT = "patient"
    CLINICAL = "clinical"
    CONSENT = "consent"


def summary(
    visit: Annotated[str, typer.Argument(metavar="ID", help="The visit's id.")],
    *,
    voice: Annotated[
        Reader, typer.Option(help="Everything in the record, a page in the patient's words, or the consent form.")
    ] = Reader.CLINICAL,
    format: Annotated[Format, typer.Option(help="How to write it.")] = Format.TEXT,  # noqa: A002 (its plain name)
    output: Annotated[Path | None, typer.Option(help="A file that is not there yet (default: the terminal).")] = None,
) -> None:
    """Write one visit's record for those who treat, or for the patient, as it was concluded on that day.

    Example: recommender records summary 3q2hRkZ0T1mYB7c1oXw9dA --voice patient --format pdf --output visit.pdf
    """
    from recommender.records.storage import settings  # noqa: PLC0415 (loads the database)
    from recommender.records.visits.consultations import Consultations  # noqa: PLC0415 (loads the database)
    from recommender.records.visits.patients import Patients  # noqa: PLC0415

    with opened() as store:
        kept = Consultations(store).get(visit, by=keeper())
        identity = Patients(store).get(kept.patient_id, by=keeper()).identity
    patient = PatientIdentity(identity.name, identity.born_on)
    written = render_consultation(
        kept.consultation, format.value, patient=patient, audience=voice.value, clinic=settings.clinic()
    )
    write_new(written, format, output=output)
    note_what_a_pdf_lacks(f"{identity.name} {kept.consultation.json_text()}", format)
