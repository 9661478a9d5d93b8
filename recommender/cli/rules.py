"""``recommender rules``: read, check, print and sign the rule base."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from recommender.authoring.lengths import lengths
from recommender.authoring.mutation_testing import MutationTester
from recommender.authoring.rule_book import html_book, markdown_book
from recommender.authoring.scenarios import read_scenarios
from recommender.authoring.weakened import noticed_by
from recommender.cli.assess import answers_of_line, lines_of
from recommender.cli.commands import Commands
from recommender.cli.exit_codes import BAD_INPUT, GOT_WEAKER
from recommender.cli.files import answers_in, write
from recommender.cli.git_revision import folder_of
from recommender.cli.opened_records import need_the_records, opened
from recommender.cli.options import JurisdictionChoice, JurisdictionOption, RulesFolder
from recommender.cli.tables import table_text
from recommender.documents.answers import Answers
from recommender.documents.problems import Problem, RecommenderError, first_problems, nearest
from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge import Rule, RuleBase, load_rules, shipped_rules
from recommender.knowledge.certificate import properties_fingerprint, read_certificate
from recommender.knowledge.checks import issues
from recommender.knowledge.conditions import findings_of
from recommender.knowledge.overlays import mark_translated
from recommender.knowledge.rules import Find, HoldOn, Offer, Raise, Refer, Tell
from recommender.knowledge.signing import sign
from recommender.knowledge.yaml_files import as_yaml
from recommender.logic.circuit import SECOND_SOLVER, SOLVER
from recommender.proofs.certifying import as_html as certificate_page
from recommender.proofs.certifying import certify
from recommender.proofs.difference import difference
from recommender.proofs.difference_report import as_html, as_json, as_text
from recommender.proofs.exact import exact_issues, names_of
from recommender.proofs.general import GENERAL, AnyRules, Broken
from recommender.proofs.proof import Verdict, prove
from recommender.proofs.properties import FOLDER as PROPERTIES
from recommender.proofs.properties import read_properties
from recommender.proofs.replay import replay
from recommender.proofs.waivers import read_waivers

rules_app = typer.Typer(cls=Commands, help="Read, check, print and sign the rule base.", no_args_is_help=True)


class BookFormat(StrEnum):
    """What the rule book is written as."""

    MARKDOWN = "markdown"
    HTML = "html"


class CertificateFormat(StrEnum):
    """What a certificate is written as."""

    JSON = "json"
    HTML = "html"


class DifferenceFormat(StrEnum):
    """What a difference is written as."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


@rules_app.command("list")
def list_rules(*, rules: RulesFolder = None) -> None:
    """List every rule: what it concludes, and about whom.

    Example: recommender rules list
    """
    base = load_rules(rules)
    rows = ((rule.id, _conclusion(rule), rule.scope, rule.text.title) for rule in base.rules)
    typer.echo(table_text(("Rule", "Concludes", "About", "Title"), rows), nl=False)
    typer.echo(f"{len(base.rules)} rules, version {base.identity.version}, {base.identity.status}")


def _conclusion(rule: Rule) -> str:
    match rule.concludes:
        case Find(name=name):
            return f"finding {name}"
        case Offer(treatment=treatment):
            return f"offer {treatment}"
        case HoldOn(effect=effect, treatment=treatments):
            return f"{effect} {' + '.join(treatments)}"
        case Refer(to=to):
            return f"refer {to}"
        case Raise(urgency=urgency):
            return f"alert {urgency}"
        case Tell():
            return "note"


@rules_app.command("show")
def show_rule(identifier: Annotated[str, typer.Argument(metavar="ID")], *, rules: RulesFolder = None) -> None:
    """Show one rule as written, with the titles of its sources.

    Example: recommender rules show places.no-filler
    """
    base = load_rules(rules)
    found = {rule.id: rule for rule in base.every_rule}
    if identifier not in found:
        raise RecommenderError([Problem(identifier, "no rule has this id", (), nearest(identifier, found))])
    rule = found[identifier]
    typer.echo(f"# {rule.where} – {rule.status}; about the {rule.scope}")
    write(as_yaml(rule.text.model_dump(mode="json", exclude_none=True, exclude_defaults=True)).encode(), output=None)
    for source in rule.text.sources:
        cited = base.reference.sources[source]
        typer.echo(f"# {source}: {cited.title} ({cited.publisher}{f', {cited.year}' if cited.year else ''}); {cited.strength}")


