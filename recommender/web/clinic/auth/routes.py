"""The HTTP routes of signing in. They are no Streamlit pages, because a page cannot set an HttpOnly cookie."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from html import escape
from string import Template
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import get_option

from recommender.documents.problems import RecommenderError
from recommender.languages import current, not_reviewed, speak
from recommender.records.accounts.sign_ins import SignInRefused
from recommender.records.errors import KeyProblem, RecordsError, StorageError
from recommender.records.storage.key_files import cookie_secret
from recommender.web import page_head, words
from recommender.web.assets import asset
from recommender.web.clinic.auth import provider
from recommender.web.clinic.auth import words as said
from recommender.web.clinic.auth.access import COOKIE, first_page, may_see
from recommender.web.clinic.stores import accounts, record_store, sign_ins
from recommender.web.server.base_path import base_path
from recommender.web.server.origin import is_cross_origin, is_https
from recommender.web.state.languages import lang_attribute, preferred
from recommender.web.state.write_lock import write_lock
from recommender.web.streamlit_port.undocumented import PROVIDER_COOKIES

SIGN_IN: Final = "/staff/sign-in"
FIRST_START: Final = "/staff/first-start"
CODE_VARIABLE: Final = "RECOMMENDER_FIRST_START"
Wrong = tuple[str, str]  # the name of a field, "" for none, and a sentence; "" where it is said at another field
_NAMED: Final = {"name": "name", "password": "password", "shown name": "shown"}  # what a problem names → its field
_LONGEST: Final = 4096  # bytes of a form; a name and two passwords have far fewer
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # so that the browser says which site a form was sent from
}
_PAGE: Final = Template(asset(__file__, "sign_in.html"))


class FirstStart:
    """The link to the first account: it works while there is no account and this process runs. Only its hash is kept.

    Several processes on one port are given one code for it (``CODE_VARIABLE``).
    """

    def __init__(self) -> None:
        self._hash = b""

    def link(self, base: str) -> str | None:
        """A new link, which ends the one before; None where there is an account already."""
        if not accounts().were_never_any():
            return None
        code = os.environ.get(CODE_VARIABLE) or secrets.token_urlsafe(24)
        self._hash = hashlib.sha256(code.encode()).digest()
        return f"{base}{FIRST_START}/{code}"

    def opens(self, code: str) -> bool:
        """Whether this is the code of the link, and there is no account yet."""
        fits = hmac.compare_digest(hashlib.sha256(code.encode()).digest(), self._hash)
        return fits and accounts().were_never_any()

    def add(self, code: str, login: str, password: str, *, name: str) -> bool:
        """Add the first account, if the link is still valid; of several requests at once only one does."""
        with write_lock():
            if not self.opens(code):
                return False
            accounts().add(login, password, role="admin", name=name)
            return True


first_start: Final = FirstStart()


def open_records() -> None:
    """Open the records as the application starts, and print the link to the first account where there is none.

    Where the records cannot be opened, staff cannot sign in; the form goes on, and the log says why.
    """
    base = f"http://{get_option('browser.serverAddress')}:{get_option('server.port')}{base_path()}"
    try:
        if provider.configured_provider() is not None:
            cookie_secret()
        link = first_start.link(base)
    except RecordsError as error:
        _log(error)
        return
    if link:
        print(said.FIRST_START.format(link=link), flush=True)  # noqa: T201 (for whoever starts the application)


async def sign_in(request: Request) -> Response:
    """GET and POST of the sign-in form."""
    speak(_language_of(request))
    if request.method != "POST":
        why = {"out": said.OUT, "idle": said.IDLE}.get(request.query_params.get("why", ""), "")
        return await run_in_threadpool(_sign_in_form, why)
    form, refused = await _form_of(request)
    if form is None:
        return _sign_in_page(wrong=[("", refused)], status=403)
    return await run_in_threadpool(_signed_in, request, form)


def _sign_in_form(why: str) -> Response:
    try:
        record_store().end()
    except RecordsError as error:
        return _unavailable(error)
    return _sign_in_page(note=why)


def _signed_in(request: Request, form: FormData) -> Response:
    source = request.client.host if request.client else ""
    before = request.cookies.get(COOKIE, "")
    try:
        held = sign_ins().session_of(before)
        token = sign_ins().sign_in(_text(form, "name"), _text(form, "password"), source=source)
        staff = sign_ins().who(token)
        sign_ins().sign_out(before)
    except SignInRefused:
        return _sign_in_page(wrong=[("name", said.REFUSED), ("password", "")], status=401)
    except RecordsError as error:
        return _unavailable(error)
    page = first_page(staff.role) if staff else "me"
    if held is not None and held.held and may_see(staff, "treat"):  # back to where the form was given to the patient
        page = f"treat&record={held.held}"
    answer = RedirectResponse(f"{base_path()}/?step={page}", status_code=303, headers=_HEADERS)
    answer.set_cookie(
        COOKIE,
        token,
        path=base_path() or "/",
        httponly=True,
        samesite="strict",
        secure=is_https(request.headers, request.url.scheme),
    )
    for name in request.cookies:
        if name.startswith(PROVIDER_COOKIES):  # whoever signs in here is not who came from the provider before
            answer.delete_cookie(name, path=base_path() or "/")
    return answer


async def first_account(request: Request) -> Response:
    """GET and POST of the form for the first account."""
    speak(_language_of(request))
    code = request.path_params["code"]
    if request.method != "POST":
        return await run_in_threadpool(_first_page, code)
    form, refused = await _form_of(request)
    if form is None:
        return _page(said.FIRST, _summary([("", refused)]), status=403, wrong=True)
    return await run_in_threadpool(_first_added, code, form)


def _first_added(code: str, form: FormData) -> Response:
    try:
        if not first_start.opens(code):
            return _first_page(code)
        if _text(form, "password") != _text(form, "again"):
            return _first_page(code, wrong=[("again", said.DIFFERENT)], typed=form)
        if not first_start.add(code, _text(form, "name"), _text(form, "password"), name=_text(form, "shown")):
            return _first_page(code)
    except (KeyProblem, StorageError) as error:
        return _unavailable(error)
    except RecommenderError as error:
        wrong = [(_NAMED.get(one.where, ""), str(one)) for one in error.problems]
        return _first_page(code, wrong=wrong, typed=form)
    return RedirectResponse(f"{base_path()}{SIGN_IN}", status_code=303, headers=_HEADERS)


def routes() -> list[Route]:
    """Every route of the clinic."""
    return [
        Route(SIGN_IN, sign_in, methods=["GET", "POST"]),
        Route(f"{FIRST_START}/{{code}}", first_account, methods=["GET", "POST"]),
    ]


def _language_of(request: Request) -> str:
    """The language that the visitor's browser asks for: here it is all that is known of it."""
    return preferred(request.headers.get("accept-language", ""))


