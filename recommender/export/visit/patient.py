"""A visit for the patient: what was found, decided and given, what comes afterwards, and when to get help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recommender.documents.assessment import Assessment, Hold, Option, Reason, TreatmentFacts
from recommender.documents.consultation import Consultation, Decision
from recommender.documents.plan import Product
from recommender.documents.vocabulary import AREAS, ON_THE_TABLE, TREATMENTS
from recommender.export.blocks import Block, Bullets, Callout, Line, Paragraph, Section
from recommender.export.labels import Labels
from recommender.export.sections import basis, conclusions, treatments
from recommender.export.visit.words import CHOICES, REASONS, amount, day, moment, typed, who
from recommender.languages import message, spoken, translate

_TOLD = {"spoken": message("in words"), "written": message("in writing"), "both": message("in words and in writing")}


def patient_sections(consultation: Consultation) -> tuple[Section, ...]:
    """The sections of the patient's page, in the words that the public may be told where they are."""
    cited = _only_cited(consultation.nurse.public, consultation)
    before = consultation.patient.assessment.words if consultation.patient else {}
    labels = Labels(cited.model_copy(update={"words": {**before, **cited.words}}))
    return (
        _without_answers(conclusions.alerts(cited, labels)),
        _found(consultation, cited, labels),
        _decided(consultation, cited, labels),
        _against(cited, labels),
        _without_answers(conclusions.referrals(cited, labels)),
        _without_answers(conclusions.not_needed(cited, labels)),
        _given(consultation, cited, labels),
        _help(consultation, cited, labels),
        _afterwards(consultation, cited, labels),
        _next(consultation),
        _open(consultation, cited, labels),
        basis.sources(labels),
        _about(consultation, cited, labels),
    )


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
    sections = tuple(
        _decision(
            options.get((area, treatment)),
            consultation.decision_on(area, treatment),
            f"{decided.get((area, treatment)) or labels.of('area', area)}: {_named(assessment, treatment)}",
            f"decided-{area}-{conclusions.NAMED_IN_ADDRESS[treatment]}",
            labels,
        )
        for area, treatment in pairs
    )
    nothing = Paragraph(Line(translate("No treatment was offered, and nothing was decided.")))
    return Section("decided", translate("What was decided, and why"), sections or (nothing,))


def _decision(option: Option | None, decision: Decision | None, title: str, identifier: str, labels: Labels) -> Section:
    blocks: list[Block] = []
    if decision is not None:
        why = [Line(spoken(REASONS)[decision.reason].patient)] if decision.reason else []
        blocks.append(
            Paragraph(
                Line(f"{spoken(CHOICES)[decision.choice].patient}, {day(decision.at.date())}", label=translate("The decision"))
            )
        )
        blocks += [Bullets(translate("Why it was decided so"), tuple(why))] if why else []
    elif option and option.status in ON_THE_TABLE:
        blocks.append(Paragraph(Line(translate("Nothing has been decided yet."))))
    if option and option.reasons:
        blocks.append(Bullets(translate("Why it was considered"), _plain(option.reasons, labels)))
    if option and option.defeats:
        blocks.append(Bullets(translate("What speaks against it"), tuple(_held(hold, labels) for hold in option.defeats)))
    if option is None:
        blocks.append(Paragraph(Line(translate("The rules did not suggest this."))))
        return Section(identifier, title, tuple(blocks))
    blocks.insert(0, Paragraph(Line(labels.of("status", option.status), label=translate("What the rules say of it"))))
    status = spoken(CHOICES)[decision.choice].patient if decision else labels.of("status", option.status)
    tone = "quiet" if decision else conclusions.TONE_OF_STATUS[option.status]
    return Section(identifier, title, tuple(blocks), status=status, tone=tone)


def _against(assessment: Assessment, labels: Labels) -> Section:
    """What speaks against treatment for this person; a hold that every option shows already is shown here too."""
    lines = tuple(_held(hold, labels, treatments=True) for hold in assessment.holds)
    return Section("holds", spoken(conclusions.HOLDS_TITLE), (Bullets("", lines),) if lines else ())


def _held(hold: Hold, labels: Labels, *, treatments: bool = False) -> Line:
    about = (
        (translate("About: {treatment}").format(treatment=labels.list_of("treatment", hold.treatments)),) if treatments else ()
    )
    return Line(
        hold.because,
        label=labels.of("effect", hold.effect),
        details=(*about, *conclusions.limits(hold, labels)),
        sources=labels.cite(hold.sources),
    )


def _plain(reasons: tuple[Reason, ...], labels: Labels) -> tuple[Line, ...]:
    """Reasons without the answers behind them."""
    return tuple(Line(line.text, sources=line.sources) for line in conclusions.reasons(reasons, labels))


def _without_answers(section: Section) -> Section:
    def bare(block: Block) -> Block:
        if isinstance(block, Section):
            return _without_answers(block)
        if isinstance(block, Bullets):
            return Bullets(block.lead, tuple(Line(line.text, line.label, (), line.sources) for line in block.lines))
        return block

    return replace(section, blocks=tuple(map(bare, section.blocks)))


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
        translate("Amount in all"): amount(product.total, product.unit) if product.points else "",
    }
    left_out = translate("not written down")
    details = tuple(f"{name}: {said or left_out}" for name, said in recorded.items())
    return Line(_named(assessment, product.treatment), details=details)


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


def _next(consultation: Consultation) -> Section:
    follow_up, people = consultation.follow_up, []
    arranged = follow_up and (day(follow_up.on) if follow_up.on else translate("No day was arranged."))
    signed = [one.by for one in (consultation.signature, consultation.co_signature) if one is not None]
    for staff in (*signed, *(one.by for one in consultation.decisions)):
        people += [who(staff)] if who(staff) not in people else []
    asked = "; ".join(people) or translate("Whoever treated you")
    return Section(
        "next",
        translate("What comes next"),
        (
            Bullets(
                "",
                (
                    Line(arranged or translate("No day is written down yet."), label=translate("Seen again")),
                    Line(asked, label=translate("Who to ask")),
                ),
            ),
        ),
    )


def _open(consultation: Consultation, assessment: Assessment, labels: Labels) -> Section:
    return Section(
        "open", translate("What is still open"), (*_to_do(consultation), *basis.still_open(assessment, labels).blocks)
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
        Line(translate("This page says what the clinic's record says. The record holds more, and you may ask for it."))
    )
    known = (stored,) if consultation.signature is not None else ()
    return Section("about", translate("About this page"), (*note, *drafts, *known))


def _only_cited(assessment: Assessment, consultation: Consultation) -> Assessment:
    """The assessment with those sources alone that the patient's page points to."""
    reasons: list[Reason] = [reason for option in assessment.options for reason in (*option.reasons, *option.defeats)]
    reasons += [reason for alert in assessment.alerts for reason in alert.reasons]
    reasons += [reason for referral in assessment.referrals for reason in referral.reasons]
    cited = {source for reason in (*reasons, *assessment.holds) for source in reason.sources}
    for facts in _used(consultation, assessment):
        timed = (source for one in (facts.onset, facts.peak, facts.lasts) for source in one.sources)
        cited |= {*facts.sources, *timed, *(source for one in facts.aftercare.values() for source in one.sources)}
    every = (*assessment.sources, *assessment.aftercare_sources)
    kept = tuple(one for one in every if one.id in cited)
    return assessment.model_copy(update={"sources": kept, "aftercare_sources": ()})