@rules_app.command("check")
def check_rules(*, rules: RulesFolder = None) -> None:
    """Load the rules and report what should be mended; exit 2 if anything should.

    Example: recommender rules check
    """
    base = load_rules(rules)
    found = issues(base)
    for problem in first_problems(found):
        typer.echo(str(problem), err=True)
    if found:
        typer.echo(f"{len(found)} issue{'s' * (len(found) != 1)}", err=True)
        raise typer.Exit(BAD_INPUT)
    examples = sum(len(rule.text.examples) for rule in base.rules)
    typer.echo(f"{len(base.rules)} rules with {examples} examples: no issue")


@rules_app.command("graph")
def graph_rules(*, rules: RulesFolder = None) -> None:
    """Print how findings chain from rule to rule, as a Mermaid graph.

    Example: recommender rules graph > graph.mmd
    """
    for line in _graph(load_rules(rules)):
        typer.echo(line)


def _graph(rules: RuleBase) -> Iterator[str]:
    yield "graph LR"
    for rule in rules.rules:
        node = rule.id.replace(".", "_").replace("-", "_")
        read = sorted(findings_of(rule.when))
        if read or rule.finds:
            yield f'  {node}["{rule.id}"]'
            yield from (f"  {name}([{name}]) --> {node}" for name in read)
            if rule.finds:
                yield f"  {node} --> {rule.finds}([{rule.finds}])"
            else:
                yield f'  {node} --> {node}_out["{_conclusion(rule)}"]'


@rules_app.command("book")
def print_book(
    *,
    format: Annotated[BookFormat, typer.Option(help="Markdown or HTML.")] = BookFormat.MARKDOWN,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
    rules: RulesFolder = None,
) -> None:
    """Print every rule in words that a clinician can read and sign off line by line.

    Example: recommender rules book --format html --output rulebook.html
    """
    base = load_rules(rules)
    text = markdown_book(base) if format is BookFormat.MARKDOWN else html_book(base)
    write(text.encode(), output=output, rules=rules, private=False)


@rules_app.command("sign")
def sign_rule(
    identifier: Annotated[str, typer.Argument(metavar="ID")],
    *,
    name: Annotated[str, typer.Option(help="The reviewer's name.")],
    role: Annotated[str, typer.Option(help="The reviewer's role, such as nurse prescriber.")],
    registration: Annotated[str, typer.Option(help="The reviewer's professional registration.")],
    rules: RulesFolder = None,
) -> None:
    """Sign the present text of one rule; a rule that changes afterwards is a draft again by itself.

    Example: recommender rules sign places.no-filler --name "…" --role "…" --registration "…"
    """
    signature = sign(rules or shipped_rules(), identifier, name=name, role=role, registration=registration, on=date.today())
    typer.echo(f"{identifier} signed by {signature.name}, {signature.role} ({signature.registration}) on {signature.signed_on}")


@rules_app.command("translated")
def mark_translated_rules(
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", help="Such as es.")],
    *,
    renewed: Annotated[
        bool, typer.Option("--renewed", help="Also those whose English text has changed: they were looked at again.")
    ] = False,
    rules: RulesFolder = None,
) -> None:
    """Write down from which English text each translation was made, so that a later change of the English is noticed.

    Example: recommender rules translated es
    """
    folder = rules or shipped_rules()
    base = load_rules(folder)
    new = mark_translated(folder, language, base.every_rule, base.reference, renewed=renewed)
    typer.echo(f"{language}: {new} text{'s' * (new != 1)} written down")


