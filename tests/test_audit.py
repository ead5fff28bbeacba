"""The audit: what counts as asked, what as known, and what the lists hold. pip-audit and the network are played."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import audit
from tests.audit import Known, NotAsked, known_in, licence_list, licence_of, normal, parts_list, pins

SAFE = {"name": "jinja2", "version": "3.1.6", "vulns": []}
SKIPPED = {"name": "click", "skip_reason": "Dependency not found on PyPI and could not be audited: click (8.5.1)"}
BAD = {
    "name": "pyyaml",
    "version": "5.3",
    "vulns": [{"id": "PYSEC-2021-142", "fix_versions": ["5.4"], "aliases": [], "description": ""}],
}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the tools print, to be set by the test."""
    told = SimpleNamespace(stdout="", stderr="", returncode=0)
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: told)
    return told


def run(root: Path) -> int:
    return audit.audit(Path("pip-audit"), [root / "locks/requirements.lock"])


def test_nothing_known_is_success(root: Path, answers: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    answers.stdout = json.dumps({"dependencies": [SAFE], "fixes": []})
    assert run(root) == 0
    assert "1 packages, 0 known vulnerabilities." in capsys.readouterr().out


def test_what_is_known_is_told_with_the_version_that_mends_it(
    root: Path, answers: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    answers.stdout = json.dumps({"dependencies": [SAFE, BAD], "fixes": []})
    assert run(root) == 1
    assert "pyyaml 5.3: PYSEC-2021-142 (直った版 fixed in: 5.4)" in capsys.readouterr().out


def test_a_skipped_package_is_not_a_safe_one(
    root: Path, answers: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip-audit itself ends with success here."""
    answers.stdout = json.dumps({"dependencies": [SAFE, SKIPPED], "fixes": []})
    assert run(root) == 2
    told = capsys.readouterr().err
    assert "脆弱性のデータベースに問い合わせられませんでした。" in told
    assert "1 of 2 packages: Dependency not found" in told


def test_no_answer_is_no_success(root: Path, answers: SimpleNamespace, capsys: pytest.CaptureFixture[str]) -> None:
    answers.stderr, answers.returncode = "Traceback …\nConnectionError: no way to a.example.org\n", 1
    assert run(root) == 2
    assert "requirements.lock: ConnectionError: no way to a.example.org" in capsys.readouterr().err


def test_known_ones_are_read() -> None:
    assert known_in([SAFE, BAD]) == [Known("pyyaml", "5.3", "PYSEC-2021-142", "5.4")]
    with pytest.raises(NotAsked):
        known_in([SKIPPED])


def test_pins_are_read_from_lock_files(root: Path) -> None:
    found = pins([root / "locks/requirements.lock"])
    assert found["mkdocs-material"] == "9.8.1"
    assert normal("Typing_Extensions") in found
    assert "pytest" not in found


def test_the_parts_list_leaves_out_what_the_site_does_not_need(answers: SimpleNamespace) -> None:
    answers.stdout = json.dumps(
        {
            "metadata": {"component": {"bom-ref": "root"}},
            "components": [
                {"bom-ref": "a==1", "name": "A_b", "version": "1", "licenses": [{"license": {"id": "MIT"}}]},
                {"bom-ref": "t==1", "name": "pytest", "version": "1"},
            ],
            "dependencies": [{"ref": "root", "dependsOn": ["a==1", "t==1"]}, {"ref": "a==1"}, {"ref": "t==1"}],
        }
    )
    parts = parts_list(Path("tool"), Path("python"), {"a-b"})
    assert [one["name"] for one in parts["components"]] == ["A_b"]
    assert parts["dependencies"] == [{"ref": "root", "dependsOn": ["a==1"]}, {"ref": "a==1"}]
    assert "| A_b | 1 | MIT |" in licence_list(parts)
    assert "| Material for MkDocs | MIT | Martin Donath |" in licence_list(parts)


@pytest.mark.parametrize(
    ("licences", "told"),
    [
        ([{"expression": "MIT OR Apache-2.0"}], "MIT OR Apache-2.0"),
        ([{"license": {"id": "MPL-2.0"}}, {"license": {"name": "License :: OSI Approved :: Mozilla"}}], "MPL-2.0"),
        ([{"license": {"name": "License :: OSI Approved :: BSD License"}}], "BSD License"),
        ([], "不明 (not told)"),
    ],
)
def test_a_licence_has_its_exact_name_where_there_is_one(licences: list[dict[str, object]], told: str) -> None:
    assert licence_of({"licenses": licences}) == told
