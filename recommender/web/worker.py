"""One of several processes that serve the form on one port: ``python -m recommender.web.worker`` is ``streamlit run``.

The system deals out the connections. A person's pages live on their socket in one process, and what must survive lies in the
data folder, where every process finds it.
"""

from __future__ import annotations

import socket

from streamlit.web import cli
from streamlit.web.server.starlette import starlette_server


def shared(address: str, port: int, backlog: int) -> socket.socket:
    """A listening socket on a port at which others may listen too."""
    is_six = ":" in address
    family = socket.AF_INET6 if is_six else socket.AF_INET
    listening = socket.create_server((address, port), family=family, backlog=backlog, reuse_port=True, dualstack_ipv6=is_six)
    listening.setblocking(False)  # noqa: FBT003 (its only form)
    return listening


if __name__ == "__main__":
    starlette_server._bind_socket = shared  # noqa: SLF001 (no setting shares a port; the release series is held)
    cli.main(prog_name="streamlit")
