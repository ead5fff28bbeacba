"""`site.zip`: the built site, its links led to files, so that it opens from disk. decisions/0032 tells why no second build.

All pages, scripts and data are those of the site. What a browser does otherwise for a page from disk (the search runs
without a worker, addresses end in `index.html`) the scripts see for themselves by `location.protocol`.
"""

import posixpath
from html import escape
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from . import EditionError
from .archive import packed
from .imprint import SITE_NAME, Imprint, written_date
from .shelf import format_of

FOLDER = "carbon-offset-guidebook"
README = "はじめにお読みください.txt"
INDEX = "index.html"
DOWNLOADS = "downloads"
# what leads from a page to another file; scripts read the last three
ADDRESSES = ("href", "src", "action", "data-more", "data-factors", "data-feed")
# for servers and search engines, and maps that only the developers of the theme read
FOR_SERVERS = {"404.html", "_headers", "sitemap.xml", "sitemap.xml.gz", "robots.txt"}
ONLINE_ONLY = "（オンライン版だけにあります）"
# in the policy of a page from disk: Firefox takes no other file for the page's own
FORM, FORM_FROM_DISK = "form-action 'self'", "form-action 'self' file:"

README_TEXT = """{name}　オフライン版（{date}）

開き方
 1. このzipを展開（解凍）します。zipの中から直接開くと、リンクと検索が動きません。
 2. {folder} フォルダーの中の index.html を、ブラウザーで開きます。

インターネットにつながなくても、すべてのページ、検索、用語集、計算器、公開データ（dataフォルダー）が使えます。
計算器に入れた値は、送信も保存もされません。
ブラウザーでスクリプト（JavaScript）を止めているときは、ページは読めますが、検索と計算は動きません。

入っていないもの
 「ダウンロード」のページと、PDF、Word、Excel、zipのファイルは入っていません。{where}
 ほかのサイトへのリンクを開くには、インターネットが要ります。

内容は、上の日付のものです。本文は2011年・2012年の資料の内容で、「いま」と書いた注記だけが、その後のことを述べています。
原資料の発行者が作ったものではありません。
文とデータはCC BY 4.0、プログラムはMITライセンスです。くわしくは「このサイトについて」を見てください。
"""


def offline_zip(site: Path, imprint: Imprint) -> bytes:
    """Return a built site as a zip to read from disk; `/downloads/` stays online.

    Raises EditionError when a page names a file by its address from the server's root.
    """
    files = {README: _readme(imprint)}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if not _is_left_out(name):
            files[f"{FOLDER}/{name}"] = OfflinePage(site, name, imprint).html() if _is_page(name) else path.read_bytes()
    return packed(files, imprint.epoch)


def _is_left_out(name: str) -> bool:
    first = name.split("/")[0]
    return first == DOWNLOADS or name in FOR_SERVERS or first.startswith((".", "_")) or name.endswith(".map")


def _is_page(name: str) -> bool:
    return name.endswith(".html")


def _readme(imprint: Imprint) -> bytes:
    where = f"次のところにあります。\n {imprint.site}downloads/" if imprint.site else ""
    text = README_TEXT.format(name=SITE_NAME, date=written_date(imprint.epoch), folder=FOLDER, where=where)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


class OfflinePage:
    """A page of the site on its way to the zip."""

    def __init__(self, site: Path, name: str, imprint: Imprint) -> None:
        self.site = site
        self.name = name
        self.imprint = imprint
        self.tree = LexborHTMLParser((site / name).read_text(encoding="utf-8"))

    def html(self) -> bytes:
        """Return the page as it stands in the zip."""
        self._offer_online()
        for key in ADDRESSES:
            for node in self.tree.css(f"[{key}]"):
                self._lead(node, key)
        self._say_so()
        return f"{self.tree.html}\n".replace(FORM, FORM_FROM_DISK, 1).encode()

    def _lead(self, node: LexborNode, key: str) -> None:
        """Let an address lead to a file; what is not in the zip, to the site."""
        path = self.file_of(node.attributes[key] or "")
        if path is None:
            return
        if path.split("/")[0] == DOWNLOADS:
            self._lead_online(node, path)
        elif (self.site / path).is_dir():
            parts = urlsplit(node.attributes[key] or "")
            way = posixpath.relpath(posixpath.join(path, INDEX), posixpath.dirname(self.name) or ".")
            node.attrs[key] = urlunsplit(parts._replace(path=way))

    def file_of(self, address: str) -> str | None:
        """Return the path, from the site's root, that an address of this page names; None when it is elsewhere or here."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        if parts.path.startswith("/"):
            raise EditionError(f"{self.name}: {address} は、サイトのはじめからのアドレスです。")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.name), parts.path))

    def _lead_online(self, node: LexborNode, path: str) -> None:
        """Lead to the public site; where nobody knows its address, say that it is there."""
        classes = node.attributes.get("class") or ""
        if self.imprint.site:
            folder = (self.site / path).is_dir()
            node.attrs["href"] = f"{self.imprint.site}{path}{'/' if folder else ''}"
        elif "md-footer__link" in classes or node.tag == "link":
            node.decompose()
        elif "md-" in classes:
            del node.attrs["href"]
            (node.css_first(".md-ellipsis") or node).insert_child("（オンライン版だけ）")
        else:
            node.replace_with(node.text() + ONLINE_ONLY)

    def _offer_online(self) -> None:
        """Fill the places for files of /downloads/, which the build fills on the site."""
        for node in self.tree.css("[data-download]"):
            name = node.attributes["data-download"] or ""
            called = name if node.tag == "p" else format_of(name)
            said = f"{called}（オンライン）" if self.imprint.site else called + ONLINE_ONLY
            address = f"{self.imprint.site}downloads/{name}"
            link = f'<a href="{escape(address)}">{escape(said)}</a>' if self.imprint.site else escape(said)
            node.replace_with(_made(f'<{node.tag} class="download">{link}</{node.tag}>'))

    def _say_so(self) -> None:
        """Say in the footer that this is a copy, of which day, and where the site is."""
        foot = self.tree.css_first(".md-copyright")
        if not foot:
            return
        site = self.imprint.site
        newer = f'新しい内容は<a href="{escape(site)}">公開中のサイト</a>にあります。' if site else ""
        foot.insert_child(_made(f"<p>{written_date(self.imprint.epoch)}に作ったオフライン版です。{newer}</p>"))


def _made(html: str) -> LexborNode:
    body = LexborHTMLParser(html).body
    if not body or not body.child:
        raise EditionError(f"no element: {html}")
    return body.child
