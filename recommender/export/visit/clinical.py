"""A visit for those who treat: everything that its record holds, in the order in which the visit goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from recommender.documents.assessment import Assessment, Reason, TreatmentFacts
from recommender.documents.authorisation import Authorisation, EmergencyMedicine, Planned, Seen
from recommender.documents.consultation import Addendum, AdverseEvent, Consultation, Decision, RecordSignature
from recommender.documents.vocabulary import Area
from recommender.export.blocks import Block, Bullets, Callout, Line, Paragraph, Section, Typed
from recommender.export.labels import COUNTRIES, Labels
from recommender.export.sections import basis, treatments
from recommender.export.summary import readable
from recommender.export.visit.compared import LabelledReading, answers_compared, concluded, conclusions_compared, graded
from recommender.export.visit.consent import consent_section
from recommender.export.visit.plan import name_of, plan
from recommender.export.visit.words import CHOICES, NOT_SAID, REASONS, STATES, day, moment, signed, typed, who
from recommender.languages import message, spoken, translate

_HOW = {
    "spoken": message("Explained in words"),
    "written": message("Given in writing"),
    "both": message("Explained in words and given in writing"),
}

_ANSWERS: Final[Mapping[str, str]] = {
    "authorised": message("Authorised"),
    "changed": message("Authorised with changes"),
    "refused": message("Refused"),
}
_SEEN: Final[Mapping[Seen, str]] = {"in_person": message("in person"), "video": message("by video")}
_MEDICINES: Final[Mapping[EmergencyMedicine, str]] = {
    "hyaluronidase": message("hyaluronidase"),
    "adrenaline": message("adrenaline"),
}


def clinical_sections(consultation: Consultation) -> tuple[Section, ...]:
    """The sections of the clinical summary; the sources of both readings are numbered as one list."""
    found, said = consultation.nurse.assessment, consultation.patient.assessment if consultation.patient else None
    listed = {source.id: source for one in filter(None, (said, found)) for source in one.sources}  # the nurse's words win
    used = {product.treatment for product in consultation.products} if consultation.injected == "yes" else set()
    told = [(one, tuple(one.advice(_areas(consultation, one)))) for one in found.treatments if one.treatment in used]
    cited = {source for _, advice in told for one in advice for source in one.sources}
    listed |= {source.id: source for source in found.aftercare_sources if source.id in cited}
    same = {"sources": tuple(listed.values())}
    words = {**(said.words if said else {}), **found.words}  # what the nurse did not name has the patient's words
    nurse = LabelledReading(found.model_copy(update={**same, "words": words}))
    patient = LabelledReading(said.model_copy(update=same)) if said else None
    compared = (conclusions_compared(patient, nurse),) if patient else ()
    on_answers = (
        (concluded(patient, "said", translate("What the rules concluded on the patient's answers")),) if patient else ()
    )
    return (
        _visit(consultation, nurse.labels),
        answers_compared(patient, nurse),
        graded(consultation.gradings, nurse.labels),
        *compared,
        concluded(nurse, "found", translate("What the rules concluded on the findings")),
        *on_answers,
        _decisions(consultation, nurse),
        *_authorised(consultation, nurse.labels),
        plan(consultation, nurse.labels),
        consent_section(consultation),
        _afterwards(consultation),
        Section(
            "advice",
            translate("Advice on the patient's page"),
            tuple(block for facts, advice in told for block in treatments.aftercare(facts, advice, nurse.labels)),
        ),
        _signatures(consultation),
        basis.still_open(nurse.assessment, nurse.labels),
        basis.sources(nurse.labels),
        _about(consultation, nurse, patient),
    )


def _areas(consultation: Consultation, facts: TreatmentFacts) -> set[Area]:
    return {area for one in consultation.products if one.treatment == facts.treatment for area in one.areas}


def _visit(consultation: Consultation, labels: Labels) -> Section:
    duties = consultation.duties
    waits = (
        translate("{cooling_off_days} days (the clinic's own: {clinic_days})").format(
            cooling_off_days=duties.cooling_off_days, clinic_days=duties.clinic_days
        )
        if duties.cooling_off_days
        else translate("no days")
    )
    signs = labels.list_of("treatment", duties.prescriber_signs) or translate("nothing")
    cited = labels.cite(duties.sources)
    lines = (
        Line(spoken(STATES)[consultation.state], label=translate("State")),
        Line(spoken(COUNTRIES)[consultation.jurisdiction], label=translate("Country whose rules apply")),
        Line(day(consultation.informed_on), label=translate("Information given on")),
        Line(waits, label=translate("Time to think"), sources=cited if duties.cooling_off_days > duties.clinic_days else ()),
        Line(signs, label=translate("A prescriber signs for"), sources=cited if duties.prescriber_signs else ()),
        *((Line(day(consultation.injected_on), label=translate("Injected on")),) if consultation.injected == "yes" else ()),
        *(Line(signed(one.by, one.at), label=title) for title, one in _signed(consultation)),
    )
    note = (Paragraph(Line(labels.standing, label=translate("Please note"))),) if labels.standing else ()
    return Section("visit", translate("The visit"), (Bullets("", lines), *note))


def _decisions(consultation: Consultation, nurse: LabelledReading) -> Section:
    sentences = _sentences(nurse.assessment)
    made = tuple(_decision(one, consultation, nurse.labels, sentences) for one in consultation.decisions)
    undecided = tuple(
        Line(
            f"{nurse.labels.of('area', one.area)}: {nurse.labels.of('treatment', one.treatment)}",
            details=(translate("Put as: {status}").format(status=nurse.labels.of("status", one.status)),),
        )
        for one in nurse.assessment.options
        if consultation.decision_on(one.area, one.treatment) is None
    )
    blocks = (
        *((Bullets("", made),) if made else (Paragraph(Line(translate("Nothing is decided."))),)),
        *((Bullets(translate("No decision on these: they stand as the rules put them"), undecided),) if undecided else ()),
    )
    return Section("decisions", translate("Decisions"), blocks)


def _sentences(assessment: Assessment) -> dict[str, Reason]:
    """What each rule said that an option rests on or is held by."""
    fired: list[Reason] = [reason for option in assessment.options for reason in (*option.reasons, *option.defeats)]
    return {one.rule: one for one in (*fired, *assessment.holds)}


def _decision(one: Decision, consultation: Consultation, labels: Labels, sentences: dict[str, Reason]) -> Line:
    put = labels.of("status", one.status) if one.status else translate("not indicated by the findings")
    latest = [other for other in consultation.decisions if (other.area, other.treatment) == (one.area, one.treatment)][-1]
    details = [translate("Put as: {put}").format(put=put)]
    if one.reason:
        details.append(
            translate("Reason: {clinical} ({reason})").format(clinical=spoken(REASONS)[one.reason].clinical, reason=one.reason)
        )
    if one.note:
        details.append(translate("In words: {note}").format(note=typed(one.note)))
    if one.confirmed:
        details.append(translate("Confirmed a second time"))
    details += [
        translate("Not followed: {rule}").format(rule=rule) + (f" – {sentences[rule].because}" if rule in sentences else "")
        for rule in one.against
    ]
    details.append(translate("By: {signed}").format(signed=signed(one.by, one.at)))
    if latest is not one:
        details.append(translate("Decided again later: see below"))
    return Line(
        spoken(CHOICES)[one.choice].clinical,
        label=f"{labels.place(one)}, {labels.of('treatment', one.treatment)}",
        details=tuple(details),
        sources=labels.cite(source for rule in one.against if rule in sentences for source in sentences[rule].sources),
    )


def _authorised(consultation: Consultation, labels: Labels) -> Iterator[Section]:
    """What a prescriber authorised before the injection, and emergency medicines; nothing where nobody had to."""
    if not (consultation.duties.authorised_first or consultation.authorisations or consultation.emergencies):
        return
    made = tuple(_authorisation(one, labels) for one in consultation.authorisations)
    without = translate("Emergency medicine, without an authorisation: {medicine}")
    emergencies = tuple(
        Line(
            typed(one.because),
            label=without.format(medicine=spoken(_MEDICINES)[one.medicine]),
            details=(translate("By: {signed}").format(signed=signed(one.by, one.at)),),
        )
        for one in consultation.emergencies
    )
    blocks = Bullets("", (*made, *emergencies)) if made or emergencies else Paragraph(Line(translate("Nobody authorised it.")))
    yield Section("authorised", translate("Authorised before the injection"), (blocks,))


def _authorisation(one: Authorisation, labels: Labels) -> Line:
    details = []
    if one.asked_by is not None and one.asked_at is not None:
        asked = translate("Asked for: {plan}, by {signed}")
        details.append(asked.format(plan=_plan(one.asked, labels), signed=signed(one.asked_by, one.asked_at)))
    if one.by is None or one.at is None or one.answer is None:
        return Line(translate("It waits for an answer."), label=translate("A prescriber"), details=tuple(details))
    if one.seen is not None:
        details.append(translate("Seen: {how}, {day}").format(how=spoken(_SEEN)[one.seen], day=day(one.seen_on)))
    if one.valid_until is not None:
        details.append(translate("Good until: {day}").format(day=day(one.valid_until)))
    if one.because:
        details.append(translate("In words: {note}").format(note=typed(one.because)))
    if one.herself:
        details.append(translate("Treats the patient herself"))
    if one.afterwards:
        details.append(translate("After something was recorded as injected"))
    return Line(
        _plan(one.plan, labels) or spoken(_ANSWERS)[one.answer],
        label=translate("{answer} by {signed}").format(answer=spoken(_ANSWERS)[one.answer], signed=signed(one.by, one.at)),
        details=tuple(details),
    )


def _plan(plan: tuple[Planned, ...], labels: Labels) -> str:
    return "; ".join(
        f"{typed(one.product) or labels.of('treatment', one.treatment)} ({labels.list_of('area', one.areas)})" for one in plan
    )


def _afterwards(consultation: Consultation) -> Section:
    aftercare, follow_up = consultation.aftercare, consultation.follow_up
    leaflet = (
        translate(", leaflet: {leaflet}").format(leaflet=typed(aftercare.leaflet)) if aftercare and aftercare.leaflet else ""
    )
    told = f"{spoken(_HOW)[aftercare.how]}{leaflet}, {moment(aftercare.given_at)}" if aftercare else spoken(NOT_SAID)
    arranged = follow_up and (
        day(follow_up.on)
        if follow_up.on
        else translate("None: {none_because}").format(none_because=typed(follow_up.none_because))
    )
    events = consultation.adverse_events
    none = translate("None") if events else spoken(NOT_SAID)
    lines = (
        Line(told, label=translate("Aftercare")),
        Line(arranged or spoken(NOT_SAID), label=translate("Follow-up")),
        *((Line(none, label=translate("Adverse events")),) if not events or events.none else ()),
    )
    seen = tuple(_adverse(event, consultation) for event in events.events) if events else ()
    note = readable(consultation.note).strip()
    warnings = (
        (translate("Expired, and used: {products}"), consultation.expired_products),
        (translate("Of a recalled lot, and used: {products}"), consultation.recalled_products),
    )
    blocks: tuple[Block, ...] = (
        *(
            Callout(
                "warning",
                warning.format(products=", ".join(name_of(consultation.products.index(one) + 1, one) for one in found)),
            )
            for warning, found in warnings
            if found
        ),
        Bullets("", lines),
        *((Callout("warning", translate("Adverse events")), Bullets("", seen)) if seen else ()),
        *((Section("note", translate("Note"), (Typed("", note),)),) if note else ()),
    )
    return Section("afterwards", translate("Afterwards"), blocks)


def _adverse(event: AdverseEvent, consultation: Consultation) -> Line:
    details = [
        translate("Seen on: {day}").format(day=day(event.seen_on)),
        translate("What was done: {said}").format(said=typed(event.action) or spoken(NOT_SAID)),
    ]
    if event.product is None:
        details.append(translate("Product: not known"))
    elif event.product < len(consultation.products):
        product = consultation.products[event.product]
        details.append(
            translate("Product: {name_of}, lot {said}").format(
                name_of=name_of(event.product + 1, product), said=typed(product.lot) or spoken(NOT_SAID)
            )
        )
    return Line(typed(event.what), label=translate("Adverse event"), details=tuple(details))


def _signed(consultation: Consultation) -> Iterator[tuple[str, RecordSignature]]:
    for title, one in (
        (translate("Signed by"), consultation.signature),
        (translate("Co-signed by"), consultation.co_signature),
    ):
        if one is not None:
            yield title, one


def _signatures(consultation: Consultation) -> Section:
    content = consultation.content_hash
    lines = [
        Line(
            signed(one.by, one.at),
            label=title,
            details=(
                translate("For the content: {content}").format(content=one.content),
                *(
                    ()
                    if one.content == content
                    else (translate("The content is another one now: {content}").format(content=content),)
                ),
            ),
        )
        for title, one in _signed(consultation)
    ]
    if consultation.signature is None:
        lines.append(Line(translate("Nobody has signed it."), label=translate("Signature")))
    elif consultation.state == "signed":
        lines.append(Line(translate("waited for"), label=translate("A prescriber's signature")))
    if consultation.voided is not None:
        gone = consultation.voided
        lines.append(
            Line(typed(gone.because), label=translate("Discarded by {signed}").format(signed=signed(gone.by, gone.at)))
        )
    for moved in consultation.moves:
        label = translate("Moved from another patient by {signed}").format(signed=signed(moved.by, moved.at))
        checked = (
            translate("Checked by: {who}").format(who=who(moved.confirmed)) if moved.confirmed else translate("Not checked")
        )
        lines.append(Line(typed(moved.because), label=label, details=(checked,)))
    back = tuple(
        Line(typed(one.because), label=translate("Given back by {signed}").format(signed=signed(one.by, one.at)))
        for one in consultation.returns
    )
    added = tuple(
        block for number, one in enumerate(consultation.addenda, start=1) for block in _addendum(number, one, consultation)
    )
    blocks = (Bullets("", tuple(lines)), *((Bullets(translate("Given back"), back),) if back else ()), *added)
    return Section("signatures", translate("Signatures and what was added"), blocks)


def _addendum(number: int, one: Addendum, consultation: Consultation) -> Iterator[Block]:
    event = (Bullets("", (_adverse(one.adverse_event, consultation),)),) if one.adverse_event else ()
    by = Paragraph(Line(signed(one.by, one.at), label=translate("By")))
    yield Section(
        f"addendum-{number}",
        translate("Addendum {number}").format(number=number),
        (by, Typed("", readable(one.text).strip()), *event),
    )


def _about(consultation: Consultation, nurse: LabelledReading, patient: LabelledReading | None) -> Section:
    each = [(translate("of the findings"), nurse), *([(translate("of the patient's answers"), patient)] if patient else [])]
    rules = (
        Line(
            translate("version {version}, fingerprint {fingerprint}").format(
                version=one.assessment.rules.version, fingerprint=one.assessment.rules.fingerprint
            ),
            label=translate("Rules {whose}").format(whose=whose),
        )
        for whose, one in each
    )
    number = nurse.labels.sentence("emergency_number")
    standing = {spoken(basis.STANDING_OF_RULES)[one.assessment.rules.status]: None for _, one in each}
    lines = (
        Line(consultation.schema_, label=translate("Document")),
        *((Line(number, label=translate("Emergency number")),) if number else ()),
        *rules,
        *(Line(said, label=translate("Standing of the rules")) for said in standing),
        Line(consultation.content_hash, label=translate("Content that is signed for")),
    )
    return Section("about", translate("About this record"), (Bullets("", lines),))
