"""What a rule concludes, in words: a clinician's, and those that a person reads."""

from __future__ import annotations

from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Find, HoldOn, Offer, Raise, Refer, Rule, Tell
from recommender.knowledge.voice import Voice
from recommender.languages import translate


def conclusion_in_words(rule: Rule, rules: RuleBase) -> str:
    """What a rule concludes, in a clinician's words."""
    wording = rules.reference.wording
    names = {facts.treatment: facts.clinical_name or facts.name for facts in rules.reference.treatments}
    match rule.concludes:
        case Find(name=name):
            return f"conclude the finding “{_plain(name)}”."
        case Offer(treatment=treatment, role=role):
            return f"offer {names[treatment]} – {_plain(role)}."
        case HoldOn(effect=effect) as hold:
            held = " and ".join(names[treatment] for treatment in hold.treatment)
            only = f", for {', '.join(hold.products)} only" if hold.products else ""
            until = f", until {hold.until}" if hold.until else ""
            return f"hold {held}: **{_plain(effect)}** ({wording.effects[effect].lower()}){only}{until}."
        case Refer(to=to, stance=stance):
            return f"refer: {wording.destinations[to]}, {wording.stances[stance].lower()}."
        case Raise(urgency=urgency):
            return f"raise an alert: **{_plain(urgency)}** ({wording.urgencies[urgency].lower()})."
        case Tell():
            return "add a note."


def _plain(word: str) -> str:
    return word.replace("_", " ")


def conclusion_as_told(rule: Rule, voice: Voice) -> str:
    """What a rule concludes, in the words that a person reads on their summary."""
    wording = voice.reference.wording
    names = {facts.treatment: facts.name for facts in voice.reference.treatments}
    match rule.concludes:
        case Find():
            return translate("A step that other rules build on")
        case Offer(treatment=treatment, role=role):
            said = translate("{status}: {treatment} ({role}), unless another rule speaks against it")
            return said.format(
                status=wording.statuses["suggested"], treatment=names[treatment], role=wording.roles[role].lower()
            )
        case HoldOn() as hold:
            held = f"{wording.effects[hold.effect]}: {', '.join(names[treatment] for treatment in hold.treatment)}"
            products = ", ".join(dict.fromkeys(voice.products[product] for product in hold.products))
            if products:
                held = translate("{held} (only {products})").format(held=held, products=products)
            return translate("{held}, until {until}").format(held=held, until=hold.until) if hold.until else held
        case Refer(to=to, stance=stance):
            return f"{wording.destinations[to]}: {wording.stances[stance].lower()}"
        case Raise(urgency=urgency):
            return wording.urgencies[urgency]
        case Tell():
            return translate("Worth knowing; it changes no option")
