"""What a rule concludes, in words: a clinician's, and those that a person reads."""

from __future__ import annotations

from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule
from recommender.knowledge.voice import Voice
from recommender.languages import translate


def conclusion_in_words(rule: Rule, rules: RuleBase) -> str:
    """What a rule concludes, in a clinician's words."""
    text, wording = rule.text, rules.reference.wording
    names = {facts.treatment: facts.clinical_name or facts.name for facts in rules.reference.treatments}
    if text.find is not None:
        return f"conclude the finding “{text.find.replace('_', ' ')}”."
    if text.offer is not None:
        return f"offer {names[text.offer.treatment]} – {text.offer.role.replace('_', ' ')}."
    if text.hold is not None:
        held = " and ".join(names[treatment] for treatment in text.hold.treatment)
        only = f", for {', '.join(text.hold.products)} only" if text.hold.products else ""
        until = f", until {text.hold.until}" if text.hold.until else ""
        return (
            f"hold {held}: **{text.hold.effect.replace('_', ' ')}** ({wording.effects[text.hold.effect].lower()}){only}{until}."
        )
    if text.refer is not None:
        return f"refer: {wording.destinations[text.refer.to]}, {wording.stances[text.refer.stance].lower()}."
    if text.alert is not None:
        return f"raise an alert: **{text.alert.urgency.replace('_', ' ')}** ({wording.urgencies[text.alert.urgency].lower()})."
    return "add a note."


def conclusion_as_told(rule: Rule, voice: Voice) -> str:
    """What a rule concludes, in the words that a person reads on their summary."""
    text, wording = rule.text, voice.reference.wording
    names = {facts.treatment: facts.name for facts in voice.reference.treatments}
    if text.offer is not None:
        role = wording.roles[text.offer.role].lower()
        return translate("{status}: {treatment} ({role}), unless another rule speaks against it").format(
            status=wording.statuses["suggested"], treatment=names[text.offer.treatment], role=role
        )
    if text.hold is not None:
        held = f"{wording.effects[text.hold.effect]}: {', '.join(names[treatment] for treatment in text.hold.treatment)}"
        products = ", ".join(dict.fromkeys(voice.products[product] for product in text.hold.products))
        if products:
            held = translate("{held} (only {products})").format(held=held, products=products)
        return translate("{held}, until {until}").format(held=held, until=text.hold.until) if text.hold.until else held
    if text.refer is not None:
        return f"{wording.destinations[text.refer.to]}: {wording.stances[text.refer.stance].lower()}"
    if text.alert is not None:
        return wording.urgencies[text.alert.urgency]
    return (
        translate("A step that other rules build on")
        if text.find is not None
        else translate("Worth knowing; it changes no option")
    )
