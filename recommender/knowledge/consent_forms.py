"""The consent forms: ours of ``consent.yaml`` and the clinic's own, by treatment and country, sentences under headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, StringConstraints, ValidationError

from recommender.documents.base import FrozenModel, Text
from recommender.documents.consent import MOST_ITEMS
from recommender.documents.faults import problems_of
from recommender.documents.problems import Problem, RecommenderError, unknown_word
from recommender.documents.told import ForAll, ForNurses, Unnamed
from recommender.documents.vocabulary import JURISDICTIONS, TREATMENTS, Jurisdiction, Treatment
from recommender.knowledge.yaml_files import Location, YamlFile, read_yaml
from recommender.languages import SHIPPED, SOURCE

FILE = "consent.yaml"
_MOST_FILES: Final = 50
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]


class ConsentHeading(FrozenModel):
    """What stands above the sentences that name it."""

    id: Name
    heading: Unnamed[ForAll[Annotated[Text, Field(max_length=100)]]]


class ConsentSentence(FrozenModel):
    """One sentence to agree to, ``under`` a heading; ``jurisdictions`` where it is not for everywhere the form is used."""

    id: Name
    under: Name
    sentence: Unnamed[ForAll[Annotated[Text, Field(max_length=2000)]]]
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)] | None = None


class SourcedSentence(ConsentSentence):
    """A sentence of ours, with its sources."""

    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class ConsentForm(FrozenModel):
    """A form: its version, the sentences for everybody and those of each treatment.

    ``notice`` is shown with the form, wherever it is shown.
    """

    form: ForAll[Annotated[Text, Field(max_length=80)]]
    version: Annotated[Text, Field(max_length=40)]
    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)] = JURISDICTIONS
    notice: ForAll[Annotated[Text, Field(max_length=500)]] | None = None
    headings: Annotated[tuple[ConsentHeading, ...], Field(min_length=1, max_length=20)]
    general: tuple[ConsentSentence, ...] = ()
    treatments: Mapping[Treatment, Annotated[tuple[ConsentSentence, ...], Field(min_length=1)]]

    @property
    def parts(self) -> Iterator[tuple[str, tuple[ConsentSentence, ...]]]:
        """The name of each part, as an item's id begins with it, and its sentences."""
        yield "general", self.general
        yield from ((treatment, self.treatments[treatment]) for treatment in TREATMENTS if treatment in self.treatments)

    def heading(self, sentence: ConsentSentence) -> str:
        """What stands above a sentence."""
        return next(one.heading for one in self.headings if one.id == sentence.under)

    def problems(self, at: Callable[[Location], str]) -> Iterator[Problem]:
        """What no field shows to be wrong; ``at`` says where in a file a place is."""
        known = tuple(one.id for one in self.headings)
        for heading, times in Counter(known).items():
            if times > 1:
                yield Problem(at(("headings",)), f"the form '{self.form}' has the heading '{heading}' {times} times")
        for name, part in self.parts:
            place: Location = (name,) if name == "general" else ("treatments", name)
            for sentence, times in Counter(one.id for one in part).items():
                if times > 1:
                    yield Problem(at(place), f"the form '{self.form}' has the id '{sentence}' {times} times under '{name}'")
            done: list[str] = []
            for number, one in enumerate(part):
                if one.under not in known:
                    yield unknown_word(at((*place, number)), f"heading of '{one.id}'", one.under, known)
                if one.under in done[:-1]:
                    said = f"'{one.id}' stands apart from the other sentences under '{one.under}': put them together"
                    yield Problem(at((*place, number)), said)
                done = [*(before for before in done if before != one.under), one.under]
        count = sum(len(part) for _, part in self.parts)
        if count > MOST_ITEMS:
            yield Problem(at(()), f"the form '{self.form}' has {count} sentences: at most {MOST_ITEMS}")


