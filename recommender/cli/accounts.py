"""``recommender accounts``: who may sign in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from recommender.cli.commands import Commands
from recommender.cli.opened_records import need_the_records, opened
from recommender.cli.tables import table_text
from recommender.documents.problems import Problem, RecommenderError

if TYPE_CHECKING:
    from recommender.records.accounts.accounts import Accounts
    from recommender.records.storage.record_store import RecordStore

accounts_app = typer.Typer(
    cls=Commands,
    help="Who may sign in, and in which role. There is no account until one is added.",
    no_args_is_help=True,
    callback=need_the_records,
)
Login = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input instead of asking for it.")
]


def _accounts(store: RecordStore) -> Accounts:
    from recommender.records.accounts.accounts import Accounts  # noqa: PLC0415 (the database is loaded by the commands that need it)
    from recommender.records.accounts.passwords import Passwords  # noqa: PLC0415

    return Accounts(store, Passwords())


@accounts_app.command("add")
def add_account(
    login: Login,
    *,
    role: Annotated[str, typer.Option(help="nurse, prescriber, lead or admin.")],
    name: Annotated[str, typer.Option(help="The name as it stands in records (default: the one to sign in with).")] = "",
    registration: Annotated[
        str, typer.Option(help="The number under which they are registered in their profession, for documents.")
    ] = "",
    password_stdin: FromInput = False,
    oidc: Annotated[
        bool, typer.Option("--oidc", help="No password: the clinic's own provider opens it; NAME is the e-mail it verified.")
    ] = False,
) -> None:
    """Add an account; the password is asked for twice.

    Example: recommender accounts add ward.nurse --role nurse
    """
    from recommender.records.accounts.accounts import as_login, role_named  # noqa: PLC0415
    from recommender.records.accounts.passwords import refuse_a_weak_password  # noqa: PLC0415

    chosen, login = role_named(role), as_login(login)  # before anybody types a password for nothing
    password = "" if oidc else _password(from_input=password_stdin)
    if not oidc:
        refuse_a_weak_password(password, login)
    with opened() as store:
        accounts = _accounts(store)
        if oidc:
            account = accounts.add_for_provider(login, role=chosen, name=name, registration=registration)
        else:
            account = accounts.add(login, password, role=chosen, name=name, registration=registration)
    typer.echo(f"{account.login} added as {account.role}")


@accounts_app.command("list")
def list_accounts() -> None:
    """List every account with its role, and whether it is open.

    Example: recommender accounts list
    """
    with opened() as store:
        found = _accounts(store).all()
    if not found:
        typer.echo("There is no account yet: recommender accounts add NAME --role ROLE")
        return
    rows = ((one.login, one.role, one.name, one.registration, "yes" if one.active else "no") for one in found)
    typer.echo(table_text(("Name", "Role", "In records", "Registration", "Open"), rows), nl=False)


@accounts_app.command("role")
def change_role(login: Login, role: Annotated[str, typer.Argument(help="nurse, prescriber, lead or admin.")]) -> None:
    """Give somebody another role and sign them out everywhere.

    Example: recommender accounts role ward.nurse prescriber
    """
    from recommender.records.accounts.accounts import role_named  # noqa: PLC0415

    chosen = role_named(role)
    with opened() as store:
        account = _accounts(store).change_role(login, chosen)
    typer.echo(f"{account.login} is {account.role} now, and signed out everywhere")


@accounts_app.command("registration")
def set_registration(
    login: Login, number: Annotated[str, typer.Argument(help="As the register has it; '' takes it away.")]
) -> None:
    """Set the number under which somebody is registered in their profession, and sign them out everywhere.

    Example: recommender accounts registration ward.nurse 12A3456B
    """
    with opened() as store:
        account = _accounts(store).set_registration(login, number)
    said = f"is registered under {account.registration}" if account.registration else "has no registration number"
    typer.echo(f"{account.login} {said} now, and is signed out everywhere")


@accounts_app.command("password")
def change_password(login: Login, *, password_stdin: FromInput = False) -> None:
    """Give somebody a new password, end a lock-out and sign them out everywhere.

    Example: recommender accounts password ward.nurse
    """
    password = _password(from_input=password_stdin)
    with opened() as store:
        account = _accounts(store).set_password(login, password)
    typer.echo(f"{account.login} has a new password, and is signed out everywhere")


@accounts_app.command("unlink")
def unlink_account(login: Login) -> None:
    """Forget whose account at the clinic's own provider it is: whoever comes next with its verified e-mail has it.

    Example: recommender accounts unlink nurse@clinic.example
    """
    with opened() as store:
        account = _accounts(store).unlink(login)
    typer.echo(f"{account.login} is linked to nobody, and signed out everywhere")


@accounts_app.command("shut")
def shut_account(login: Login) -> None:
    """Shut an account and sign it out everywhere; what it signed stays.

    Example: recommender accounts shut ward.nurse
    """
    with opened() as store:
        account = _accounts(store).set_active(login, active=False)
    typer.echo(f"{account.login} is shut, and signed out everywhere")


@accounts_app.command("open")
def open_account(login: Login) -> None:
    """Open an account again that was shut.

    Example: recommender accounts open ward.nurse
    """
    with opened() as store:
        account = _accounts(store).set_active(login, active=True)
    typer.echo(f"{account.login} is open")


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise RecommenderError([Problem("password", "is asked for on a terminal: use one, or --password-stdin")])
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt="The same again"))
