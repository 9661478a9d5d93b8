"""The consent forms of ``consent.yaml``: what a patient agrees to before an injection, by treatment and country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from recommender.documents.base import FrozenModel, Text
from recommender.documents.problems import Problem
from recommender.documents.told import ForAll, ForNurses, Unnamed
from recommender.documents.vocabulary import JURISDICTIONS, TREATMENTS, Jurisdiction, Treatment

FILE = "consent.yaml"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]


class ConsentSentence(FrozenModel):
    """One sentence to agree to; ``jurisdictions`` where it is not for everywhere the form is used."""

    id: Name
    sentence: Unnamed[ForAll[Annotated[Text, Field(max_length=2000)]]]
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)] | None = None
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class ConsentForm(FrozenModel):
    """A form: its version, the sentences for everybody and those of each treatment.

    ``notice`` is shown with the form, wherever it is shown; ``limits`` says how far its words can be trusted.
    """

    form: ForAll[Annotated[Text, Field(max_length=80)]]
    version: Annotated[Text, Field(max_length=40)]
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]
    notice: ForAll[Text]
    general: Annotated[tuple[ConsentSentence, ...], Field(min_length=1)]
    treatments: Mapping[Treatment, Annotated[tuple[ConsentSentence, ...], Field(min_length=1)]]
    limits: ForNurses[Text]

    @property
    def parts(self) -> Iterator[tuple[str, tuple[ConsentSentence, ...]]]:
        """The name of each part, as an item's id begins with it, and its sentences."""
        yield "general", self.general
        yield from ((treatment, self.treatments[treatment]) for treatment in TREATMENTS if treatment in self.treatments)


class ConsentForms(FrozenModel):
    """The forms; each country has exactly one."""

    forms: Unnamed[Annotated[tuple[ConsentForm, ...], Field(min_length=1)]]

    def of(self, jurisdiction: Jurisdiction) -> ConsentForm:
        """The form of a country."""
        return next(form for form in self.forms if jurisdiction in form.jurisdictions)

    def problems(self) -> Iterator[Problem]:
        """What keeps a country from having one whole form: these stop loading."""
        given: Counter[str] = Counter(where for form in self.forms for where in form.jurisdictions)
        for where in JURISDICTIONS:
            if given[where] != 1:
                yield Problem(FILE, f"'{where}' has {given[where]} forms: each country has exactly one")
        for form in self.forms:
            missing = [treatment for treatment in TREATMENTS if treatment not in form.treatments]
            for treatment in missing:
                yield Problem(FILE, f"the form '{form.form}' has no sentence about '{treatment}'")
            for name, part in form.parts:
                for sentence, times in Counter(one.id for one in part).items():
                    if times > 1:
                        yield Problem(FILE, f"the form '{form.form}' has the id '{sentence}' {times} times under '{name}'")
                if all(one.jurisdictions for one in part):
                    yield Problem(FILE, f"the form '{form.form}' has no sentence under '{name}' that is for every country")
