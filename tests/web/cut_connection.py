"""A line between a browser and the server that a test can cut, hold without a word, and mend."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Line:
    """A TCP proxy on a port of its own; what it carries is not looked at."""

    def __init__(self, to: int) -> None:
        self._to = to
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._passing = threading.Event()
        self._open: set[socket.socket] = set()
        self._listening: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        """Carry everything again."""
        self._passing.set()
        if self._listening is None:
            self._listening = socket.create_server(("127.0.0.1", self.port))
            threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def hold(self) -> None:
        """Carry nothing, and tell nobody."""
        self._passing.clear()

    def cut(self) -> None:
        """Break what is open off, and refuse everybody."""
        if self._listening is not None:
            self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            self._listening = None
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                theirs, _ = listening.accept()
                try:
                    ours = socket.create_connection(("127.0.0.1", self._to))
                except OSError:
                    theirs.close()
                    continue
                self._open |= {theirs, ours}
                for way in ((theirs, ours), (ours, theirs)):
                    threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while content := source.recv(65536):
                self._passing.wait()
                target.sendall(content)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
        self._open.discard(source)
        source.close()
