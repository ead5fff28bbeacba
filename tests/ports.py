"""Ports for servers that other programs start: free, and none that the system gives to somebody else meanwhile."""

import random
import socket

# below those that systems give to connections and to servers that name none (Linux from 32768, macOS from 49152)
BETWEEN = range(15_000, 32_000)


def free_port() -> int:
    """Return a port of this machine that nothing listens at."""
    while True:
        port = random.choice(BETWEEN)  # noqa: S311 - workers shall not meet at one
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
