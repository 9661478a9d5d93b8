"""The policy: what many simultaneous conclusions come to. It is the only place that ranks anything.

All options are collected; the strongest hold sets an option's status; a withdrawn option stays with what defeated it;
alerts come before everything; ties list every reason; whatever leaves a set is sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recommender.documents.assessment import Alert, Hold, Option, Reason, Referral
from recommender.documents.vocabulary import AREAS, DESTINATIONS, EFFECTS, KINDS, TREATMENTS, URGENCIES, Outcome, Status
from recommender.inference.derivation import in_order

STATUS_OF: dict[str, Status] = {
    "caution": "suggested",
    "review": "review",
    "defer": "deferred",
    "refer": "referred",
    "hard_stop": "withdrawn",
}
#: an alert whose sign was answered "unsure" is one step milder, and never silent
IN_DOUBT = {
    "emergency": "same_day",
    "same_day": "contact_injector",
    "contact_injector": "contact_injector",
    "self_care": "contact_injector",
}
#: effects with which a hold leaves nothing to discuss now
MAKES_NO_OPTION = ("defer", "refer", "hard_stop")
#: whom the person as a whole is sent to before anything is discussed, unless ``beside`` it
SEEN_BEFORE_ALL = ("medical", "psychological")
#: with one of these alerts somebody needs help today
NEEDS_HELP = ("emergency", "same_day")
#: who is seen about looks or teeth: named when no help is needed today
SEEN_LATER = ("skin_consultation", "surgical_opinion", "dental", "not_needed")
#: topics of notes on what a treatment does, which are not told then
TOLD_LATER = ("what_to_expect",)
#: who would change looks: not named while a psychologist comes first
CHANGES_LOOKS = ("skin_consultation", "surgical_opinion")


def place(options: Iterable[Option], holds: Sequence[Hold]) -> tuple[Option, ...]:
    """Options with their defeats and status, one for each place and treatment, in the order of the vocabulary.

    An ``open`` option (its deciding answer is not known) that would be withdrawn anyway is left out.
    """
    merged: dict[tuple[str, str], list[Option]] = {}
    for option in options:
        merged.setdefault((option.area, option.treatment), []).append(option)
    placed = [_defeated(_one_option(same), holds) for same in merged.values()]
    kept = [option for option in placed if not (option.deciding and option.status == "withdrawn")]
    return tuple(sorted(kept, key=lambda o: (AREAS.index(o.area), o.role != "first_line", TREATMENTS.index(o.treatment))))


def _one_option(same: list[Option]) -> Option:
    """Offers for one place and treatment as one option; a firm offer leaves nothing open."""
    firm = [option for option in same if not option.deciding] or same
    return firm[0].model_copy(
        update={
            "kinds": tuple(sorted({kind for o in firm for kind in o.kinds}, key=KINDS.index)),
            "role": "first_line" if any(o.role == "first_line" for o in firm) else "second_line",
            "reasons": merged_reasons(reason for o in firm for reason in o.reasons),
            "deciding": tuple(sorted({path for o in firm for path in o.deciding})),
        }
    )


def merged_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """One reason a rule, with all the answers that matched, in the order in which the rules first stand.

    What is so of one thing and in doubt of another is said as it is: it is so.
    """
    found: dict[str, Reason] = {}
    for reason in reasons:
        before = found.get(reason.rule)
        evidence = in_order((*before.evidence, *reason.evidence)) if before else reason.evidence
        builds_on = tuple(sorted({*before.builds_on, *reason.builds_on})) if before else reason.builds_on
        said = before if before and not before.in_doubt else reason
        found[reason.rule] = said.model_copy(update={"evidence": evidence, "builds_on": builds_on})
    return tuple(found.values())


def _defeated(option: Option, holds: Sequence[Hold]) -> Option:
    defeats = tuple(h for h in holds if option.treatment in h.treatments and h.area in (None, option.area))
    status = STATUS_OF[strongest(defeats).effect] if defeats else "suggested"
    if option.deciding and status in ("suggested", "review"):
        status = "open"  # not an offer yet, so nothing a prescriber could decide; the outcome weighs the hold all the same
    return option.model_copy(update={"defeats": in_rank(defeats), "status": status})


def strongest(holds: Iterable[Hold]) -> Hold:
    """The hold that decides; of equals, the first by rule."""
    return in_rank(holds)[0]


def in_rank(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    """Holds, strongest first."""
    return tuple(sorted(holds, key=lambda h: (-EFFECTS.index(h.effect), h.rule, h.area or "")))


def help_first(alerts: Iterable[Alert]) -> bool:
    """Whether somebody needs help today: nothing else is then put beside it."""
    return any(alert.urgency in NEEDS_HELP for alert in alerts)


def named_now(referrals: Iterable[Referral], alerts: Iterable[Alert]) -> tuple[Referral, ...]:
    """The referrals to follow now: none that can wait for help that is needed today, or for a psychologist who comes first.

    Nobody who would change looks is named about what needs no treatment.
    """
    named = tuple(referrals)
    left_out = {
        *(SEEN_LATER if help_first(alerts) else ()),
        *(CHANGES_LOOKS if any(r.to == "psychological" and r.area is None and r.stance == "instead" for r in named) else ()),
    }
    unneeded = {(r.area, r.kinds) for r in named if r.to == "not_needed"}
    return tuple(r for r in named if r.to not in left_out and not (r.to in CHANGES_LOOKS and (r.area, r.kinds) in unneeded))


def merged_referrals(referrals: Iterable[Referral], options: Sequence[Option]) -> tuple[Referral, ...]:
    """One referral for each destination, place and stance; of the same kinds, "instead" takes in "beside".

    A referral ``beside`` an injection stands ``instead`` where none is left to discuss at its place (of the person: at any),
    and one ``instead`` stands ``beside`` where one is left for all that it is about at its place: what is printed is then
    true of this person.
    """
    merged: dict[tuple[str, str, str], list[Referral]] = {}
    for referral in (_standing(referral, options) for referral in referrals):
        merged.setdefault((referral.to, referral.area or "", referral.stance), []).append(referral)
    for (to, area, stance), same in list(merged.items()):
        instead = merged.get((to, area, "instead"), [])
        if stance == "beside" and instead and _kinds(same) <= _kinds(instead):
            instead += merged.pop((to, area, stance))  # the same people for the same things are named once
    found = [
        same[0].model_copy(
            update={
                "kinds": tuple(sorted(_kinds(same), key=KINDS.index)),
                "reasons": merged_reasons(reason for r in same for reason in r.reasons),
            }
        )
        for same in merged.values()
    ]
    return tuple(
        sorted(found, key=lambda r: (AREAS.index(r.area) if r.area else -1, r.stance == "beside", DESTINATIONS.index(r.to)))
    )


def _kinds(referrals: Iterable[Referral]) -> set[str]:
    return {kind for referral in referrals for kind in referral.kinds}


def _standing(referral: Referral, options: Sequence[Option]) -> Referral:
    left = [o for o in options if o.status in ("suggested", "open", "review") and not _maybe_later(o)]
    here = [option for option in left if referral.area in (None, option.area)]
    if referral.stance == "beside" and not here:
        return referral.model_copy(update={"stance": "instead"})
    if referral.area is None:
        return referral
    if referral.stance == "instead" and {kind for option in here for kind in option.kinds}.issuperset(referral.kinds):
        return referral.model_copy(update={"stance": "beside"})
    return referral


def merged_alerts(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """One alert for each urgency and certainty, the most urgent first."""
    merged: dict[tuple[str, bool], list[Alert]] = {}
    for alert in alerts:
        merged.setdefault((alert.urgency, alert.in_doubt), []).append(alert)
    found = [
        same[0].model_copy(update={"reasons": merged_reasons(r for a in same for r in a.reasons)}) for same in merged.values()
    ]
    return tuple(sorted(found, key=lambda a: (URGENCIES.index(a.urgency), a.in_doubt)))


def outcome(
    options: Sequence[Option], holds: Sequence[Hold], referrals: Sequence[Referral], alerts: Sequence[Alert]
) -> Outcome:
    """One word for the person; this order is the policy."""
    urgent = [alert.urgency for alert in alerts if alert.urgency != "self_care"]
    if urgent:
        return min(urgent, key=URGENCIES.index)
    against = _against_everything(options, holds) if options or not referrals else None
    if against is not None:
        return against
    if any(r.area is None and r.to in SEEN_BEFORE_ALL and r.stance == "instead" for r in referrals):
        return "refer"
    elsewhere = {r.to for r in referrals}
    weighed = [option for option in options if not (elsewhere - {"not_needed"} and _maybe_later(option))]
    statuses = {"review" if _open_under_review(option) else option.status for option in weighed}
    if statuses & {"suggested", "open"}:
        return "discuss"
    if "review" in statuses:
        return "review"
    if elsewhere - {"not_needed"} or "referred" in statuses:
        return "refer"
    if elsewhere:
        return "not_needed"
    if "deferred" in statuses:
        return "defer"
    if _for_a_prescriber(holds):
        return "review"
    return "self_care" if alerts else "nothing_found"


def _against_everything(options: Sequence[Option], holds: Sequence[Hold]) -> Outcome | None:
    """The outcome where holds on the person defeat every option, or stand though there is no option.

    Options that what is known of their place already rules out do not count, unless there is no other.
    """
    person = [hold for hold in holds if hold.scope == "person" and hold.effect in MAKES_NO_OPTION]
    counted = [option for option in options if not _ruled_out_by_place(option)] or options
    if not person or not all(any(option.treatment in hold.treatments for hold in person) for option in counted):
        return None
    effect = strongest(h for h in person if not counted or any(o.treatment in h.treatments for o in counted)).effect
    if effect == "defer" and any(option.status == "referred" for option in options):
        return "refer"
    return {"hard_stop": "stop", "refer": "refer", "defer": "defer"}[effect]  # type: ignore[return-value]


def _for_a_prescriber(holds: Sequence[Hold]) -> bool:
    """Whether nothing stronger on the person than a review holds some treatment, offered or not."""
    person = [hold for hold in holds if hold.scope == "person"]
    held = ([hold for hold in person if treatment in hold.treatments] for treatment in TREATMENTS)
    return any(strongest(same).effect == "review" for same in held if same)


def _maybe_later(option: Option) -> bool:
    """A second choice that is not even an offer yet: no reason not to see first whom the referral names."""
    return option.status == "open" and option.role == "second_line"


def _open_under_review(option: Option) -> bool:
    return option.status == "open" and bool(option.defeats) and strongest(option.defeats).effect == "review"


def _ruled_out_by_place(option: Option) -> bool:
    return any(defeat.scope == "concern" and defeat.effect in MAKES_NO_OPTION for defeat in option.defeats)
