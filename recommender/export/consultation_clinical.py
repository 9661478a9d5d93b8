"""A visit for those who treat: everything that its record holds, in the order in which the visit goes."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.documents.assessment import Assessment, Reason
from recommender.documents.consultation import Addendum, AdverseEvent, Consultation, Decision, Signature
from recommender.export import record
from recommender.export.blocks import Block, Bullets, Callout, Handwriting, Line, Paragraph, Section, Typed
from recommender.export.consultation_compared import Told, answers_compared, concluded, conclusions_compared, graded
from recommender.export.consultation_plan import name_of, plan
from recommender.export.consultation_words import CHOICES, NOT_SAID, REASONS, STATES, day, moment, signed, typed
from recommender.export.labels import COUNTRIES, Labels
from recommender.export.summary import readable

_HOW = {"spoken": "Told in words", "written": "Given in writing", "both": "Told in words and given in writing"}


def clinical_sections(consultation: Consultation) -> tuple[Section, ...]:
    """The sections of the clinical summary; the sources of both readings are numbered as one list."""
    found, said = consultation.nurse.assessment, consultation.patient.assessment if consultation.patient else None
    listed = {source.id: source for one in filter(None, (said, found)) for source in one.sources}  # the nurse's words win
    same = {"sources": tuple(listed.values())}
    words = {**(said.words if said else {}), **found.words}  # what the nurse did not name has the patient's words
    nurse = Told(found.model_copy(update={**same, "words": words}))
    patient = Told(said.model_copy(update=same)) if said else None
    compared = (conclusions_compared(patient, nurse),) if patient else ()
    on_answers = (concluded(patient, "said", "What the rules concluded on the patient's answers"),) if patient else ()
    return (
        _visit(consultation, nurse.labels),
        answers_compared(patient, nurse),
        graded(consultation.gradings, nurse.labels),
        *compared,
        concluded(nurse, "found", "What the rules concluded on the findings"),
        *on_answers,
        _decisions(consultation, nurse),
        plan(consultation, nurse.labels),
        _consent(consultation),
        _afterwards(consultation),
        _signatures(consultation),
        record.still_open(nurse.assessment, nurse.labels),
        record.sources(nurse.labels),
        _about(consultation, nurse, patient),
    )


def _visit(consultation: Consultation, labels: Labels) -> Section:
    duties = consultation.duties
    waits = f"{duties.cooling_off_days} days (the clinic's own: {duties.clinic_days})" if duties.cooling_off_days else "no days"
    signs = labels.list_of("treatment", duties.prescriber_signs) or "nothing"
    cited = labels.cite(duties.sources)
    lines = (
        Line(STATES[consultation.state], label="State"),
        Line(COUNTRIES[consultation.jurisdiction], label="Country whose rules apply"),
        Line(day(consultation.informed_on), label="Informed on"),
        Line(waits, label="Time to think", sources=cited if duties.cooling_off_days > duties.clinic_days else ()),
        Line(signs, label="A prescriber signs for", sources=cited if duties.prescriber_signs else ()),
        *((Line(day(consultation.injected_on), label="Injected on"),) if consultation.injected == "yes" else ()),
        *(Line(signed(one.by, one.at), label=title) for title, one in _signed(consultation)),
    )
    note = (Paragraph(Line(labels.sentence("disclaimer"), label="Please note")),) if labels.sentence("disclaimer") else ()
    return Section("visit", "The visit", (Bullets("", lines), *note))


def _decisions(consultation: Consultation, nurse: Told) -> Section:
    sentences = _sentences(nurse.assessment)
    made = tuple(_decision(one, consultation, nurse.labels, sentences) for one in consultation.decisions)
    undecided = tuple(
        Line(
            f"{nurse.labels.of('area', one.area)}: {nurse.labels.of('treatment', one.treatment)}",
            details=(f"Put as: {nurse.labels.of('status', one.status)}",),
        )
        for one in nurse.assessment.options
        if consultation.decision_on(one.area, one.treatment) is None
    )
    blocks = (
        *((Bullets("", made),) if made else (Paragraph(Line("Nothing is decided.")),)),
        *((Bullets("No decision on these: they stand as the rules put them", undecided),) if undecided else ()),
    )
    return Section("decisions", "Decisions", blocks)


def _sentences(assessment: Assessment) -> dict[str, Reason]:
    """What each rule said that an option rests on or is held by."""
    fired: list[Reason] = [reason for option in assessment.options for reason in (*option.reasons, *option.defeats)]
    return {one.rule: one for one in (*fired, *assessment.holds)}


def _decision(one: Decision, consultation: Consultation, labels: Labels, sentences: dict[str, Reason]) -> Line:
    put = labels.of("status", one.status) if one.status else "offered by no rule"
    standing = consultation.decision_on(one.area, one.treatment)
    details = [f"Put as: {put}"]
    if one.reason:
        details.append(f"Reason: {REASONS[one.reason].clinical} ({one.reason})")
    if one.note:
        details.append(f"In words: {typed(one.note)}")
    if one.confirmed:
        details.append("Confirmed a second time")
    details += [
        f"Not followed: {rule}" + (f" – {sentences[rule].because}" if rule in sentences else "") for rule in one.against
    ]
    details.append(f"By: {signed(one.by, one.at)}")
    if standing is not one:
        details.append("Decided again later: see below")
    return Line(
        CHOICES[one.choice].clinical,
        label=f"{labels.of('area', one.area)}, {labels.of('treatment', one.treatment)}",
        details=tuple(details),
        sources=labels.cite(source for rule in one.against if rule in sentences for source in sentences[rule].sources),
    )


def _consent(consultation: Consultation) -> Section:
    consent = consultation.consent
    if consent is None:
        return Section("consent", "Consent", (Paragraph(Line("No consent form is in the record.")),))
    accepted = {True: "Agreed", False: "Not agreed", None: NOT_SAID}
    form = (
        Line(f"{typed(consent.form)}, version {typed(consent.version)}", label="Form"),
        Line(consent.fingerprint, label="Fingerprint of its words"),
        Line(moment(consent.signed_at) if consent.signed_at else NOT_SAID, label="Signed by the patient"),
    )
    items = tuple(Line(typed(item.sentence), label=accepted[item.accepted]) for item in consent.items)
    hand = Handwriting(consent.signature, "The patient's signature, as drawn") if consent.signature else None
    unsigned = Paragraph(Line("The patient has not signed it."))
    return Section("consent", "Consent", (Bullets("", form), Bullets("What was read", items), hand or unsigned))


def _afterwards(consultation: Consultation) -> Section:
    aftercare, follow_up = consultation.aftercare, consultation.follow_up
    leaflet = f", leaflet: {typed(aftercare.leaflet)}" if aftercare and aftercare.leaflet else ""
    told = f"{_HOW[aftercare.how]}{leaflet}, {moment(aftercare.given_at)}" if aftercare else NOT_SAID
    arranged = follow_up and (day(follow_up.on) if follow_up.on else f"None: {typed(follow_up.none_because)}")
    events = consultation.adverse_events
    none = "None" if events else NOT_SAID
    lines = (
        Line(told, label="Aftercare"),
        Line(arranged or NOT_SAID, label="Follow-up"),
        *((Line(none, label="Adverse events"),) if not events or events.none else ()),
    )
    seen = tuple(_adverse(event, consultation) for event in events.events) if events else ()
    note = readable(consultation.note).strip()
    blocks: tuple[Block, ...] = (
        Bullets("", lines),
        *((Callout("warning", "Adverse events"), Bullets("", seen)) if seen else ()),
        *((Section("note", "Note", (Typed("", note),)),) if note else ()),
    )
    return Section("afterwards", "Afterwards", blocks)


def _adverse(event: AdverseEvent, consultation: Consultation) -> Line:
    details = [f"Seen on: {day(event.seen_on)}", f"What was done: {typed(event.action) or NOT_SAID}"]
    if event.product is None:
        details.append("Product: not known")
    elif event.product < len(consultation.products):
        product = consultation.products[event.product]
        details.append(f"Product: {name_of(event.product + 1, product)}, lot {typed(product.lot) or NOT_SAID}")
    return Line(typed(event.what), label="Adverse event", details=tuple(details))


def _signed(consultation: Consultation) -> Iterator[tuple[str, Signature]]:
    for title, one in (("Signed by", consultation.signature), ("Co-signed by", consultation.co_signature)):
        if one is not None:
            yield title, one


def _signatures(consultation: Consultation) -> Section:
    content = consultation.content_hash
    lines = [
        Line(
            signed(one.by, one.at),
            label=title,
            details=(
                f"For the content: {one.content}",
                *(() if one.content == content else (f"The content is another one now: {content}",)),
            ),
        )
        for title, one in _signed(consultation)
    ]
    if consultation.signature is None:
        lines.append(Line("Nobody has signed it.", label="Signature"))
    elif consultation.state == "signed":
        lines.append(Line("waited for", label="A prescriber's signature"))
    back = tuple(Line(typed(one.because), label=f"Given back by {signed(one.by, one.at)}") for one in consultation.returns)
    added = tuple(
        block for number, one in enumerate(consultation.addenda, start=1) for block in _addendum(number, one, consultation)
    )
    blocks = (Bullets("", tuple(lines)), *((Bullets("Given back", back),) if back else ()), *added)
    return Section("signatures", "Signatures and what was added", blocks)


def _addendum(number: int, one: Addendum, consultation: Consultation) -> Iterator[Block]:
    event = (Bullets("", (_adverse(one.adverse_event, consultation),)),) if one.adverse_event else ()
    by = Paragraph(Line(signed(one.by, one.at), label="By"))
    yield Section(f"addendum-{number}", f"Addendum {number}", (by, Typed("", readable(one.text).strip()), *event))


def _about(consultation: Consultation, nurse: Told, patient: Told | None) -> Section:
    each = [("of the findings", nurse), *([("of the patient's answers", patient)] if patient else [])]
    rules = (
        Line(f"version {one.assessment.rules.version}, fingerprint {one.assessment.rules.fingerprint}", label=f"Rules {whose}")
        for whose, one in each
    )
    number = nurse.labels.sentence("emergency_number")
    standing = {record.STANDING_OF_RULES[one.assessment.rules.status]: None for _, one in each}
    lines = (
        Line(consultation.schema_, label="Document"),
        *((Line(number, label="Emergency number"),) if number else ()),
        *rules,
        *(Line(said, label="Standing of the rules") for said in standing),
        Line(consultation.content_hash, label="Content that is signed for"),
    )
    return Section("about", "About this record", (Bullets("", lines),))
