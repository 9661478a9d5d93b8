"""Names as people write and look for them: found in every spelling, refused where nobody could read them, kept once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from record_samples import ADMIN, LEAD, NURSE, PRESCRIBER, TODAY, begun, whole
from sqlalchemy import text

from recommender.documents.problems import RecommenderError
from recommender.documents.typed import LineRefused, line
from recommender.records.domain.permissions import NotAllowed
from recommender.records.errors import NotFound, RecordsError
from recommender.records.maintenance.verification import verify
from recommender.records.reports.patient_data import patient_data_json
from recommender.records.storage.record_store import RecordStore, new_id
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.merging import merge
from recommender.records.visits.name_search import asked_words, kept_words
from recommender.records.visits.patients import Identity, Patients, SamePatient, reindex

BORN = date(1980, 2, 3)


@pytest.fixture
def patients(store: RecordStore) -> Patients:
    return Patients(store)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasz Wróbel", "lukasz wrobel"),
        ("Müller", "mueller"),
        ("Mueller", "Müller"),
        ("Mu\u0308ller", "mue"),
        ("Sørensen", "soerensen"),
        ("Soerensen", "sorensen"),
        ("Håkon", "haakon"),
        ("Haakon", "hakon"),
        ("Manuel", "manue"),
        ("Søren Ærø", "soren aero"),
        ("Đặng Thị", "dang thi"),
        ("IŞIL Çelik", "ışıl"),
        ("ışıl", "ISIL"),
        ("Jürgen Weiß", "WEISS jurgen"),
        ("Anna\u2010Maria", "anna-maria"),
        ("Anna\u2011Maria", "anna maria"),
        ("Anna\u00adMaria", "annamaria"),
        ("Anna\u2013Maria", "maria"),
        ("Anna-Maria", "Anna\u2212Maria"),
        ("Anna-Maria", "annamaria"),
        ("Siân O\u2019Brien", "o'brien"),
        ("Siân O\u02bcBrien", "obrien"),
        ("Siân O\u00b4Brien", "o brien"),
        ("Hawai\u02bbi", "hawaii"),
        ("🌸🌸", "🌸🌸"),
        ("Li Wu", "wu"),
        ("Wolfeschlegelsteinhausen", "wolfeschlegelsteinhausen"),
        ("Wolfeschlegelsteinhausen", "wolfe"),
        ("An\u200bna", "anna"),
        ("Ｆｕｌｌ Width", "full"),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, typed: str) -> None:
    asked = asked_words(typed, None)

    assert asked
    assert set(asked) <= set(kept_words([name], None))


@pytest.mark.parametrize(("name", "typed"), [("Anna", "an"), ("Anna", "nna"), ("Anna", "annab"), ("Anna Li", "anna lo")])
def test_less_than_three_letters_the_middle_of_a_word_and_another_word_find_nobody(name: str, typed: str) -> None:
    assert not set(asked_words(typed, None)) <= set(kept_words([name], None))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("\u200b", "nothing in it that can be seen"),
        ("\u3164\u2800", "nothing in it that can be seen"),
        ("A\0B", r"U\+0000"),
        ("A\x1b[2J", r"U\+001B"),
        ("A\nB", r"U\+000A"),
        ("Anna \u202eairaM", r"U\+202E"),
        ("\ud800", r"U\+D800"),
        ("x" * 201, "at most 200"),
        ("ß" * 101, "at most 200"),
        ("x" * 10_000_000, "at most 200"),
        ("\u0958" * 101, "at most 200"),
    ],
)
def test_what_nobody_can_read_or_no_database_takes_is_refused(typed: str, why: str) -> None:
    with pytest.raises(LineRefused, match=why):
        line(typed, "name")


def test_a_line_is_kept_in_one_form_and_whole() -> None:
    assert line("  Zoe\u0308 🌸 \u200eعلي ", "name") == "Zoë 🌸 \u200eعلي"
    assert line("x" * 200, "name") == "x" * 200
    assert line("   ", "name") == ""


@pytest.mark.parametrize("name", ["\u200b", "A\0B", "ß" * 101, "   "])
def test_such_a_name_is_kept_neither_for_a_new_patient_nor_for_one_that_is_there(patients: Patients, name: str) -> None:
    ann = patients.add(Identity(name="Anne"), by=NURSE)
    typed = Identity.model_construct(name=name, born_on=None, contact="", also=())

    with pytest.raises(RecommenderError):
        patients.add(typed, by=NURSE)
    with pytest.raises(RecommenderError):
        patients.change(ann.id, ann.version, typed, by=NURSE)

    assert patients.get(ann.id, by=NURSE) == ann


@pytest.mark.parametrize("born_on", [date(2999, 1, 1), TODAY + timedelta(days=1), date(842, 1, 1)])
def test_a_day_of_birth_is_one_of_somebody_alive(patients: Patients, born_on: date) -> None:
    with pytest.raises(RecordsError, match="born_on"):
        patients.add(Identity(name="Anne", born_on=born_on), by=NURSE)


def test_the_same_name_and_day_of_birth_are_asked_about_before_they_are_added(patients: Patients) -> None:
    ann = patients.add(Identity(name="Anne-Marie Example", born_on=BORN), by=NURSE)

    for same in (
        Identity(name="EXAMPLE Anne\u2011Marie", born_on=BORN),
        Identity(name="Änne Marie Example"),
    ):
        with pytest.raises(SamePatient) as refused:
            patients.add(same, by=NURSE)
        assert refused.value.found == (ann,)
    other = patients.add(Identity(name="Anne-Marie Example", born_on=date(1990, 2, 3)), by=NURSE)
    twin = patients.add(Identity(name="Anne-Marie Example", born_on=BORN), by=NURSE, anyway=True)
    patients.add(Identity(name="Jörg Example", born_on=BORN), by=NURSE)
    with pytest.raises(SamePatient):
        patients.add(Identity(name="Joerg Example", born_on=BORN), by=NURSE)

    assert patients.same_as(ann.id, by=NURSE) == (twin,)
    assert patients.same_as(other.id, by=NURSE) == ()


def test_two_entries_of_one_patient_become_one_and_the_audit_keeps_both_ids(store: RecordStore, patients: Patients) -> None:
    stays = patients.add(Identity(name="Anne Example", contact="one"), by=NURSE)
    goes = patients.add(Identity(name="Anne Maiden", born_on=date(1983, 2, 1), contact="two"), by=NURSE)
    visits = Consultations(store)
    first, second = visits.begin(stays.id, begun(), by=NURSE), visits.begin(goes.id, whole(), by=NURSE)

    merged, moved = merge(store, goes.id, stays.id, by=LEAD)

    whose = Identity(name="Anne Example", born_on=date(1983, 2, 1), contact="one; two", also=("Anne Maiden",))
    assert (merged.identity, moved) == (whose, 1)
    assert [kept.id for kept in visits.of_patient(stays.id, by=LEAD)] == [first.id, second.id]
    assert [kept.consultation for kept in visits.of_patient(stays.id, by=LEAD)] == [begun(), whole()]
    assert [line.patient_id for line in visits.recall("LOT-1 a", by=LEAD)] == [stays.id]
    assert patients.search("maiden", by=LEAD) == patients.search("exa", by=LEAD) == (merged,)
    with pytest.raises(NotFound):
        patients.get(goes.id, by=LEAD)
    assert verify(store).problems == ()
    told = patient_data_json(store, stays.id, by=LEAD)
    assert f"merged into {stays.id}" in told
    assert f"merged with {goes.id}" in told


def test_two_with_different_days_of_birth_are_not_merged_and_neither_is_one_with_itself(
    store: RecordStore, patients: Patients
) -> None:
    one = patients.add(Identity(name="Anne", born_on=BORN), by=NURSE)
    other = patients.add(Identity(name="Anne", born_on=date(1981, 2, 3)), by=NURSE)

    with pytest.raises(RecordsError, match="correct the wrong one first"):
        merge(store, one.id, other.id, by=LEAD)
    with pytest.raises(RecordsError, match="the same one twice"):
        merge(store, one.id, one.id, by=LEAD)
    for by in (NURSE, PRESCRIBER, ADMIN):
        with pytest.raises(NotAllowed):
            merge(store, one.id, other.id, by=by)

    assert patients.get(one.id, by=LEAD) == one


def test_patients_of_an_earlier_version_are_found_once_the_records_are_opened_with_their_key(
    store: RecordStore, patients: Patients
) -> None:
    ann = patients.add(Identity(name="Łucja Example", born_on=BORN), by=NURSE)
    with store.engine.begin() as connection:  # as the earlier version left them: whole words alone
        connection.execute(text("DELETE FROM patient_word"))
        connection.execute(text("UPDATE patient SET indexed = 0"))
    assert patients.search("lucja", by=NURSE) == ()
    assert verify(store).problems == ()

    anew = [reindex(store), reindex(store)]

    assert anew == [1, 0]
    assert patients.search("luc", born_on=BORN, by=NURSE) == (ann,)
    assert verify(store).problems == ()


@pytest.mark.parametrize("identifier", ["\0", "nobody", ""])
def test_an_id_of_nobody_names_nobody_whatever_stands_in_it(patients: Patients, identifier: str) -> None:
    with pytest.raises(NotFound):
        patients.get(identifier, by=NURSE)


def test_an_id_has_nothing_that_a_command_or_a_page_would_take_for_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["-bcdefghijklmnopqrstuv", "ab__efghijklmnopqrstuv", "abcdefghijklmnopqrstuv"])
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: next(drawn))

    assert new_id() == "abcdefghijklmnopqrstuv"
