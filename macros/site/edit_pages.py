"""What `make edit` shows in the browser when something is wrong: a page of messages, or a box at the foot of each page."""

from markupsafe import Markup

STYLE = (
    "body{margin:2rem auto;max-width:60rem;padding:0 1rem;font-family:sans-serif;line-height:1.7;color-scheme:light dark}"
    "li{margin:.5rem 0;overflow-wrap:anywhere}h1{font-size:1.4rem}"
)
BOX = (
    "position:fixed;inset:auto 0 0 0;max-height:40vh;overflow:auto;z-index:99;margin:0;padding:.5rem 1rem;"
    "background:#fff3cd;color:#222;border-top:3px solid #b35c00;font:14px/1.6 sans-serif;overflow-wrap:anywhere"
)
FORM = (
    "形は「ファイル:行: 項目: 何が違うか、何なら書けるか」です。直して保存すると、この画面がもとのページに変わります。"
)


def broken_page(faults: list[str]) -> bytes:
    """Return the page that stands in place of all pages while they cannot be made."""
    return (
        Markup(
            '<!doctype html><html lang="ja"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>誤りが{count}件あります</title>'
            "<style>{style}</style></head><body><main><h1>誤りが{count}件あります</h1><p>{form}</p><ul>{items}</ul>"
            "</main></body></html>"
        )
        .format(count=len(faults), style=Markup(STYLE), form=FORM, items=_items(faults))
        .encode()
    )


def with_warnings(page: bytes, warnings: list[str]) -> bytes:
    """Return a built page with what `make build` would stop at in a box at its foot."""
    if not warnings:
        return page
    box = Markup(
        '<aside role="status" style="{style}"><p>表示はできますが、このままでは make build が止まります。</p>'
        "<ul>{items}</ul></aside>"
    ).format(style=BOX, items=_items(warnings))
    before, end, after = page.rpartition(b"</body>")
    return before + box.encode() + end + after if end else page


def _items(lines: list[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
