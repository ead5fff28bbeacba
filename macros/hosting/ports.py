"""`python -m macros port PORT`: says at once whether a server can listen there, before minutes go into a build."""

import errno
import socket
import sys

HIGHEST = 65535
TRY = "`PORT=8001` のように、別の番号にしてください。"


class BadPort(Exception):
    """A port is no number, or nobody can listen there; the text tells what to do."""


def port_of(text: str) -> int:
    """Return the number of a port on which this machine can listen now; raises BadPort."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= HIGHEST and len(text) < len("100000")):
        raise BadPort(f"ポート「{text}」は使えません。1024 から {HIGHEST} までの数で、{TRY} Not a port number.")
    port = int(text)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        # as the servers do: a port that was left a moment ago is free
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise BadPort(refusal(port, error)) from error
    return port


def refusal(port: int, error: OSError) -> str:
    """Return why nobody can listen on a port, and what to do."""
    why = "ほかのプログラムが使っています" if error.errno == errno.EADDRINUSE else "使う権利がないか、使えません"
    return f"ポート {port} で待ち受けられません。{why}。{TRY}\nCannot listen on port {port}: {error.strerror}."


def main(arguments: list[str]) -> int:
    """Tell of a port that cannot be used; return the exit status."""
    try:
        port_of(arguments[0] if arguments else "")
    except BadPort as bad:
        print(bad, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
