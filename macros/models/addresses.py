"""Where a page of docs/ is found on the site."""

import re


def page_address(page: str) -> str:
    """Return the address, from the site's root, of a page of docs/ given without `.md`."""
    path = re.sub(r"(^|/)index$", r"\1", page)
    return f"/{path.rstrip('/')}/" if path else "/"


def site_path(page: str) -> str:
    """Return the same address as it follows that of the site; `./` is the root itself."""
    return page_address(page).lstrip("/") or "./"


def public(site: str, path: str) -> str:
    """Return the public address of a path from the site's root; empty where the site knows no address of its own."""
    return f"{site}{path}" if site else ""