@rules_app.command("readability")
def rules_readability(*, jurisdiction: JurisdictionOption = JurisdictionChoice.OTHER, rules: RulesFolder = None) -> None:  # type: ignore[attr-defined]
    """Print how hard the sentences are that patients read, by kind of text, and how long the results are before a fold.

    Example: recommender rules readability --jurisdiction au
    """
    try:
        from recommender.authoring.readability import readings  # noqa: PLC0415 (only this command needs the library of formulas behind it)
    except ImportError as error:
        raise RecommenderError([Problem(str(error.name), "is missing: pip install -r requirements/dev.txt")]) from None
    base, where = load_rules(rules), cast("Jurisdiction", jurisdiction.value)
    columns = ("What", "Texts", "Words a sentence", "Mean grade", "95 % are below", "The hardest")
    found = readings(base, where)
    figures = ([f"{figure:.1f}" for figure in (one.words_a_sentence, one.mean, one.high)] for one in found)
    rows = ([one.kind, str(one.texts), *told, one.hardest] for one, told in zip(found, figures, strict=True))
    typer.echo(table_text(columns, rows), nl=False)
    results = ([one.kind, str(one.people), str(one.words), str(one.most), one.longest] for one in lengths(base, where))
    typer.echo(table_text(("Result", "People", "Most words before a fold", "At most", "The longest"), results), nl=False)


@rules_app.command("prove")
def prove_rules(*, rules: RulesFolder = None) -> None:
    """Decide every safety property for everybody; exit 2 if one is broken, with the smallest person for whom it fails.

    Example: recommender rules prove
    """
    folder, base = rules or shipped_rules(), load_rules(rules)
    properties = read_properties(folder, base)
    waivers = read_waivers(folder, names_of(base))
    broken = [verdict for verdict in prove(base, properties) if not verdict.proved]
    for verdict in broken:
        typer.echo(f"{verdict.about.where}: {verdict.about.id} is broken: {verdict.about.text.title}", err=True)
        typer.echo(f"for this person, {_confirms(verdict)}: {verdict.answers_text}", err=True)
    of_any = AnyRules(base, waivers)
    against = list(of_any.broken())
    for one in against:
        typer.echo(f"{one.about.where}: {one.about.id} is broken by {one.name}: {one.about.title}", err=True)
        typer.echo(f"for this person, {_confirms(one)}: {one.answers_text}", err=True)
    needless = list(of_any.needless())
    for waiver in needless:
        typer.echo(f"{waiver.where}: nothing is broken that this lets stand ({waiver.text.check}): take it away", err=True)
    idle = list(exact_issues(base, waivers))
    for problem in idle:
        typer.echo(str(problem), err=True)
    failed = len({one.about.id for one in against})
    typer.echo(
        f"{len(properties)} properties of {len(base.rules)} rules: {len(properties) - len(broken)} proved for everybody; "
        f"{len(GENERAL)} of any rules: {len(GENERAL) - failed} proved, {len(waivers)} exceptions declared; "
        f"each by {SOLVER} and {SECOND_SOLVER}"
    )
    if broken or against or needless or idle:
        raise typer.Exit(BAD_INPUT)


def _confirms(found: Verdict | Broken) -> str:
    return "as recommender assess confirms" if found.confirmed else "which recommender assess does NOT confirm"


@rules_app.command("certify")
def certify_rules(
    *,
    format: Annotated[CertificateFormat, typer.Option(help="JSON or HTML.")] = CertificateFormat.JSON,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
    verify: Annotated[Path | None, typer.Option(help="Say whether this certificate is of these rules.")] = None,
    rules: RulesFolder = None,
) -> None:
    """Prove all of it for exactly these rules and write that down; exit 2 with what is not so.

    Example: recommender rules certify --output rules/certificate.json
    """
    folder, base = rules or shipped_rules(), load_rules(rules)
    if verify is not None:
        found = read_certificate(verify, fingerprint=base.fingerprint, properties=properties_fingerprint(folder))
        proved = len(found.properties) + len(found.any_rules)
        typer.echo(f"of exactly these rules: {proved} properties proved on {found.proved_on.isoformat()}")
        return
    certificate = certify(folder, base, on=date.today())
    written = certificate.model_dump_json(by_alias=True, indent=2) + "\n"
    written = certificate_page(certificate) if format is CertificateFormat.HTML else written
    write(written.encode(), output=output, rules=rules, private=False)


