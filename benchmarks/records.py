"""How fast records are listed, searched, opened and saved among 200,000: ``python -m benchmarks.records [HOW_MANY]``.

They are made in bulk in a folder of their own, which is removed: some hundred different visits, each sealed for its own
place under its own id, with everything that stands beside a record. What is measured goes through the same calls as ever.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import insert

from recommender import load_rules
from recommender.documents.consultation import Consultation
from recommender.records.domain.workflow import begin, co_sign, sign, write
from recommender.records.storage.database import connect
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import Content, RecordStore, Transaction, new_id
from recommender.records.storage.tables import ConsultationRow, Override, PatientRow, PatientWord, Table, UsedLot
from recommender.records.visits import consultations, patients
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.name_search import kept_words
from recommender.records.visits.patients import Identity, Patients

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "records"))
from record_samples import LIPS, NURSE, PRESCRIBER, TODAY, TOXIN, answers, whole

HOW_MANY, VISITS_EACH, LOTS, RUNS, TARGET, BATCH = 200_000, 2, 60, 300, 100, 2_000
FIRST = datetime(2017, 1, 1, tzinfo=UTC)
SYLLABLES = [a + b for a in "bdfgklmnprst" for b in ("a", "ei", "o", "u", "il", "an")]


def made_up_name(chance: random.Random) -> str:
    """Two words; the second is one of a few hundred, so that a search by it alone meets many."""
    first = "".join(chance.choices(SYLLABLES, k=3))
    return f"{first} {''.join(chance.choices(SYLLABLES[:20], k=2))}".title()


def made_up_visits() -> list[Consultation]:
    """Visits at each point of the workflow."""
    rules = load_rules()
    found = []
    for number in range(LOTS):
        product = TOXIN.model_copy(update={"lot": f"LOT-{number}"})
        draft = write(whole(), by=NURSE, products=(product,), note=f"Made up {number}.")
        signed = sign(draft, by=NURSE, at=FIRST, today=TODAY)
        found += [draft, co_sign(signed, by=PRESCRIBER, at=FIRST), co_sign(signed, by=PRESCRIBER, at=FIRST)]
        if number % 10 == 0:
            found += [signed, begin(rules, answers(concerns=[LIPS], person={"age": 20 + number}), by=NURSE)]
    return found


def fill(store: RecordStore, how_many: int) -> list[tuple[str, str]]:
    """Patients and visits written in bulk; the id of each visit, and its patient's name."""
    chance = random.Random(1)
    packed = []
    for one in made_up_visits():
        text = Content.of(one.json_text())
        packed.append((one, text, text.packed(), consultations.unsealed_columns(one)))
    known: list[tuple[str, str]] = []
    numbers = count()
    made = (rows_of_a_patient(chance, packed, known, numbers) for _ in range(how_many // VISITS_EACH))
    while batch := list(islice(made, BATCH)):
        with store.transaction() as transaction:
            write_in_bulk(transaction, batch)
    return known


def rows_of_a_patient(chance: random.Random, packed: list[Any], known: list[tuple[str, str]], numbers: Iterator[int]) -> Any:
    """A patient with visits, not sealed yet."""
    born_on = date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))
    patient = (new_id(), Identity(name=made_up_name(chance), born_on=born_on, contact="made up"))
    visits = []
    for _ in range(VISITS_EACH):
        visits.append((new_id(), next(numbers), chance.choice(packed)))
        known.append((visits[-1][0], patient[1].name))
    return patient, visits


