"""What stands in .github/ is sound, asks for no right it does not need, and an error in a change can be read."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.loading.guide import Guide
from macros.loading.problems import Problem
from macros.pages.github import SUMMARY, tell
from macros.pages.report import main as check
from macros.site.build import main as build
from tests.test_pages import ONE_EACH

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(GITHUB.glob("workflows/*.yml"))}
FORMS = {path.name: path.read_text(encoding="utf-8") for path in sorted(GITHUB.glob("ISSUE_TEMPLATE/[1-9]*.yml"))}
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
WRITES = {"pages": {"pages": "write", "id-token": "write"}}

each_workflow = pytest.mark.parametrize("name", WORKFLOWS)


def workflow(name: str) -> dict[Any, Any]:
    return yaml.safe_load(WORKFLOWS[name])


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def test_the_workflows_that_are_told_of_are_there() -> None:
    assert set(WORKFLOWS) == {"ci", "linkcheck", "pages", "preview"}


@each_workflow
def test_a_workflow_may_only_read_where_it_does_not_publish(name: str) -> None:
    jobs = workflow(name)["jobs"].values()
    rights = [workflow(name)["permissions"], *(job.get("permissions", {}) for job in jobs)]
    wanted = {key: right for given in rights for key, right in given.items() if right != "read"}
    assert wanted == WRITES.get(name, {})
    assert workflow(name)["permissions"].get("contents") == "read"


@each_workflow
def test_no_workflow_gives_the_change_of_a_stranger_a_secret(name: str) -> None:
    text = WORKFLOWS[name]
    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert "secrets." not in text
    for step in steps(name):
        # what a stranger may have written never becomes a command
        assert not re.search(r"\$\{\{.*(github\.(event|head_ref)|inputs)", step.get("run", ""))
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each_workflow
def test_actions_are_github_s_own_and_pinned_and_jobs_end(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", one)] == []
    assert all(job["timeout-minutes"] <= 60 for job in workflow(name)["jobs"].values())
    assert "commit hash could not be verified" in WORKFLOWS[name]


@each_workflow
def test_what_a_workflow_runs_is_there(name: str) -> None:
    commands = "\n".join(step.get("run", "") for step in steps(name))
    targets = set(re.findall(r"^([\w./$()-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    targets |= {".venv/.site"} if "$(SITE_ENV)" in targets else set()
    assert set(re.findall(r"\bmake (\S+)", commands)) <= targets
    modules = re.findall(r"-m ((?:macros|publishing|tests)\.\w+)", commands)
    assert all(importlib.util.find_spec(module) for module in modules)
    assert all((ROOT / script).is_file() for script in re.findall(r"\.ci/[\w.]+", commands))
    # a pipe would hide the failure of what stands before it
    assert not re.search(r"-m macros .*\||\bmake .*\||\.ci/run .*\|", commands)


def test_only_what_was_checked_is_published() -> None:
    jobs = workflow("pages")["jobs"]
    told = "${{ needs.build.outputs.checksum }}"
    assert jobs["build"]["outputs"] == {"checksum": "${{ steps.pack.outputs.checksum }}"}
    assert any(step.get("run") == "make build FROZEN=1" and "SITE_URL" in step["env"] for step in steps("pages"))
    assert set(jobs["deploy"]["needs"]) == {"build", "check"}
    for name in ("check", "deploy"):
        names = [step.get("uses", step.get("run", "")) for step in jobs[name]["steps"]]
        fetched = next(i for i, one in enumerate(names) if one.startswith("actions/download-artifact@"))
        # the same file, before anything looks at it
        assert names[fetched + 1] == 'echo "$CHECKSUM  artifact.tar" | sha256sum --check --strict'
        assert jobs[name]["steps"][fetched + 1]["env"] == {"CHECKSUM": told}
        assert jobs[name]["steps"][fetched]["with"] == {"name": "github-pages"}
        assert not any("continue-on-error" in step or "if" in step for step in jobs[name]["steps"])
    last = jobs["check"]["steps"][-1]["run"].split(" && ")
    assert last == ["mkdir site", "tar --extract --file artifact.tar --directory site", "make test SITE=site"]
    assert "--site=$(SITE)" in (ROOT / "Makefile").read_text(encoding="utf-8")
    packed = [step["with"] for step in steps("pages") if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert [(one["name"], one["path"]) for one in packed] == [("github-pages", "artifact.tar")]


def test_what_is_packed_arrives_whole_and_a_change_is_found(tmp_path: Path) -> None:
    """The commands of the workflow themselves, in a shell."""
    jobs = workflow("pages")["jobs"]
    (tmp_path / "site" / "guide").mkdir(parents=True)
    (tmp_path / "site" / "guide" / "index.html").write_text("題", encoding="utf-8")
    pack = next(step["run"] for step in jobs["build"]["steps"] if step.get("id") == "pack")
    compare, unpack = (step["run"] for step in jobs["check"]["steps"][-2:])

    def run(command: str, **more: str) -> int:
        environment = {"PATH": os.environ["PATH"], "GITHUB_OUTPUT": str(tmp_path / "output"), **more}
        return subprocess.run(
            ["bash", "-e", "-c", command], cwd=tmp_path, env=environment, capture_output=True
        ).returncode

    assert run(pack) == 0
    checksum = (tmp_path / "output").read_text(encoding="utf-8").strip().removeprefix("checksum=")
    assert run(compare, CHECKSUM=checksum) == 0
    (tmp_path / "site").rename(tmp_path / "built")
    assert run(unpack.rpartition(" && ")[0]) == 0
    assert (tmp_path / "site" / "guide" / "index.html").read_text(encoding="utf-8") == "題"
    with (tmp_path / "artifact.tar").open("ab") as file:
        file.write(b"x")
    assert run(compare, CHECKSUM=checksum) == 1
    assert run(compare, CHECKSUM="") == 1


def test_looking_at_the_outside_is_no_part_of_ci() -> None:
    assert set(workflow("linkcheck")[True]) == {"schedule", "workflow_dispatch"}
    assert "publishing.check" not in WORKFLOWS["ci"] + WORKFLOWS["pages"] + (ROOT / ".ci/run").read_text()
    assert set(workflow("preview")[True]) == {"pull_request"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_asks_in_japanese_and_only_once(name: str) -> None:
    form = yaml.safe_load(FORMS[name])
    assert set(form) == {"name", "description", "title", "body"}
    assert all(JAPANESE.search(form[key]) for key in ("name", "description", "title"))
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in fields} <= {"input", "textarea", "dropdown"}
    ids = [part["id"] for part in fields]
    assert len(set(ids)) == len(ids)
    assert all(JAPANESE.search(part["attributes"]["label"]) for part in fields)
    assert any(part.get("validations", {}).get("required") for part in fields)
    assert all(len(part["attributes"]["options"]) > 1 for part in fields if part["type"] == "dropdown")


def test_there_is_a_form_for_each_kind_of_news(guide: Guide) -> None:
    assert [name[2:-4] for name in FORMS] == ["wording", "dead-link", "case", "term", "factor"]
    options = yaml.safe_load(FORMS["3-case.yml"])["body"][5]["attributes"]["options"]
    assert options == [*(f"{method.code} {method.title}" for method in guide.methods), "分からない"]
    assert yaml.safe_load((GITHUB / "ISSUE_TEMPLATE/config.yml").read_text()) == {"blank_issues_enabled": True}


def test_owners_are_an_example_and_name_what_is_there() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("#") for line in lines)
    paths = [line.split()[1] for line in lines if re.match(r"# [/*]", line)]
    assert len(paths) > 3
    assert [path for path in paths if path != "*" and not (ROOT / path.strip("/")).exists()] == []


# -- what is wrong shows at its line of the change --

ANNOTATED = re.compile(r"::error file=([^,]+),line=(\d+)::(.+)")


def annotations(said: str) -> list[str]:
    """Return what GitHub would show, as `file:line: text`."""
    found = [ANNOTATED.fullmatch(line) for line in said.splitlines() if line.startswith("::error")]
    return [f"{one[1]}:{one[2]}: {one[3]}" for one in found if one]


@pytest.fixture
def project(small_guide: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small guide with pages that show all of it, as the current folder."""
    monkeypatch.chdir(shutil.copytree(ROOT / "tests" / "small-pages", small_guide, dirs_exist_ok=True))
    return small_guide