@rules_app.command("diff")
def compare_rules(
    old: Annotated[str, typer.Argument(help="A folder of rules, or a git revision of the folder of the new ones.")],
    new: Annotated[Path | None, typer.Argument(help="A folder of rules (default: those shipped).")] = None,
    *,
    format: Annotated[DifferenceFormat, typer.Option(help="How to write it.")] = DifferenceFormat.TEXT,  # noqa: A002
    places: Annotated[int | None, typer.Option(min=0, help="For everybody with so many places (default: enough).")] = None,
    on: Annotated[
        str | None, typer.Option(help="Count what changes for the people of an answers document, or of a .jsonl file.")
    ] = None,
    records: Annotated[bool, typer.Option("--records", help="Count what changes for the signed records.")] = False,
    output: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
) -> None:
    """Say what two versions of the rules conclude otherwise, for anybody, and through which rules; exit 1 if it is weaker.

    Example: recommender rules diff v1.0 --format json
    """
    folder = new or shipped_rules()
    with folder_of(old, folder) as before:
        earlier, later = load_rules(before), load_rules(folder)
    found = difference(earlier, later, places=places)
    people = [*(_people_in(on) if on is not None else ()), *(_people_of_records() if records else ())]
    replayed = replay(earlier, later, people) if records or on is not None else None
    match format:
        case DifferenceFormat.HTML:
            written = as_html(found, earlier, later, replayed)
        case DifferenceFormat.JSON:
            written = as_json(found, replayed)
        case _:
            written = as_text(found, replayed)
    write(written.encode(), output=output, answers=on, rules=new, private=False)
    if found.weaker:
        raise typer.Exit(GOT_WEAKER)


def _people_in(file: str) -> Iterator[Answers]:
    """The people of a file: one, or one a line."""
    if not file.endswith(".jsonl"):
        yield answers_in(file)
        return
    for number, line in enumerate(lines_of(Path(file)), start=1):
        if line.strip():
            yield answers_of_line(line, f"{file}:{number}", None)


def _people_of_records() -> list[Answers]:
    need_the_records()
    from recommender.cli.patients import keeper  # noqa: PLC0415 (loads the database, which only this needs)
    from recommender.records.reports.agreement import answers_of_visits  # noqa: PLC0415

    with opened() as store:
        return list(answers_of_visits(store, by=keeper()))


@rules_app.command("mutate")
def mutate_rules(
    *,
    scenarios: Annotated[Path, typer.Option(help="Folder of whole-patient scenarios.")] = Path("tests/scenarios"),
    every: Annotated[int, typer.Option(min=1, help="Try each N-th change only.")] = 1,
    minimum: Annotated[float, typer.Option(help="Exit 2 if fewer per cent are noticed.")] = 95.0,
    properties_minimum: Annotated[
        float, typer.Option(help="Exit 2 if the properties alone notice fewer per cent of what weakens safety.")
    ] = 90.0,
    rules: RulesFolder = None,
) -> None:
    """Change each rule in one place at a time; list what no example, scenario or (where it is weaker) property notices.

    Example: recommender rules mutate --every 10
    """
    base = load_rules(rules)
    tried = list(MutationTester(base, read_scenarios(scenarios)).try_all(every=every))
    missed = [one.mutant for one in tried if one.noticed_by is None]
    for mutant in missed:
        typer.echo(f"not noticed: {mutant.rule.id}: {mutant.what}")
    score = 100 * (len(tried) - len(missed)) / len(tried)
    by_example = sum(one.noticed_by == "example" for one in tried)
    typer.echo(
        f"{len(tried)} changes of {len(base.rules)} rules: {score:.1f} % noticed "
        f"({by_example} by examples, {len(tried) - by_example - len(missed)} by scenarios)"
    )
    if score < minimum or _noticed_by_properties(rules or shipped_rules(), base) < properties_minimum:
        raise typer.Exit(BAD_INPUT)


def _noticed_by_properties(folder: Path, base: RuleBase) -> float:
    """Of a hundred changes that weaken safety, how many the properties notice: all, where there is no property to ask."""
    if not (folder / PROPERTIES).is_dir():
        return 100.0
    found = noticed_by(base, read_properties(folder, base))
    for mutant in found.missed:
        typer.echo(f"not noticed by a property: {mutant.rule.id}: {mutant.what}")
    typer.echo(f"{len(found.tried)} changes that weaken safety: {found.score:.1f} % noticed by the properties alone")
    return found.score