async def _form_of(request: Request) -> tuple[FormData | None, str]:
    """The form data, if the request comes from this site; else None and why it is refused."""
    if is_cross_origin(request.headers, request.url.scheme):
        return None, said.ELSEWHERE
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _LONGEST:
        return None, said.REFUSED
    return await request.form(max_files=0, max_fields=10), ""


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _sign_in_page(*, note: str = "", wrong: Sequence[Wrong] = (), status: int = 200) -> Response:
    name = _field("name", said.NAME, "username", wrong=wrong)
    fields = name + _field("password", said.PASSWORD, "current-password", kind="password", wrong=wrong)
    lead = f"<p class='hint'>{escape(note or said.SIGN_IN_LEAD)}</p>"
    form = f"<form method='post' action='{base_path()}{SIGN_IN}'>{fields}<button>{escape(said.SIGN_IN)}</button></form>"
    if provider.is_on():
        form += f"<a class='button other' href='{base_path()}/?step=records'>{escape(said.WITH_PROVIDER)}</a>"
    return _page(said.SIGN_IN, _summary(wrong) + lead + form + _to_the_form(), status=status, wrong=bool(wrong))


def _first_page(code: str, *, wrong: Sequence[Wrong] = (), typed: FormData | None = None) -> Response:
    try:
        is_open = first_start.opens(code)
    except RecordsError as error:
        return _unavailable(error)
    if not is_open:
        return _page(said.FIRST_OVER, f"<p>{escape(said.FIRST_OVER_LEAD)}</p>", status=404)
    shown, name = (_text(typed, "shown"), _text(typed, "name")) if typed else ("", "")
    fields = (
        _field("shown", said.FIRST_NAME, "name", value=shown, wrong=wrong)
        + _field("name", said.NAME, "username", value=name, wrong=wrong)
        + _field("password", said.PASSWORD, "new-password", kind="password", hint=said.PASSWORD_HINT, wrong=wrong)
        + _field("again", said.AGAIN, "new-password", kind="password", wrong=wrong)
    )
    form = f"<form method='post'>{fields}<button>{escape(said.FIRST_ADD)}</button></form>"
    lead = f"<p class='hint'>{escape(said.FIRST_LEAD)}</p>"
    return _page(said.FIRST, _summary(wrong) + lead + form, status=422 if wrong else 200, wrong=bool(wrong))


