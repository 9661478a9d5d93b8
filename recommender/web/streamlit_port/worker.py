"""One of several processes that serve the form on one port: run with ``python -m``, it is ``streamlit run``.

All accept connections from the socket that their parent process has opened. A visitor's session lives in one process, and
what must survive it is in the data folder.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from typing import Final

from streamlit.web import cli
from streamlit.web.server.starlette import starlette_server

from recommender.web.streamlit_port import undocumented
from recommender.web.streamlit_port.undocumented import StreamlitChanged

#: as in ``recommender.cli.processes``
LISTENING: Final = "RECOMMENDER_LISTENING"
PARENT: Final = "RECOMMENDER_PARENT"
_LAST_CALL: Final = 20.0  # seconds
_BAD_SETTING: Final = 2  # as the application ends where it cannot be used


def inherited_socket(address: str, port: int, backlog: int) -> socket.socket:  # noqa: ARG001 (as Streamlit calls it)
    """The listening socket that this process was given."""
    listening = socket.socket(fileno=int(os.environ[LISTENING]))
    listening.setblocking(False)  # noqa: FBT003 (its only form)
    return listening


def end_with_parent(parent: int) -> None:
    """End this process when the parent that holds the other end of a pipe has ended, even if it was killed."""

    def wait() -> None:
        os.read(parent, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LAST_CALL)
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()


if __name__ == "__main__":
    end_with_parent(int(os.environ[PARENT]))
    try:
        undocumented.check()
    except StreamlitChanged as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(_BAD_SETTING)
    starlette_server._bind_socket = inherited_socket  # noqa: SLF001 (no setting shares a port; the release series is held)
    cli.main(prog_name="streamlit")
