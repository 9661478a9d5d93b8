"""The words of the page that tells how this works. What the rules and the sources say is worded in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.languages import message, speaks

TITLE: Final = message("How this works")
LEAD: Final = message(
    "You answer questions. A program goes through written rules and puts a summary together. "
    "Here you can look at every rule and every source."
)
OPEN: Final = message("How this works: every rule and every source")
BACK: Final = message("Go back to where I was")
CONTENTS: Final = message("On this page")

ANSWERS: Final = message("What happens with your answers")
ANSWERS_SAID: Final = (
    message("Your answers are kept on the computer that runs this form, so that you can go on later."),
    message("They are deleted {hours} hours after your last change. You can delete them yourself at any time."),
    message("There is no account, and you are not asked for your name."),
    message(
        "The address of your page opens them in this browser alone. Whoever else uses it can open them too, "
        "until you delete them."
    ),
    message("The address never says what you answered. This page loads nothing from other companies and sends them nothing."),
    message("What you type into the search below stays in your browser."),
)

CONCLUSIONS: Final = message("How a result comes about")
CONCLUSIONS_SAID: Final = (
    message("Every conclusion comes from a rule. There are {rules} rules, and you can open each of them below."),
    message("A rule says when it holds, what it concludes, and which sources it rests on."),
    message(
        "The same answers always give the same result. Nothing is guessed, and nothing is learned from other people's answers."
    ),
    message("A question you leave out does not count as “no”. It stays open, and your summary says so."),
    message("“I don't know” counts too: where a “yes” would speak strongly against a treatment, a prescriber has to decide."),
    message("What speaks for a treatment never cancels what speaks against it."),
)

LIMITS: Final = message("What it does not do")
LIMITS_SAID: Final = (
    message("It makes no diagnosis, and it does not replace a consultation. It knows what you answer and sees nothing itself."),
    message("It chooses no product, no amount, no price and no clinic."),
    message("It is for adults."),
)

STANDING: Final = message("Who has checked the rules")
NONE_SIGNED: Final = message("All {rules} rules are drafts. No clinician has signed any of them yet.")
SOME_SIGNED: Final = message("Clinicians have signed {signed} of the {rules} rules. The others are drafts.")
ALL_SIGNED: Final = message("A clinician has signed each of the {rules} rules.")
STANDING_SAID: Final = (
    message(
        "Each rule has made-up examples, {examples} in all, of when it holds and when not. "
        "All are tried whenever the rules load."
    ),
    message(
        "Of most sources only parts were read, and no label or guideline as a whole. Each source below says how it was read."
    ),
)
VERSION: Final = message("Version")
REVIEW: Final = message("To be looked at again by")
FINGERPRINT: Final = message("Fingerprint")
PROVED: Final = message("Proved for everybody")
PROVED_SAID: Final = message(
    "On {day}, two programs proved {properties} sentences about safety of just these rules. They hold whatever somebody "
    "answers or leaves out. {exceptions} exceptions are named. A clinician still has to look at the rules."
)
FINGERPRINT_SAID: Final = message("It changes as soon as a rule or its wording changes.")

STRENGTH: Final = message("How strong a source is")
STRENGTH_SAID: Final = message(
    "This is about the text itself. Where only a copy of it or a report about it was read, the source says so."
)
#: strength of a source → what it is called, what that means; in this order the sources are listed
STRENGTHS: Final[Mapping[str, tuple[str, str]]] = {
    "product label/regulator": (
        message("Product label or regulator"),
        message("The official text about a product, or what an authority that watches over products or health says."),
    ),
    "guideline/systematic review": (
        message("Guideline or systematic review"),
        message("Advice that a group of experts has agreed on, or a summary that looks for every study on one question."),
    ),
    "peer-reviewed study/review": (
        message("Study or review in a journal"),
        message("One study, or an overview of some, read by other experts before it came out."),
    ),
    "professional society": (message("Professional society"), message("Advice from an association of doctors or nurses.")),
    "clinic/trade/secondary page": (
        message("Clinic, company or news page"),
        message("It may want to sell something, or repeats what others have said. Read it with the most care."),
    ),
}
#: how a source was seen → the same in plain words
SEEN: Final[Mapping[str, str]] = {
    "primary page": message("The original page was read."),
    "copy or summary of the primary text": message(
        "A copy or a summary was read. It has still to be compared with the original."
    ),
    "secondary report": message("A report by somebody else was read. The original has still to be looked at."),
}

TREATMENTS: Final = message("The two treatments")
WHAT_IT_IS: Final = message("What is it?")
HOW_IT_WORKS: Final = message("How does it work?")
GOOD_FOR: Final = message("What is it good for?")

BROWSE: Final = message("Every rule and every source")
SEARCH: Final = message("Search the rules and sources")
SEARCH_HINT: Final = message("For example: eyelid, bruise, lips")
SHOW: Final = message("Show")
SHOW_ALL: Final = message("All rules and sources")
SHOW_SOURCES: Final = message("Sources only")
FOUND: Final = message("Found: {rules} of the rules, {sources} of the sources")
FOUND_AS: Final = message("Here it is called: {names}.")
NOT_FOUND: Final = message("Nothing here has all of these words. Try fewer words, other words, or all rules and sources.")
CLEAR: Final = message("Clear the search")
RULES: Final = message("Rules")
SOURCES: Final = message("Sources")
#: folder of the rules → what its rules are about; a folder that is not named here goes by its own name
FOLDERS: Final[Mapping[str, str]] = {
    "indications": message("Which treatment fits what is seen"),
    "elsewhere": message("What neither treatment is for, and who to see"),
    "safety": message("What speaks against a treatment"),
    "after_treatment": message("After an injection"),
    "countries": message("What holds in one country"),
}

#: file of the rules → what its rules are about; one that is not named here goes by its own name
TOPICS: Final[Mapping[str, str]] = {
    "age": message("Age"),
    "allergies": message("Allergies"),
    "au": message("Australia"),
    "blood": message("Blood"),
    "ca": message("Canada"),
    "contact_injector": message("Contact injector"),
    "dissolving": message("Dissolving"),
    "earlier_treatments": message("Earlier treatments"),
    "emergency": message("Emergency"),
    "eu": message("European Union"),
    "expected": message("Expected"),
    "immune": message("Immune"),
    "jaw": message("Jaw"),
    "loose_skin_and_bags": message("Loose skin and bags"),
    "medical": message("Medical"),
    "mind": message("Mind"),
    "movement_lines": message("Movement lines"),
    "muscle": message("Muscle"),
    "nerves_and_muscles": message("Nerves and muscles"),
    "nothing_more_for_now": message("Nothing more for now"),
    "places": message("Places"),
    "pregnancy": message("Pregnancy"),
    "same_day": message("Same day"),
    "skin": message("Skin"),
    "skin_and_infection": message("Skin and infection"),
    "skin_quality": message("Skin quality"),
    "still_lines_and_folds": message("Still lines and folds"),
    "sweating": message("Sweating"),
    "timing": message("Timing"),
    "to_tell_first": message("To tell first"),
    "uk": message("United Kingdom"),
    "us": message("United States"),
    "volume": message("Volume"),
    "who_is_told": message("Who is told"),
    "wishes": message("Wishes"),
}

WHEN: Final = message("When it holds")
BECAUSE: Final = message("What the person is told")
IF_NOT_KNOWN: Final = message("What the person is told where it is not known")
RULE_LIMITS: Final = message("Its limits")
RULE_STANDING: Final = message("Where it stands")
DRAFT: Final = message("Draft: no clinician has signed it.")
SIGNED: Final = message("Signed by {name}, {role}, {registration}, on {day}.")
DUE: Final = message("To be looked at again by {day}.")
ONLY_IN: Final = message("It is only for: {places}.")
FROM: Final = message("It applies from {day}.")
UNTIL: Final = message("It applies until {day}.")
NOT_NOW: Final = message("It does not apply now.")
RESTS_ON: Final = message("Its sources")
BUILDS_ON: Final = message("It builds on")
USED_BY: Final = message("Rules that build on it")

SAYS: Final = message("What it says")
STRENGTH_OF: Final = message("Kind of text")
SEEN_AS: Final = message("How it was read")
ABOUT: Final = message("Country it speaks about")
ADDRESS: Final = message("Address")
CITED_BY: Final = message("Rules that rest on it")
CITED_ELSEWHERE: Final = message("Also used for")
NAME: Final = message("Short name")
NUMBER: Final = message("Rule {number}")
CITED_BY_FACTS: Final = message("What the summary says about the treatments themselves.")
AMOUNT: Final = message("[amount left out]")
AMOUNTS: Final = message("How much to inject is left out here. That is for the prescriber to decide.")

speaks(__name__)
