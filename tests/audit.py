"""`python -m tests.audit`: known vulnerabilities of all that is installed, the parts list (SBOM) and the licences.

`make audit` runs it. The tools stand in an environment of their own, so that they are no part of what they list.
Exit status: 0 nothing known, 1 something known, 2 could not ask.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from macros.rendering.licences import SHIPPED

ROOT = Path(__file__).parent.parent
# what makes the site; the other lock files are for testing and measuring
RUNTIME = ("locks/requirements.lock", "locks/requirements-editions.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
CLASSIFIER = "License :: OSI Approved :: "
TIMEOUT = 600


class NotAsked(Exception):
    """The database of vulnerabilities did not answer; the text tells how."""


class Known(NamedTuple):
    """A known vulnerability of a locked package."""

    name: str
    version: str
    id: str
    mended: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}: {self.id} (直った版 fixed in: {self.mended or 'なし none'})"


def normal(name: str) -> str:
    """Return a package's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(files: Iterable[Path]) -> dict[str, str]:
    """Return the version of each package that lock files name."""
    texts = (file.read_text(encoding="utf-8") for file in files)
    return {normal(name): version for text in texts for name, version in PIN.findall(text)}


def ask(tool: Path, lock: Path) -> list[dict[str, Any]]:
    """Return what pip-audit says of each package of a lock file. Raises NotAsked when it says nothing."""
    command = [tool, "--requirement", lock, "--require-hashes", "--disable-pip", "--format", "json"]
    command += ["--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    try:
        return json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError) as error:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise NotAsked(f"{lock.name}: {last}") from error


def known_in(answers: list[dict[str, Any]]) -> list[Known]:
    """Return the known vulnerabilities. Raises NotAsked when a package was skipped: pip-audit counts it as safe."""
    skipped = [answer for answer in answers if "skip_reason" in answer]
    if skipped:
        raise NotAsked(f"{len(skipped)} of {len(answers)} packages: {skipped[0]['skip_reason']}")
    return [
        Known(answer["name"], answer["version"], found["id"], ", ".join(found["fix_versions"]))
        for answer in answers
        for found in answer["vulns"]
    ]


def parts_list(tool: Path, python: Path, names: set[str]) -> dict[str, Any]:
    """Return the CycloneDX parts list of an environment, less what the given names do not hold (tools of tests)."""
    command = [tool, "environment", python, "--pyproject", ROOT / "pyproject.toml", "--output-reproducible"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=TIMEOUT)
    parts = json.loads(done.stdout)
    parts["components"] = [one for one in parts["components"] if normal(one["name"]) in names]
    kept = {one["bom-ref"] for one in parts["components"]} | {parts["metadata"]["component"]["bom-ref"]}
    parts["dependencies"] = [
        one | ({"dependsOn": [ref for ref in one["dependsOn"] if ref in kept]} if "dependsOn" in one else {})
        for one in parts["dependencies"]
        if one["ref"] in kept
    ]
    return parts


def licence_of(component: dict[str, Any]) -> str:
    """Return the licences of a component; SPDX names first, what the package calls it otherwise."""
    entries = [entry.get("license", entry) for entry in component.get("licenses", [])]
    exact = [entry.get("expression") or entry.get("id") for entry in entries]
    loose = [entry.get("name", "").removeprefix(CLASSIFIER) for entry in entries]
    return ", ".join(filter(None, exact)) or ", ".join(filter(None, loose)) or "不明 (not told)"


def licence_list(parts: dict[str, Any]) -> str:
    """Return the licences of what makes the site and of what it ships, as Markdown."""
    lines = ["# ライセンスの一覧 (licences)", "", "## サイトに入っているもの (shipped with the site)", ""]
    lines += ["| 部品 | ライセンス | 権利者 |", "| --- | --- | --- |"]
    lines += [f"| {part.name} | {part.licence} | {part.holder} |" for part in SHIPPED]
    lines += ["", "## サイトを作るのに使うもの (used to make the site)", ""]
    lines += ["| 部品 | 版 | ライセンス |", "| --- | --- | --- |"]
    lines += [f"| {one['name']} | {one['version']} | {licence_of(one)} |" for one in parts["components"]]
    return "\n".join(lines) + "\n"


def write_lists(tools: Path, folder: Path) -> None:
    """Write `sbom.json` and `licences.md`."""
    names = set(pins(ROOT / name for name in RUNTIME))
    parts = parts_list(tools / "cyclonedx-py", Path(sys.executable), names)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(parts, ensure_ascii=False, indent=2) + "\n"
    (folder / "sbom.json").write_text(text, encoding="utf-8")
    (folder / "licences.md").write_text(licence_list(parts), encoding="utf-8")
    print(f"{folder}/ に部品表 sbom.json と licences.md を書きました。{len(parts['components'])} components.")


def audit(tool: Path, locks: list[Path]) -> int:
    """Ask for every lock file and print what is known; return the exit status."""
    known, asked = set(), set()
    try:
        for lock in locks:
            answers = ask(tool, lock)
            known |= set(known_in(answers))
            asked |= {(answer["name"], answer["version"]) for answer in answers}
    except (NotAsked, subprocess.TimeoutExpired) as error:
        print("脆弱性のデータベースに問い合わせられませんでした。安全だと分かったのではありません。", file=sys.stderr)
        print(f"The database of vulnerabilities could not be asked; nothing is known. {error}", file=sys.stderr)
        return 2
    for one in sorted(known):
        print(one)
    print(f"{len(locks)}個のロックファイル、{len(asked)}個の部品に、知られた脆弱性が{len(known)}件あります。", end=" ")
    print(f"{len(asked)} packages, {len(known)} known vulnerabilities.")
    return 1 if known else 0


def main(arguments: list[str] | None = None) -> int:
    """Write the lists, then ask; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.audit")
    parser.add_argument("--tools", type=Path, default=Path(".venv-audit/bin"), help="where pip-audit is")
    parser.add_argument("--to", type=Path, default=Path("reports"), help="where the lists go (reports)")
    options = parser.parse_args(arguments)
    write_lists(options.tools.absolute(), options.to)
    return audit(options.tools.absolute() / "pip-audit", sorted(ROOT.glob("locks/requirements*.lock")))


if __name__ == "__main__":
    sys.exit(main())
