"""Stands between a client and a PostgreSQL server on the loopback, and drops the line at the worst moment."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Drop = Callable[[bytes], bool]


class Proxy:
    """Passes bytes on. The first message of a client that `drop` picks still reaches the server; its answer does not
    reach the client, nor does anything else on that line.
    """

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.drop: Drop | None = None
        self.dropped = 0
        self._sockets: list[socket.socket] = [self._listening]
        self._threads: list[threading.Thread] = []
        self._begin(self._accept)

    def close(self) -> None:
        """Drop every line and take no more."""
        for each in self._sockets:
            _hang_up(each)
        for thread in self._threads:
            thread.join()

    def _begin(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
                self._sockets += (client, server)
                self._begin(self._pass_on, client, server, True)
                self._begin(self._pass_on, server, client, False)

    def _pass_on(self, source: socket.socket, target: socket.socket, from_client: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                drop = self.drop if from_client else None
                if drop is not None and drop(data):
                    self.drop, self.dropped = None, self.dropped + 1
                    _hang_up(source)  # first: the answer must not find its way
                    target.sendall(data)
                    target.shutdown(socket.SHUT_WR)
                    return  # the server's own end of the line is closed by the other thread, after the answer
                target.sendall(data)
        _hang_up(source)
        _hang_up(target)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()


@contextmanager
def proxy_to(port: int) -> Iterator[Proxy]:
    """A proxy to the server at a port of the loopback."""
    proxy = Proxy(port)
    try:
        yield proxy
    finally:
        proxy.close()
