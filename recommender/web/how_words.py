"""The words of the page that tells how this works. What the rules and the sources say is worded in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TITLE: Final = "How this works"
LEAD: Final = (
    "You answer questions. A program goes through written rules and puts a summary together. "
    "Here you can look at every rule and every source."
)
OPEN: Final = "How this works: every rule and every source"
BACK: Final = "Go back to where I was"
CONTENTS: Final = "On this page"

ANSWERS: Final = "What happens with your answers"
ANSWERS_SAID: Final = (
    "Your answers are kept on the computer that runs this form, so that you can go on later.",
    "They are deleted {hours} hours after your last change. You can delete them yourself at any time.",
    "There is no account, and you are not asked for your name.",
    "Whoever has the whole address of your page can open your answers, so take care whom you send it to.",
    "The address never says what you answered. This page loads nothing from other companies and sends them nothing.",
    "What you type into the search below stays in your browser.",
)

CONCLUSIONS: Final = "How a result comes about"
CONCLUSIONS_SAID: Final = (
    "Every conclusion comes from a rule. There are {rules} rules, and you can open each of them below.",
    "A rule says when it holds, what it concludes, and which sources it rests on.",
    "The same answers always give the same result. Nothing is guessed, and nothing is learned from other people's answers.",
    "A question you leave out does not count as “no”. It stays open, and your summary says so.",
    "“I don't know” counts too: where a “yes” would speak strongly against a treatment, a prescriber has to decide.",
    "What speaks against a treatment cannot be outvoted by what speaks for it.",
)

LIMITS: Final = "What it does not do"
LIMITS_SAID: Final = (
    "It makes no diagnosis, and it does not replace a consultation. It knows what you answer and sees nothing itself.",
    "It chooses no product, no amount, no price and no clinic.",
    "It is for adults.",
)

STANDING: Final = "Who has checked the rules"
NONE_SIGNED: Final = "All {rules} rules are drafts. No clinician has signed any of them yet."
SOME_SIGNED: Final = "Clinicians have signed {signed} of the {rules} rules. The others are drafts."
ALL_SIGNED: Final = "A clinician has signed each of the {rules} rules."
STANDING_SAID: Final = (
    "Each rule has made-up examples, {examples} in all, of when it holds and when not. All are tried whenever the rules load.",
    "Of most sources only parts were read, and no label or guideline as a whole. Each source below says how it was read.",
)
VERSION: Final = "Version"
REVIEW: Final = "To be looked at again by"
FINGERPRINT: Final = "Fingerprint"
FINGERPRINT_SAID: Final = "It changes as soon as a rule or its wording changes."

STRENGTH: Final = "How strong a source is"
STRENGTH_SAID: Final = (
    "This is about the text itself. Where only a copy of it or a report about it was read, the source says so."
)
#: strength of a source → what it is called, what that means; in this order the sources are listed
STRENGTHS: Final[Mapping[str, tuple[str, str]]] = {
    "product label/regulator": (
        "Product label or regulator",
        "The official text about a product, or what an authority that watches over products or health says.",
    ),
    "guideline/systematic review": (
        "Guideline or systematic review",
        "Advice that a group of experts has agreed on, or a summary that looks for every study on one question.",
    ),
    "peer-reviewed study/review": (
        "Study or review in a journal",
        "One study, or an overview of some, read by other experts before it came out.",
    ),
    "professional society": ("Professional society", "Advice from an association of doctors or nurses."),
    "clinic/trade/secondary page": (
        "Clinic, company or news page",
        "It may want to sell something, or repeats what others have said. Read it with the most care.",
    ),
}
#: how a source was seen → the same in plain words
SEEN: Final[Mapping[str, str]] = {
    "primary page": "The original page was read.",
    "copy or summary of the primary text": "A copy or a summary was read. It has still to be compared with the original.",
    "secondary report": "A report by somebody else was read. The original has still to be looked at.",
}

BROWSE: Final = "Every rule and every source"
SEARCH: Final = "Search the rules and sources"
SEARCH_HINT: Final = "For example: eyelid, bruise, lips"
SHOW: Final = "Show"
SHOW_ALL: Final = "All rules and sources"
SHOW_SOURCES: Final = "Sources only"
FOUND: Final = "Found: {rules} of the rules, {sources} of the sources"
NOT_FOUND: Final = "Nothing here has all of these words. Try fewer words, other words, or all rules and sources."
CLEAR: Final = "Clear the search"
RULES: Final = "Rules"
SOURCES: Final = "Sources"
#: folder of the rules → what its rules are about; a folder that is not named here goes by its own name
FOLDERS: Final[Mapping[str, str]] = {
    "indications": "Which treatment fits what is seen",
    "elsewhere": "What neither treatment is for, and who to see",
    "safety": "What speaks against a treatment",
    "after_treatment": "After an injection",
    "countries": "What holds in one country",
}

WHEN: Final = "When it holds"
BECAUSE: Final = "What the person is told"
RULE_LIMITS: Final = "Its limits"
RULE_STANDING: Final = "Where it stands"
DRAFT: Final = "Draft: no clinician has signed it."
SIGNED: Final = "Signed by {name}, {role}, {registration}, on {day}."
DUE: Final = "To be looked at again by {day}."
ONLY_IN: Final = "It is only for: {places}."
FROM: Final = "It applies from {day}."
UNTIL: Final = "It applies until {day}."
NOT_NOW: Final = "It does not apply now."
RESTS_ON: Final = "Its sources"
BUILDS_ON: Final = "It builds on"
USED_BY: Final = "Rules that build on it"

SAYS: Final = "What it says"
STRENGTH_OF: Final = "Kind of text"
SEEN_AS: Final = "How it was read"
ABOUT: Final = "Country it speaks about"
ADDRESS: Final = "Address"
CITED_BY: Final = "Rules that rest on it"
CITED_ELSEWHERE: Final = "Also used for"
NAME: Final = "Short name"
NUMBER: Final = "Rule {number}"
CITED_BY_FACTS: Final = "What the summary says about the treatments themselves."
AMOUNT: Final = "[amount left out]"
AMOUNTS: Final = "How much to inject is left out here. That is for the prescriber to decide."
