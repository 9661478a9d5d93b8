"""Checks that an address and a port can be listened on before anything is started."""

from __future__ import annotations

import errno
import ipaddress
import socket
from contextlib import suppress

from recommender.documents.problems import Problem, RecommenderError


class ListeningError(RecommenderError):
    """Nothing can be served here."""

    heading = "The form cannot be served"


def refuse_unusable(address: str, port: int) -> None:
    """Raise ListeningError where nobody can listen: the port is in use, or the address is none of this computer's."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
            tried.listen()
    except (OSError, UnicodeError) as error:
        raise ListeningError([_problem(address, port, error)]) from None


def url_of(address: str, port: int) -> str:
    """The web address of what listens there."""
    with suppress(ValueError):
        if ipaddress.ip_address(address).version == 6:
            return f"http://[{address}]:{port}"
    return f"http://{address}:{port}"


def _problem(address: str, port: int, error: Exception) -> Problem:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return Problem("--port", f"{port} is in use: name another, or end what listens there")
        case errno.EACCES:
            return Problem("--port", f"{port} may be listened on by administrators alone: name one above 1023")
        case _:
            return Problem("--address", f"{address!r} is no address of this computer")
