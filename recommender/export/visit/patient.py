"""A visit for the patient: what was found, decided and given, what comes afterwards, and when to get help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recommender.documents.assessment import Assessment, Hold, Option, TreatmentFacts
from recommender.documents.clinic import Clinic
from recommender.documents.consultation import Consultation, Decision
from recommender.documents.plan import Product
from recommender.documents.vocabulary import AREAS, ON_THE_TABLE, TREATMENTS
from recommender.export.blocks import Block, Bullets, Callout, Line, Paragraph, Section
from recommender.export.labels import Labels
from recommender.export.sections import basis, conclusions, treatments
from recommender.export.visit.words import CHOICES, REASONS, day, moment, typed, who
from recommender.languages import message, plural, spoken, translate

LEFT_OPEN = plural(
    "{number} question that could change the result was not answered. Not answered is not “no”: ask about it.",
    "{number} questions that could change the result were not answered. Not answered is not “no”: ask about them.",
)
_TOLD = {"spoken": message("in words"), "written": message("in writing"), "both": message("in words and in writing")}


def patient_sections(consultation: Consultation, clinic: Clinic | None = None) -> tuple[Section, ...]:
    """The sections of the patient's page, in the words that the public may be told where they are.

    It is short: reasons and sources stand in the clinical record. What speaks against a treatment stands here too.
    """
    found = consultation.nurse.public
    before = consultation.patient.assessment.words if consultation.patient else {}
    labels = Labels(found.model_copy(update={"words": {**before, **found.words}}))
    sections = (
        conclusions.alerts(found, labels),
        _help(consultation, found, labels),
        _given(consultation, found, labels),
        _afterwards(consultation, found, labels),
        _next(consultation, labels, clinic),
        _decided(consultation, found, labels),
        _against(found, labels),
        _referred(found, labels),
        _found(consultation, found, labels),
        _open(consultation, found),
        _about(consultation, found, labels),
    )
    return tuple(map(_plainly, sections))


def _found(consultation: Consultation, assessment: Assessment, labels: Labels) -> Section:
    graded = {(one.area, one.kind): one for one in consultation.gradings}
    lines = []
    seen = dict.fromkeys((concern.area, concern.kind) for concern in assessment.answers.concerns)
    for area, kind in dict.fromkeys((*seen, *graded)):
        grading = graded.get((area, kind))
        said = []
        if grading and grading.at_rest:
            said.append(translate("With the face still: {answer}").format(answer=labels.of("answer", grading.at_rest)))
        if grading and grading.on_movement:
            said.append(translate("With the face moving: {answer}").format(answer=labels.of("answer", grading.on_movement)))
        lines.append(Line(f"{labels.of('area', area)} – {labels.of('kind', kind)}", details=tuple(said)))
    nothing = Paragraph(Line(translate("Nothing was written down as seen.")))
    return Section("found", translate("What was found"), (Bullets("", tuple(lines)) if lines else nothing,))


def _decided(consultation: Consultation, assessment: Assessment, labels: Labels) -> Section:
    options = {(one.area, one.treatment): one for one in assessment.options}
    decided = {
        (one.area, one.treatment): labels.place(one)
        for one in consultation.decisions
        if consultation.decision_on(one.area, one.treatment) is not None
    }
    pairs = sorted({*options, *decided}, key=lambda pair: (AREAS.index(pair[0]), TREATMENTS.index(pair[1])))
    lines = tuple(
        _decision(
            options.get((area, treatment)),
            consultation.decision_on(area, treatment),
            f"{decided.get((area, treatment)) or labels.of('area', area)}, {_named(assessment, treatment)}",
            labels,
        )
        for area, treatment in pairs
    )
    nothing = Paragraph(Line(translate("No treatment was offered, and nothing was decided.")))
    return Section("decided", translate("What was decided"), (Bullets("", lines) if lines else nothing,))


def _decision(option: Option | None, decision: Decision | None, title: str, labels: Labels) -> Line:
    details = []
    if decision is not None:
        said = f"{spoken(CHOICES)[decision.choice].patient}, {day(decision.at.date())}"
        details += [spoken(REASONS)[decision.reason].patient] if decision.reason else []
    elif option is not None and option.status in ON_THE_TABLE:
        said = translate("Nothing has been decided yet.")
    else:
        said = labels.of("status", option.status) if option is not None else ""
    if option is None:
        details.append(translate("The rules did not suggest this."))
    else:
        details += [f"{labels.of('effect', hold.effect)}: {hold.because}" for hold in option.defeats]
    return Line(said, label=title, details=tuple(details))


def _against(assessment: Assessment, labels: Labels) -> Section:
    """What speaks against treatment for this person; a hold that every option shows already is shown here too."""
    lines = tuple(_held(hold, labels) for hold in assessment.holds)
    return Section("holds", spoken(conclusions.HOLDS_TITLE), (Bullets("", lines),) if lines else ())


def _held(hold: Hold, labels: Labels) -> Line:
    about = translate("About: {treatment}").format(treatment=labels.list_of("treatment", hold.treatments))
    return Line(hold.because, label=labels.of("effect", hold.effect), details=(about, *conclusions.limits(hold, labels)))


def _referred(assessment: Assessment, labels: Labels) -> Section:
    """Who else to see, and where there is nothing to treat: a line each."""
    lines = []
    for one in assessment.referrals:
        place = f" ({labels.of('area', one.area)})" if one.area else ""
        because = " ".join(dict.fromkeys(reason.because for reason in one.reasons))
        lines.append(Line(because, label=f"{labels.of('destination', one.to)}{place}"))
    return Section("referrals", translate("Who else to see"), (Bullets("", tuple(lines)),) if lines else ())


def _plainly(section: Section) -> Section:
    """A section without sources; an alert without the answers behind it."""

    def plain(block: Block) -> Block:
        match block:
            case Section():
                return _plainly(block)
            case Bullets(lead, lines):
                bare = section.id == "alerts"
                return Bullets(lead, tuple(replace(line, sources=(), details=() if bare else line.details) for line in lines))
            case Paragraph(line):
                return Paragraph(replace(line, sources=()))
            case _:
                return block

    return replace(section, blocks=tuple(map(plain, section.blocks)))


def _given(consultation: Consultation, assessment: Assessment, labels: Labels) -> Section:
    if consultation.injected == "no":
        return Section("given", translate("What was given"), (Paragraph(Line(translate("Nothing was injected."))),))
    if consultation.injected is None:
        return Section(
            "given",
            translate("What was given"),
            (Paragraph(Line(translate("Whether anything was injected is not written down yet."))),),
        )
    lead = Paragraph(Line(day(consultation.injected_on), label=translate("Injected on")))
    keep = Paragraph(Line(translate("Keep these names and numbers: whoever treats you later may need them.")))
    lines = tuple(_product(product, assessment, labels) for product in consultation.products)
    warnings = (
        (
            translate("Used after the last day printed on it: {products}. Ask the clinic what this means for you."),
            consultation.expired_products,
        ),
        (
            translate("Of a lot that was recalled: {products}. Ask the clinic what this means for you."),
            consultation.recalled_products,
        ),
    )
    told = tuple(
        Callout("warning", warning.format(products=", ".join(typed(one.brand or one.product) for one in found)))
        for warning, found in warnings
        if found
    )
    return Section("given", translate("What was given"), (lead, *told, Bullets("", lines), keep))


def _product(product: Product, assessment: Assessment, labels: Labels) -> Line:
    recorded = {
        translate("Product"): typed(product.product),
        translate("Brand"): typed(product.brand),
        translate("Lot"): typed(product.lot),
        translate("Where"): labels.list_of("area", product.areas),
    }
    left_out = translate("not written down")
    said = "; ".join(f"{name}: {found or left_out}" for name, found in recorded.items())
    return Line(said, label=_named(assessment, product.treatment))


def _named(assessment: Assessment, treatment: str) -> str:
    """The everyday name of a treatment there; what it does where the record has none."""
    names = {facts.treatment: facts.name for facts in assessment.treatments}
    does = {
        "botulinum_toxin": translate("Injection that relaxes muscles"),
        "dermal_filler": translate("Injection that adds volume"),
    }
    return next((name for known, name in names.items() if known == treatment), does[treatment])


def _used(consultation: Consultation, assessment: Assessment) -> tuple[TreatmentFacts, ...]:
    used = {product.treatment for product in consultation.products} if consultation.injected == "yes" else set()
    return tuple(facts for facts in assessment.treatments if facts.treatment in used)


def _afterwards(consultation: Consultation, assessment: Assessment, labels: Labels) -> Section:
    blocks: list[Block] = []
    if consultation.aftercare is not None:
        told = consultation.aftercare
        leaflet = translate(" The leaflet: {leaflet}.").format(leaflet=typed(told.leaflet)) if told.leaflet else ""
        said = translate("You were told {told} what to do and what to watch for, {moment}.{leaflet}").format(
            told=spoken(_TOLD)[told.how], moment=moment(told.given_at), leaflet=leaflet
        )
        blocks.append(Paragraph(Line(said)))
    elif consultation.injected == "yes":
        blocks.append(
            Paragraph(Line(translate("That you were told what to do afterwards is not written down yet. Ask about it.")))
        )
    for facts in _used(consultation, assessment):
        timed = tuple(Line(one.text, sources=labels.cite(one.sources)) for one in (facts.onset, facts.peak, facts.lasts))
        common = Line(facts.common_effects, sources=labels.cite(facts.sources))
        blocks += [Bullets(translate("{name}: what to expect").format(name=facts.name), (*timed, common))]
        treated = {area for one in consultation.products if one.treatment == facts.treatment for area in one.areas}
        blocks += treatments.aftercare(facts, facts.advice(treated), labels)
    if _went_wrong(consultation):
        blocks.append(Callout("warning", translate("The clinic's record says that something went wrong. Ask what it says.")))
    return Section("afterwards", translate("Afterwards"), tuple(blocks))


def _went_wrong(consultation: Consultation) -> bool:
    seen = consultation.adverse_events is not None and bool(consultation.adverse_events.events)
    return seen or any(addendum.adverse_event for addendum in consultation.addenda)


def _help(consultation: Consultation, assessment: Assessment, labels: Labels) -> Section:
    used = _used(consultation, assessment)
    lines = tuple(Line(facts.serious_risks, label=facts.name, sources=labels.cite(facts.sources)) for facts in used)
    number = labels.sentence("emergency_number")
    if not lines:
        return Section("help", translate("When to get help at once"), ())
    call = (conclusions.emergency_call(number),) if number else ()
    return Section("help", translate("When to get help at once"), (*call, Bullets("", lines)))


def _next(consultation: Consultation, labels: Labels, clinic: Clinic | None) -> Section:
    """When to come back, who treated, and whom to call: the clinic by day and at night, the emergency number beside it."""
    follow_up = consultation.follow_up
    arranged = follow_up and (day(follow_up.on) if follow_up.on else translate("No day was arranged."))
    signed = [one.by for one in (consultation.signature, consultation.co_signature) if one is not None]
    people = dict.fromkeys(who(staff) for staff in (*signed, *(one.by for one in consultation.decisions)))
    lines = [
        Line(arranged or translate("No day is written down yet."), label=translate("Come back on")),
        Line("; ".join(people) or translate("Whoever treated you"), label=translate("Who treated you")),
    ]
    emergency = labels.sentence("emergency_number")
    if clinic is not None:
        lines.append(Line(clinic.telephone, label=translate("Questions: call the clinic")))
        night = clinic.night_telephone or translate("the clinic has named no number")
        lines.append(Line(night, label=translate("At night and at weekends")))
    if emergency:
        lines.append(Line(emergency, label=translate("In an emergency, at any time")))
    return Section("next", translate("What comes next"), (Bullets("", tuple(lines)),))


def _open(consultation: Consultation, assessment: Assessment) -> Section:
    count = len(assessment.open_questions)
    left = LEFT_OPEN.of(count).format(number=count) if count else ""
    return Section(
        "open", translate("What is still open"), (*_to_do(consultation), *((Paragraph(Line(left)),) if left else ()))
    )


def _to_do(consultation: Consultation) -> Iterator[Block]:
    lines = []
    if consultation.state == "draft":
        lines.append(Line(translate("Nobody has signed this record yet.")))
    if consultation.state == "voided":
        lines.append(Line(translate("The clinic has discarded this record: it was begun by mistake.")))
    if consultation.state == "signed":
        lines.append(Line(translate("A prescriber has to sign this record too.")))
    if consultation.consent is not None and consultation.consent.signed_at is None:
        lines.append(Line(translate("You have not signed the consent form yet.")))
    if lines:
        yield Bullets("", tuple(lines))


def _about(consultation: Consultation, assessment: Assessment, labels: Labels) -> Section:
    disclaimer = labels.standing
    drafts = (
        Paragraph(Line(spoken(basis.STANDING_OF_RULES)[assessment.rules.status], label=translate("Standing of the rules"))),
    )
    note = (Paragraph(Line(disclaimer, label=translate("Please note"))),) if disclaimer else ()
    stored = Paragraph(
        Line(translate("The clinic's record holds more, with the sources of what is said here, and you may ask for it."))
    )
    known = (stored,) if consultation.signature is not None else ()
    return Section("about", translate("About this page"), (*note, *drafts, *known))