class OurForm(ConsentForm):
    """A form that comes with the rules; ``limits`` says how far its words can be trusted."""

    jurisdictions: Annotated[tuple[Jurisdiction, ...], Field(min_length=1)]
    notice: ForAll[Text]
    general: Annotated[tuple[SourcedSentence, ...], Field(min_length=1)]
    treatments: Mapping[Treatment, Annotated[tuple[SourcedSentence, ...], Field(min_length=1)]]
    limits: ForNurses[Text]


class OwnForm(ConsentForm):
    """A form of the clinic's own: one file, in one language."""

    language: Annotated[Text, Field(max_length=10)] = SOURCE
    treatments: Annotated[Mapping[Treatment, Annotated[tuple[ConsentSentence, ...], Field(min_length=1)]], Field(min_length=1)]


class ConsentForms(FrozenModel):
    """The forms; each country has exactly one."""

    forms: Unnamed[Annotated[tuple[OurForm, ...], Field(min_length=1)]]

    def of(self, jurisdiction: Jurisdiction) -> OurForm:
        """The form of a country."""
        return next(form for form in self.forms if jurisdiction in form.jurisdictions)

    def problems(self) -> Iterator[Problem]:
        """What keeps a country from having one whole form: these stop loading."""
        given: Counter[str] = Counter(where for form in self.forms for where in form.jurisdictions)
        for where in JURISDICTIONS:
            if given[where] != 1:
                yield Problem(FILE, f"'{where}' has {given[where]} forms: each country has exactly one")
        for form in self.forms:
            yield from form.problems(lambda _: FILE)
            missing = [treatment for treatment in TREATMENTS if treatment not in form.treatments]
            for treatment in missing:
                yield Problem(FILE, f"the form '{form.form}' has no sentence about '{treatment}'")
            for name, part in form.parts:
                if all(one.jurisdictions for one in part):
                    yield Problem(FILE, f"the form '{form.form}' has no sentence under '{name}' that is for every country")


class OwnFormsError(RecommenderError):
    """The folder of the clinic's own consent forms is not valid."""

    heading = "The clinic's own consent forms cannot be used"


def read_own_forms(folder: Path) -> tuple[OwnForm, ...]:
    """The clinic's own forms, a file each, by name; raises OwnFormsError with everything that is wrong, and where."""
    if not folder.is_dir():
        raise OwnFormsError([Problem(str(folder), "is not a folder of consent forms")])
    problems = [
        Problem(one.name, "is not read: the name of a form's file ends in .yaml") for one in sorted(folder.glob("*.yml"))
    ]
    files = sorted(folder.glob("*.yaml"))
    if not files and not problems:
        problems.append(Problem(str(folder), "holds no consent form: each is a file that ends in .yaml"))
    if len(files) > _MOST_FILES:
        raise OwnFormsError([Problem(str(folder), f"holds {len(files)} files: at most {_MOST_FILES}")])
    found: dict[tuple[str, str, str], str] = {}
    forms: list[OwnForm] = []
    for path in files:
        file = read_yaml(path, path.name, what="a consent form")
        form = _own_form(file, problems)
        if form is None:
            continue
        named = (form.form, form.version, form.language)
        if named in found:
            said = f"'{form.form}', version {form.version}, stands in {found[named]} too: give this one another version"
            problems.append(Problem(file.where(("version",)), said))
        found[named] = path.name
        forms.append(form)
    if problems:
        raise OwnFormsError(problems)
    return tuple(sorted(forms, key=lambda one: (one.form, one.version)))


def _own_form(file: YamlFile, problems: list[Problem]) -> OwnForm | None:
    """The form of a file, or None; what is wrong is added to the problems."""
    problems += file.problems
    if file.problems:
        return None
    try:
        form = OwnForm.model_validate({} if file.data is None else file.data)
    except ValidationError as error:
        problems += problems_of(error, OwnForm, at=file.where)
        return None
    if form.language not in SHIPPED:
        problems.append(unknown_word(file.where(("language",)), "language", form.language, SHIPPED))
    problems += form.problems(file.where)
    return form
