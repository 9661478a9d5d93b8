"""What a patient's page showed: outcome, status of each option, and by which rules. It is only compared, never trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import StringConstraints, ValidationError

from recommender.documents import Assessment
from recommender.documents.answers import Document
from recommender.documents.vocabulary import Area, Outcome, Status, Treatment

#: enough of a fingerprint to tell one set of rules from another
_FINGERPRINT: Final = 23


class ShownOption(Document):
    """The status of a treatment at a place."""

    area: Area
    treatment: Treatment
    status: Status


class ShownResult(Document):
    """The outcome, the options and the beginning of the rules' fingerprint."""

    outcome: Outcome
    options: tuple[ShownOption, ...]
    rules: Annotated[str, StringConstraints(pattern=r"^[0-9a-z:-]+$", max_length=_FINGERPRINT)]


def shown_result_of(assessment: Assessment) -> ShownResult:
    """What a page with this assessment shows."""
    options = tuple(ShownOption(area=o.area, treatment=o.treatment, status=o.status) for o in assessment.options)
    return ShownResult(outcome=assessment.outcome, options=options, rules=assessment.rules.fingerprint[:_FINGERPRINT])


def shown_result_in(document: Mapping[str, Any]) -> ShownResult | None:
    """What an assessment's document says was shown; None where that cannot be read."""
    try:
        options = [{name: option[name] for name in ShownOption.model_fields} for option in document["options"]]
        rules = str(document["rules"]["fingerprint"])[:_FINGERPRINT]
        return ShownResult.model_validate({"outcome": document["outcome"], "options": options, "rules": rules})
    except (KeyError, TypeError, ValidationError):
        return None


def as_document(result: ShownResult) -> dict[str, Any]:
    """The part of an assessment's document that says what was shown."""
    options = [option.model_dump() for option in result.options]
    return {"outcome": result.outcome, "options": options, "rules": {"fingerprint": result.rules}}
