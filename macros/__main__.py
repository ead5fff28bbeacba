"""`python -m macros COMMAND …`: the one door to everything that runs from a shell."""

import sys
from importlib import import_module

# the module that does it, and the words it is given first
COMMANDS = {
    "build": ("macros.site.build",),
    "edit": ("macros.site.edit",),
    "check": ("macros.pages.report",),
    "examples": ("macros.loading.renewal",),
    "tables": ("macros.loading.new_rows",),
    "due": ("macros.loading.due",),
    "serve": ("macros.hosting.serve",),
    "port": ("macros.hosting.ports",),
    "headers": ("macros.hosting.headers",),
    "publish": ("macros.hosting.release", "publish"),
    "rollback": ("macros.hosting.release", "rollback"),
    "list": ("macros.hosting.release", "list"),
    "store": ("macros.hosting.store",),
    "links": ("macros.outside.links",),
    "plan": ("macros.editions.plan.command",),
    "fields": ("macros.loading.field_tables",),
    "embed-hosts": ("macros.outside.embed_hosts",),
}


def main(arguments: list[str]) -> int:
    """Hand the rest of the line to the command it names; return its exit status."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in COMMANDS:
        print(f"使い方： python -m macros {{{'|'.join(COMMANDS)}}} …", file=sys.stderr)
        return 2
    module, *first = COMMANDS[name]
    return import_module(module).main([*first, *rest])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
