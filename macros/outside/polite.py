"""Asks other people's servers, politely: one request a second to each, one try, and a name that says who asks."""

import time
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Lock
from typing import Any
from urllib.error import HTTPError
from urllib.parse import SplitResult, quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

AGENT = "offset-guidebook-link-check (monthly; one request a second)"
MOST_STEPS = 5
MOST_BYTES = 3_000_000
FOR_GOOD = {301, 308}
ELSEWHERE = {301, 302, 303, 307, 308}
# letters that mean something in an address; others are sent in percent notation
MEANING = ":/?#[]@!$&'()*+,;=%~"


def parts_of(address: str) -> SplitResult:
    """Return the parts of an address; all empty for what is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def joined(page: str, target: str) -> str:
    """Return where a link of a page leads; one that is no address stays as it is."""
    try:
        return urljoin(page, target)
    except ValueError:
        return target


@dataclass(frozen=True)
class Answer:
    """What came back: the last status (None: nothing came), where it came from, what was said, the whole way there."""

    status: int | None
    address: str
    words: str
    body: bytes = b""
    charset: str = "utf-8"
    way: tuple[int, ...] = ()

    @property
    def moved(self) -> bool:
        """Tell whether the first address says that it has moved for good."""
        return bool(self.way) and self.way[0] in FOR_GOOD


class _Stay(HTTPRedirectHandler):
    """Follows nothing by itself: each step is counted, and waits its turn."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Asker:
    """Asks addresses; safe to use from several threads."""

    pause: float = 1.0
    timeout: float = 20.0
    _next: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, address: str, *, body: bool = False) -> Answer:
        """Return what an address answers; HEAD first unless its content is wanted, GET when HEAD is refused."""
        answer = self._follow(address, "GET" if body else "HEAD")
        if not body and answer.status is not None and answer.status >= 400:
            return self._follow(address, "GET")
        return answer

    def _follow(self, address: str, method: str) -> Answer:
        way: list[int] = []
        for _ in range(MOST_STEPS):
            answer, target = self._once(address, method)
            if answer.status not in ELSEWHERE or not target:
                return Answer(answer.status, address, answer.words, answer.body, answer.charset, tuple(way))
            way.append(answer.status)
            address = joined(address, target)
        return Answer(None, address, "転送が終わりません", way=tuple(way))

    def _once(self, address: str, method: str) -> tuple[Answer, str | None]:
        """Return one answer and where it points."""
        parts = parts_of(address)
        if parts.scheme not in {"http", "https"}:
            return Answer(None, address, "調べられないアドレスです"), None
        self._wait(parts.netloc)
        plain = quote(parts._replace(fragment="").geturl(), safe=MEANING)
        request = Request(plain, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})  # noqa: S310 - http only, see above
        try:
            with build_opener(_Stay).open(request, timeout=self.timeout) as reply:
                content = reply.read(MOST_BYTES) if method == "GET" else b""
                charset = reply.headers.get_content_charset() or "utf-8"
                return Answer(reply.status, address, "", content, charset), None
        except HTTPError as error:
            with error:
                return Answer(error.code, address, str(error.reason)), error.headers.get("Location")
        except (OSError, HTTPException, ValueError) as error:
            return Answer(None, address, str(getattr(error, "reason", error)) or type(error).__name__), None

    def _wait(self, host: str) -> None:
        """Wait until it is this host's turn again."""
        with self._lock:
            turn = max(time.monotonic(), self._next.get(host, 0.0))
            self._next[host] = turn + self.pause
        time.sleep(max(0.0, turn - time.monotonic()))