def write_in_bulk(transaction: Transaction, batch: list[Any]) -> None:
    rows: dict[type[Table], list[dict[str, Any]]] = {
        table: [] for table in (PatientRow, PatientWord, ConsultationRow, UsedLot, Override)
    }
    key = transaction.keyring.current
    for (patient_id, identity), visits in batch:
        content = Content.of(identity.model_dump_json())
        sealed = transaction.seal(content, patients.sealing_context(patient_id))
        rows[PatientRow].append(
            {"id": patient_id, "version": 1, "changed_at": FIRST, "key_id": key, "sealed": sealed, "indexed": patients.INDEXED}
        )
        words = kept_words((identity.name,), identity.born_on)
        rows[PatientWord] += [{"word": transaction.keyring.blind_index(word), "patient_id": patient_id} for word in words]
        transaction.audit.record(
            "n1", "added", kind="patient", record=patient_id, after=content.hash("patient", patient_id, version=1)
        )
        for visit_id, number, (one, text, small, columns) in visits:
            at = FIRST + timedelta(minutes=20 * number)
            row = {"id": visit_id, "patient_id": patient_id, "version": 1, "begun_by": "n1", "begun_at": at, "changed_at": at}
            sealed = transaction.keyring.seal(small, consultations.sealing_context(visit_id))
            rows[ConsultationRow].append({**row, **columns, "key_id": key, "sealed": sealed})
            for beside in consultations.index_rows(visit_id, one):
                values = {column.key: getattr(beside, column.key) for column in beside.__table__.columns}
                rows[type(beside)].append(values)
            after = text.hash("consultation", visit_id, version=1, owner=patient_id)
            transaction.audit.record("n1", "begun", kind="consultation", record=visit_id, after=after)
    for table, values in rows.items():
        if values:
            transaction.session.execute(insert(table), values)


def late(run: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else HOW_MANY
    folder = Path(mkdtemp(prefix="records-"))
    engine = connect(f"sqlite:///{folder / 'records.sqlite'}")
    try:
        ring = KeyRing.new()
        store = RecordStore(engine, lambda: ring)
        start = time.perf_counter()
        known = fill(store, how_many)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e9
        taken = time.perf_counter() - start
        print(f"{how_many:,} visits of {how_many // VISITS_EACH:,} patients made in {taken:.0f} s, {size:.1f} GB")
        measure(store, known)
    finally:
        engine.dispose()
        shutil.rmtree(folder, ignore_errors=True)


def measure(store: RecordStore, known: list[tuple[str, str]]) -> None:
    visits, people, chance = Consultations(store), Patients(store), random.Random(2)
    middle = visits.latest(by=NURSE, after=visits.latest(by=NURSE)[-1])[-1]

    def save() -> None:
        kept = visits.get(chance.choice(known)[0], by=NURSE)
        while kept.consultation.state != "draft":
            kept = visits.get(chance.choice(known)[0], by=NURSE)
        note = write(kept.consultation, by=NURSE, note=f"Changed {chance.random()}.")
        start = time.perf_counter()
        visits.save(kept.id, kept.version, note, by=NURSE)
        saving.append(1000 * (time.perf_counter() - start))

    saving: list[float] = []
    late(save, RUNS)
    figures = {
        "list: the first page": late(lambda: visits.latest(by=NURSE)),
        "list: a later page": late(lambda: visits.latest(by=NURSE, after=middle)),
        "list: locked ones": late(lambda: visits.latest(by=NURSE, state="locked")),
        "search: whole name": late(lambda: people.search(chance.choice(known)[1], by=NURSE)),
        "search: a common word": late(lambda: people.search(chance.choice(known)[1].split()[1], by=NURSE)),
        "open": late(lambda: visits.get(chance.choice(known)[0], by=NURSE)),
        "save": (statistics.median(saving), statistics.quantiles(saving, n=20)[-1]),
        f"recall of a lot ({len(known) // LOTS:,})": late(lambda: visits.recall(f"lot {chance.randrange(LOTS)}", by=NURSE), 30),
    }
    for name, (median, p95) in figures.items():
        target = f"(target: p95 at most {TARGET} ms)" if name.startswith(("list", "search", "open", "save")) else ""
        print(f"{name:26} median {median:6.1f} ms, p95 {p95:6.1f} ms   {target}")


if __name__ == "__main__":
    main()