@pytest.mark.parametrize("command", [check, build])
def test_every_kind_of_problem_is_told_at_its_line(
    project: Path, command: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Of data, of a page's front matter and body, of a macro, of mkdocs.yml; the lines are those of the messages."""
    bad = [ROOT / "tests" / "bad-data" / "bad-date", *(ROOT / "tests" / "bad-pages" / name for name in ONE_EACH)]
    for folder in bad:
        shutil.copytree(folder, project, dirs_exist_ok=True)
    assert command(["--github"]) == 1
    told = capsys.readouterr()
    shown = annotations(told.out)
    assert len(shown) >= len(bad)
    assert shown == [line for line in told.err.splitlines() if re.match(r"[\w/.-]+:\d+: ", line)]
    wanted = {line for folder in bad for line in (folder / "messages.txt").read_text(encoding="utf-8").splitlines()}
    assert {line.split(":")[0] for line in wanted} >= {"mkdocs.yml"}
    assert wanted <= set(shown)
    assert command([]) == 1
    assert annotations(capsys.readouterr().out) == []


LINKS = """---
title: 題
description: (#none) と書いても、ここはリンクではありません。これは、検査のための短い説明です。これで四十字をこえます。
---
# 題 { #top }

[ある](#top)

[ない](#none)、[もうひとつ](index.md#missing "題")

[同じ](#none)
"""


def test_a_link_to_no_heading_is_told_at_each_of_its_lines(
    small_guide: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(small_guide)
    (small_guide / "docs" / "index.md").write_text(LINKS, encoding="utf-8")
    assert build(["--site-dir", str(tmp_path / "site"), "--github"]) == 1
    shown = annotations(capsys.readouterr().out)
    assert [line.rpartition(": ")[0] for line in shown] == [f"docs/index.md:{line}: リンク" for line in (9, 9, 11)]
    assert sum("「#none」という所が、ページ docs/index.md にありません" in line for line in shown) == 2
    assert sum("「#missing」という所が、ページ docs/index.md にありません" in line for line in shown) == 1


def test_what_github_reads_as_a_mark_is_escaped_and_the_summary_names_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(SUMMARY, str(tmp_path / "summary.md"))
    odd = Problem("docs/a, b:c.md", 3, "本文", "50%|<img src=x>\n::error::x")
    tell([odd, odd, Problem("data/tasks.yml", 9, "1.page", "ページ「x」がありません")])
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("::error file=docs/a%2C b%3Ac.md,line=3::本文: 50%25|<img src=x>")
    assert second == "::error file=data/tasks.yml,line=9::1.page: ページ「x」がありません"
    told = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "直すところが2件あります" in told
    assert "50%\\|\\<img" in told
    assert "| data/tasks.yml | 9 | 1.page: ページ「x」がありません |" in told
    assert (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").count("## 誤りの知らせの読み方") == 1


@pytest.mark.parametrize("run", [[], ["-n", "1"]], ids=["alone", "with workers"])
def test_a_test_that_fails_is_told_at_the_line_where_it_does(tmp_path: Path, run: list[str]) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *run, f"--site={tmp_path / 'none'}"]
    done = subprocess.run(
        [*command, "tests/test_licences.py"],
        cwd=ROOT,
        env={**os.environ, "GITHUB_ACTIONS": "true"},
        capture_output=True,
        encoding="utf-8",
    )
    shown = annotations(done.stdout)
    assert shown
    lines = (ROOT / "tests" / "test_licences.py").read_text(encoding="utf-8").splitlines()
    for one in shown:
        file, line, said = one.split(":", 2)
        assert file == "tests/test_licences.py"
        assert "site" in lines[int(line) - 1]
        assert re.match(r" tests/test_licences\.py::test_\w+: (FileNotFound|Value)Error: ", said)