def _unavailable(error: RecordsError) -> Response:
    """The page for records that cannot be opened; the reason names files, so it is only in the log."""
    _log(error)
    return _page(said.SHUT, f"<p>{escape(said.SHUT_LEAD)}</p>{_to_the_form()}", status=503)


def _to_the_form() -> str:
    return f"<p><a href='{base_path()}/'>{escape(said.TO_THE_FORM)}</a></p>"


def _log(error: RecordsError) -> None:
    print(f"{said.SHUT}: {error}", flush=True)  # noqa: T201 (the log of the server)


def _page(title: str, body: str, *, status: int = 200, wrong: bool = False) -> HTMLResponse:
    note = f"<p class='hint'>{escape(not_reviewed())}</p>" if not_reviewed() else ""
    told = {
        "language": lang_attribute(current()),
        "title": escape(title),
        "product": escape(words.PRODUCT),
        "icon": page_head.ICON,
    }
    mark = f"{words.ERROR}: " if wrong else ""
    page = _PAGE.substitute(told, mark=escape(mark), body=body + note)
    return HTMLResponse(page, status_code=status, headers=_HEADERS)


def _field(
    name: str, label: str, autocomplete: str, *, kind: str = "text", hint: str = "", value: str = "", wrong: Sequence[Wrong]
) -> str:
    """A field with its label, its hint, what stands in it, and what is wrong with that; hint and error are tied to it."""
    sentences = [sentence for field, sentence in wrong if field == name]
    told = f"<p class='hint' id='{name}-hint'>{escape(hint)}</p>" if hint else ""
    if any(sentences):
        told += f"<p class='wrong' id='{name}-error'>{escape(f'{words.ERROR}: ' + ' '.join(sentences))}</p>"
    refers = " ".join([f"{name}-error"] * any(sentences) + [f"{name}-hint"] * bool(hint))
    state = f" aria-describedby='{refers}'" * bool(refers) + " aria-invalid='true'" * bool(sentences)
    return (
        f"<label for='{name}'>{escape(label)}</label>{told}"
        f"<input id='{name}' name='{name}' type='{kind}' autocomplete='{autocomplete}' maxlength='200' "
        f"value='{escape(value)}' required{state}>"
    )


def _summary(wrong: Sequence[Wrong]) -> str:
    """What is wrong, on top: it has the focus when the page opens, and each line leads to its field."""
    lines = "".join(
        f"<li><a href='#{field}'>{escape(sentence)}</a></li>" if field else f"<li>{escape(sentence)}</li>"
        for field, sentence in wrong
        if sentence
    )
    head = f"<h2>{escape(words.ERRORS_TITLE)}</h2>"
    return f"<div class='error' role='alert' tabindex='-1' autofocus>{head}<ul>{lines}</ul></div>" if lines else ""
