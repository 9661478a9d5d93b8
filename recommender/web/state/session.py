"""One rerun of a visitor's session: the rules, their draft and page. The address holds a token and a page, never an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, Protocol

import streamlit as st

from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge.voice import Voice
from recommender.languages import speak
from recommender.records.domain.permissions import Act, NotAllowed
from recommender.records.visits.consultations import Conflict
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.auth.access import may, signed_in
from recommender.web.clinic.records.record_drafts import RecordDrafts
from recommender.web.patient.journey import CONSULTATION, START, DraftResult, Journey
from recommender.web.server.base_path import base_path
from recommender.web.state import device, languages
from recommender.web.state.address import ADDRESS, CHECKING, FROM, PATIENT, RECORD, STEP
from recommender.web.state.device import LeftOff, own_drafts
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import is_token, new_token
from recommender.web.state.form_errors import forget_errors
from recommender.web.state.installation import own_country, rules
from recommender.web.state.write_lock import write_lock

NOT_KEPT: Final = "not-kept"
LEFT: Final = "left"  # the page timed out
FINISHED: Final = "finished"  # the answers were deleted by whoever gave them
Whose = Literal["nobody", "patient", "nurse", "record"]
#: the permission to open a nurse's draft or a record; a patient needs none for their own draft
_NEEDED: Final[Mapping[Whose, Act]] = {"nurse": "write a draft", "record": "read records"}
_TRIES: Final = 20
_CONCLUDED: Final = "concluded"
SAID: Final = "said"  # the summary of a nurse's page with its explanation, for as long as nothing changes
_OF_NURSES: Final = (_CONCLUDED, SAID)
_RECORD: Final = "record-open"


class Drafts(Protocol):
    """Where a draft is read from and saved to: the drafts of a day, or the records."""

    def load(self, token: str, /) -> dict[str, Any] | None:
        """What is kept there, or None."""

    def update(self, token: str, content: Mapping[str, Any], /) -> bool:
        """Keep it; False where it was deleted meanwhile."""


class Visit:
    """The draft that the address names, read from the store on every rerun: widgets only show it.

    ``staff`` is whoever is signed in. Where the address names a record that they may read, its findings are the draft.
    What they may not read is never held here: it is ``withheld``, and no page and no action finds it.
    """

    def __init__(self) -> None:
        self.rules = rules()
        self.staff = signed_in()
        self.record, self._token, self.draft = "", "", Draft()
        self._own = own_drafts()
        self._drafts: Drafts = self._own
        self.expired = self.deleted = self.withheld = False
        self._open(st.query_params.get(RECORD, ""), st.query_params.get(ADDRESS, ""))
        self.cleared = ""  # where the browser goes once the answers are deleted, so that it forgets them
        self._speak(self._turned() or self._reads())

    def _speak(self, language: str) -> None:
        self.language = language
        speak(language)
        self.rules = rules().in_language(language)

    def _open(self, record: str, token: str) -> None:
        """Open what the address names, a record before a draft."""
        given = record or token
        if record and not may(self.staff, _NEEDED["record"]):
            self.withheld = True
            return
        if not is_token(given):
            return
        if record and self.staff is not None:
            self._drafts = RecordDrafts(self.staff, self.rules)
        content = self._drafts.load(given)
        self._token, self.record, self.draft = given, record, Draft(content)
        if content is None:
            self._is_gone()
        self._withhold()

    def authorise(self) -> None:
        """Look up again who is signed in, and drop what they may not read: after every change, before anything is shown."""
        self.staff = signed_in()
        if self.record and self.staff is not None:
            self._drafts = RecordDrafts(self.staff, self.rules)
        self._withhold()

    def _withhold(self) -> None:
        needed = _NEEDED.get(self.whose)
        if needed is not None and not may(self.staff, needed):
            self._let_go_of_it(withheld=True)

    def _let_go_of_it(self, *, withheld: bool = False) -> None:
        self.record, self._token, self.draft, self._drafts, self.withheld = "", "", Draft(), self._own, withheld

    def hold(self, record: str) -> None:
        """Name the record whose consent form the patient holds, whatever the address names; nobody counts as signed in."""
        self._let_go_of_it()
        self._token = self.record = record

    @property
    def whose(self) -> Whose:
        """Whose draft this is, or that it is a record."""
        if self.record:
            return "record"
        if self.is_nurses:
            return "nurse"
        return "patient" if self._token else "nobody"

    def _turned(self) -> str:
        """The language whose button was just pressed, saved in the draft or the address; empty where none was."""
        pressed = languages.chosen_by_button()
        if pressed:
            st.query_params[languages.LANGUAGE] = pressed
            if self._token and not self.record:
                self.language = pressed
                self.change(lambda: True)
        return pressed

    def _reads(self) -> str:
        """The language of a patient's draft, else the one in the address, else the one that the browser asks for."""
        kept = "" if self.is_nurses or self.draft.language not in languages.offered() else self.draft.language
        return kept or languages.named() or languages.browser_language()

    @property
    def voice(self) -> Voice:
        """The wording for whoever fills in the draft."""
        return self.rules.voice(self.draft.respondent, self.jurisdiction)

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Whose rules apply: those of the country that the patient named, else of the installation's."""
        return self.draft.country or self.rules.jurisdiction

    @property
    def emergency_number(self) -> str:
        """Whom to call in an emergency: every number, as long as the country is not known."""
        return self.voice.reference.wording.emergency_number.of(self.jurisdiction)

    @property
    def step_name(self) -> str:
        """The page named in the address."""
        return st.query_params.get(STEP, START)

    @property
    def is_checking(self) -> bool:
        """Whether the person came from the check of the answers to change one."""
        return st.query_params.get(CHECKING) == "1"

    @property
    def came_from(self) -> str:
        """The page from which How this works was opened."""
        return st.query_params.get(FROM, START)

    @property
    def token(self) -> str:
        """The token of the draft or the id of the record; empty where nothing was begun."""
        return self._token

    @property
    def has_begun(self) -> bool:
        """Whether there is anything to go on with."""
        return bool(self._token)

    @property
    def is_nurses(self) -> bool:
        """Whether the draft is a nurse's."""
        return self.draft.respondent == "nurse"

    def key(self, name: str) -> str:
        """The key of a field of this draft alone: another draft in the same browser has its own."""
        return _own(name, self._token)

    def journey(self) -> Journey:
        """The pages for the draft as it is; what the rules conclude is computed once for the same answers."""
        chosen = self.draft.chosen
        said: tuple[str, DraftResult] | None = st.session_state.get(_CONCLUDED)
        if said is None or said[0] != chosen or said[1].rules is not self.rules:
            said = st.session_state[_CONCLUDED] = (chosen, DraftResult(self.rules, self.draft))
        return Journey(self.rules, self.draft, concluded=said[1], asks_country=own_country() is None)

    def forget_others(self) -> None:
        """Clear the session state of a record once another one or none is open: it holds whole documents."""
        last: str = st.session_state.get(_RECORD, "")
        if last and last != self.record:
            end = _own("", last)
            for key in [key for key in st.session_state if str(key).endswith(end)]:
                del st.session_state[key]
            for key in _OF_NURSES:
                st.session_state.pop(key, None)
        st.session_state[_RECORD] = self.record

    def let_go(self) -> None:
        """Release large objects between two reruns; not on a nurse's page, which shows the result on every rerun."""
        said: tuple[str, DraftResult] | None = st.session_state.get(_CONCLUDED)
        if said is not None and not self.is_nurses:
            said[1].let_go()

    @property
    def patient(self) -> str:
        """The id of the patient whom the address names."""
        return st.query_params.get(PATIENT, "")

    def change(self, step: Callable[[], bool]) -> None:
        """Apply a step to the draft as it is stored now, and save it if the step says that it changed anything.

        A lock keeps other reruns out meanwhile; where another server was first, the step is applied again to what that one
        saved. Where a record refuses the change, the draft is read again from the record, and a message says so. A draft that
        was deleted meanwhile, in another window, stays deleted.
        """
        with write_lock():
            refused = self._changed(step)
            if refused:
                self._read_anew()
                st.session_state[self.key(NOT_KEPT)] = clinic_words.NOT_KEPT.format(why=refused)

    def _changed(self, step: Callable[[], bool]) -> str:
        """Apply the step and save; why that was refused, else empty."""
        for _ in range(_TRIES):
            if not self._read_anew() or not step():
                return ""
            try:
                self._save()
            except Conflict:
                continue
            except NotAllowed as refused:
                return refused.problems[0].message
            st.session_state.pop(self.key(NOT_KEPT), None)
            return ""
        return clinic_words.NOT_FIRST

    def _read_anew(self) -> bool:
        """Read the draft from the store again; False where it was deleted."""
        if not self._token:
            return not self.expired
        content = self._drafts.load(self._token)
        if content is None:
            self._is_gone()
            return False
        self.draft = Draft(content)
        return True

    def _is_gone(self) -> None:
        self.expired = not self.record
        self._let_go_of_it()

    def _save(self) -> None:
        self.draft.language = self.language
        if not self._token:
            self._token = new_token()
            self._own.save(self._token, self.draft.content())
        elif not self._drafts.update(self._token, self.draft.content()):
            self._is_gone()

    @property
    def left_off(self) -> LeftOff | None:
        """The draft to go on with: the patient's that is open, else the one that this browser had open last."""
        if self.is_nurses or self.record:
            return None
        return device.left_off(self._token)

    @property
    def is_forgotten(self) -> bool:
        """Whether a patient's answers here end with the page: the browser keeps no cookies."""
        return self.whose in ("nobody", "patient") and not device.is_known()

    @property
    def remembers(self) -> Mapping[str, str] | None:
        """What the browser is to keep so that it finds the patient's draft again without its address, or forget."""
        if self.whose == "patient" or self.cleared:
            return device.remembers(self._token)
        return None

    def come_back(self) -> None:
        """Open the draft to go on with."""
        found = self.left_off
        if found is not None and not self.has_begun:
            self.expired = False
            self._open("", found.token)
            self._speak(self._reads())

    def begin(self, draft: Draft) -> None:
        """Open a new draft at a new address; the one that was open stays at its own."""
        self._let_go_of_it()
        self.draft, self.expired = draft, False
        self._save()

    def keep_as(self, record: str, staff: Staff) -> None:
        """Delete the draft and open the record that it has become."""
        if self._token and not self.record:
            self._own.delete(self._token)
        self._token = self.record = record
        self._drafts = RecordDrafts(staff, self.rules)
        self.draft = Draft(self._drafts.load(record))
        self.go(CONSULTATION.name)

    def delete(self) -> None:
        """Delete the draft and clear the session state."""
        if self._token and not self.record:  # a record is never deleted by a button
            self._own.delete(self._token)
        if not self.is_nurses:
            name = self.step_name if self.step_name == LEFT else FINISHED
            self.cleared = f"{base_path()}/?{STEP}={name}{languages.link_suffix()}"
        for key in list(st.session_state):
            del st.session_state[key]
        st.query_params.from_dict(languages.query_params())
        self._token, self.draft, self.expired, self.deleted = "", Draft(), False, True

    def go(self, step: str, *, checking: bool = False, came_from: str = "") -> None:
        """Go to a page."""
        own = {RECORD: self.record} if self.record else {ADDRESS: self._token}
        address = {**own, STEP: step, CHECKING: "1" if checking else "", FROM: came_from, **languages.query_params()}
        st.query_params.from_dict({name: value for name, value in address.items() if value})
        forget_errors()


def _own(name: str, token: str) -> str:
    return f"{name}-{hashlib.sha256(token.encode()).hexdigest()[:8]}"
