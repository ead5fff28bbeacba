"""What stands in .github/ is sound, asks for no right it does not need, and an error in a change can be read."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from macros.loading.guide import Guide

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


@pytest.fixture(scope="module")
def annotate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("annotate", ROOT / ".ci" / "annotate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    # a pipe hides the failure of what stands before it
    assert all("set -o pipefail" in step["run"] for step in steps(name) if "| python3" in step.get("run", ""))


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


BAD = sorted(path for kind in ("bad-data", "bad-pages") for path in (ROOT / "tests" / kind).iterdir())


@pytest.mark.parametrize("folder", BAD, ids=lambda path: path.name)
def test_every_error_of_data_and_pages_is_shown_at_its_line(annotate: ModuleType, folder: Path) -> None:
    messages = (folder / "messages.txt").read_text(encoding="utf-8").splitlines()
    found = list(annotate.findings(messages, ROOT))
    assert len(found) == len(messages)
    for message, one in zip(messages, found, strict=True):
        assert message == f"{one.file}:{one.line}: {one.text}"


SAID = """INFO    -  Building documentation
WARNING -  The following pages exist in the docs directory, but are not included in the "nav" configuration:
  - guide/new.md
WARNING -  Doc file 'index.md' contains a link 'none.md', but the target 'none.md' is not found among documentation files.
WARNING -  Doc file 'index.md' contains a link 'index.md#zz', but the doc 'index.md' does not contain an anchor '#zz'.
WARNING -  Doc file 'index.md' contains an absolute link '/x/', it was left as is.
WARNING -  [macros] - ERROR # _Macro Rendering Error_

_File_: `index.md`

_KeyError_: 'nope'

FAILED tests/test_github.py::test_owners_are_an_example_and_name_what_is_there - assert 50% == 100%
"""


def test_errors_of_pages_and_tests_are_shown_at_their_lines(annotate: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(
        '# 題\n\n[a](none.md)\n[b](index.md#zz)\n[c](/x/)\n{{ figure("nope") }}\n', encoding="utf-8"
    )
    found = list(annotate.findings(SAID.splitlines(), tmp_path))
    assert [(one.file, one.line) for one in found[:5]] == [
        ("docs/guide/new.md", 1),
        ("docs/index.md", 3),
        ("docs/index.md", 4),
        ("docs/index.md", 5),
        ("docs/index.md", 6),
    ]
    assert all(JAPANESE.search(one.text) for one in found[:5])
    assert annotate.command(found[5]).endswith("::assert 50%25 == 100%25")


def test_the_output_passes_through_and_the_summary_names_all(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "annotate.py"],
        input="はじめ\ndata/tasks.yml:9: 1.page: ページ「x」がありません\n",
        env={"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines() == [
        "はじめ",
        "data/tasks.yml:9: 1.page: ページ「x」がありません",
        "::error file=data/tasks.yml,line=9::1.page: ページ「x」がありません",
    ]
    told = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "直すところが1件あります" in told
    assert "| `data/tasks.yml` | 9 | 1.page: ページ「x」がありません |" in told
    assert (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").count("## 誤りの知らせの読み方") == 1
