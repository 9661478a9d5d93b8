"""One visitor without a browser: it speaks Streamlit's protocol, reads the page it is sent and presses what is on it.

The browser's part is kept to the letter where it costs the server something: every state is sent with every press, pages come
compressed, and what was sent before is named and not sent again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from recommender.web.state.draft_store import new_token

_LARGEST: Final = 16 * 2**20
_INTERNAL, _EVENTS = "$$STREAMLIT_INTERNAL_KEY_", "__events"  # around the id of a component that tells of an event
_DONE: Final = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class VisitError(RuntimeError):
    """The page did not do what a page should: it broke off, or lacks what was to be pressed."""


@dataclass
class Page:
    """What stands on a page: the elements by their place, as the server last sent them."""

    elements: dict[tuple[int, ...], Element] = field(default_factory=dict)

    def of(self, kind: str) -> Iterator[Any]:
        """The elements of a kind, in the order of the page."""
        for _, element in sorted(self.elements.items()):
            if element.WhichOneof("type") == kind:
                yield getattr(element, kind)

    @property
    def heading(self) -> str:
        """The heading of the page; "" where there is none."""
        return next((str(heading.body) for heading in self.of("heading") if heading.tag == "h1"), "")

    def ids(self) -> set[str]:
        """The id of everything that can be pressed or filled in."""
        found = (getattr(element, str(element.WhichOneof("type"))) for element in self.elements.values())
        return {shown.id for shown in found if getattr(shown, "id", "")}


class Visitor:
    """A person at the form, from the opening of the page to its closing.

    ``device`` is the secret of the browser that it comes with, which opens a draft again together with its address.
    ``taken`` are the seconds of each press until the page had come whole. Raises VisitError, and what the socket raises.
    """

    def __init__(self, address: str, *, query: str = "", device: str = "") -> None:
        self._address = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        self.query = query
        self.device = device or new_token()
        self._cookie = f"recommender_device_{urlsplit(address).port}={self.device}"
        self._states: dict[str, WidgetState] = {}
        self._sent: dict[str, ForwardMsg] = {}
        self._script = ""
        self.page = Page()
        self.taken: list[float] = []
        self.received = 0

    async def __aenter__(self) -> Self:
        self._socket: ClientConnection = await connect(
            self._address,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=_LARGEST,
            additional_headers={"Cookie": self._cookie},
        )
        await self._run()
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def press(self, name: str) -> None:
        """Press the button whose key begins with a name."""
        button = next((one for one in self.page.of("button") if key_of(one.id).startswith(f"{name}-")), None)
        if button is None:
            raise VisitError(f"no button {name!r} on the page {self.page.heading!r}")
        await self._run(WidgetState(id=button.id, trigger_value=True))

    async def choose(self, identity: str, option: str) -> None:
        """Choose one of several answers."""
        await self._keep(WidgetState(id=identity, string_value=option))

    async def tick(self, identity: str) -> None:
        """Tick a box."""
        await self._keep(WidgetState(id=identity, bool_value=True))

    async def type(self, identity: str, text: str) -> None:
        """Type into a field and leave it."""
        await self._keep(WidgetState(id=identity, string_value=text))

    async def tell(self, identity: str, **state: Any) -> None:
        """Be a component of our own whose state changed."""
        await self._keep(WidgetState(id=identity, json_value=json.dumps(state)))

    async def ask(self, identity: str, **told: Any) -> None:
        """Be a component of our own that asks for something once."""
        events = [{"event": name, "value": value} for name, value in told.items()]
        await self._run(WidgetState(id=f"{_INTERNAL}{identity}{_EVENTS}", json_trigger_value=json.dumps(events)))

    async def _keep(self, state: WidgetState) -> None:
        self._states[state.id] = state
        await self._run()

    async def _run(self, press: WidgetState | None = None) -> None:
        """One run of the page, from what is sent to the last that comes back."""
        message = BackMsg()
        client = message.rerun_script
        client.query_string, client.page_script_hash = self.query, self._script
        client.widget_states.widgets.extend(self._states.values())
        if press is not None:
            client.widget_states.widgets.append(press)
        client.cached_message_hashes.extend(self._sent)
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        await self._receive()
        self.taken.append(time.perf_counter() - start)
        there = self.page.ids()
        self._states = {identity: state for identity, state in self._states.items() if identity in there}

    async def _receive(self) -> None:
        coming = Page()
        while True:
            data = await self._socket.recv()
            self.received += len(data)
            message = ForwardMsg.FromString(bytes(data))  # type: ignore[arg-type]
            place = tuple(message.metadata.delta_path)
            match message.WhichOneof("type"):
                case "new_session":
                    coming, self._script = Page(), message.new_session.page_script_hash
                case "page_info_changed":
                    self.query = message.page_info_changed.query_string
                case "ref_hash":
                    self._put(coming, place, self._sent[message.ref_hash])
                case "delta":
                    if message.metadata.cacheable:
                        self._sent[message.hash] = message
                    self._put(coming, place, message)
                case "script_finished" if message.script_finished in _DONE:
                    self.page = coming
                    return
                case "script_finished" if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise VisitError("the page broke off")

    @staticmethod
    def _put(page: Page, place: tuple[int, ...], message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") == "new_element":
            page.elements[place] = message.delta.new_element


def key_of(identity: str) -> str:
    """The key that the page gave to a widget of this id; "" where it gave none."""
    return (*identity.split("-", 2), "", "")[2]
