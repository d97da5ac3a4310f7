"""CI workflows are safe for untrusted changes, and run the commands of the README. No forge runs here."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import PROJECT, git, run

GITHUB = PROJECT / ".github/workflows/check.yml"
FORGEJO = PROJECT / ".forgejo/workflows/check.yml"
GITEA = PROJECT / ".gitea/workflows/check.yml"
GITLAB = PROJECT / ".gitlab-ci.yml"
ACTIONS = [*(PROJECT / ".github/workflows").iterdir(), *(PROJECT / ".forgejo/workflows").iterdir(),
           *(PROJECT / ".gitea/workflows").iterdir()]

each_workflow = pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.parts[-3])
each_pipeline = pytest.mark.parametrize("path", [*ACTIONS, GITLAB], ids=lambda path: path.relative_to(PROJECT).parts[0])


def _read(path: Path) -> dict[Any, Any]:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(workflow, dict)
    return workflow


def _steps(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in _read(path)["jobs"].items():
        yield from ((name, step) for step in job["steps"])


def _commands(path: Path) -> dict[str, str]:
    """Return the shell commands of each job."""
    if path != GITLAB:
        return {name: "\n".join(step["run"] for job, step in _steps(path) if job == name and "run" in step)
                for name in _read(path)["jobs"]}
    pipeline = _read(path)
    before = "\n".join(pipeline["default"]["before_script"])
    return {name: "\n".join([before, *job["script"], *job.get("after_script", [])])
            for name, job in pipeline.items() if isinstance(job, dict) and "script" in job}


# --- Untrusted changes --------------------------------------------------------------
@each_workflow
def test_permissions_are_the_least(path: Path) -> None:
    workflow = _read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())


@each_workflow
def test_only_harmless_events_start_it(path: Path) -> None:
    assert _read(path)[True] == {"pull_request": None, "push": {"branches": ["main"]}}  # YAML parses "on" as True


@each_pipeline
def test_no_secret_and_no_cache_is_named(path: Path) -> None:
    text = path.read_text("utf-8")
    for forbidden in (r"\bsecrets?\s*[.\[:]", r"\bcache:", "actions/cache", "JOB_TOKEN", "pull_request_target",
                      "workflow_run", "id-token", "self-hosted"):
        assert not re.search(forbidden, text), forbidden


@each_workflow
def test_every_action_is_pinned_by_commit_and_tells_its_version(path: Path) -> None:
    lines = [line.strip().removeprefix("- ") for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.fullmatch(r"uses: actions/(?:checkout|upload-artifact)@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


@each_workflow
def test_no_credentials_stay_in_the_working_copy(path: Path) -> None:
    for _, step in _steps(path):
        if "actions/checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
        assert "extraHeader" not in step.get("run", "")  # in the environment of a single command


@each_workflow
def test_no_expression_is_pasted_into_a_shell(path: Path) -> None:
    assert [step["run"] for _, step in _steps(path) if "${{" in step.get("run", "")] == []


@each_workflow
def test_jobs_end_in_time_and_give_way_to_newer_ones(path: Path) -> None:
    workflow = _read(path)
    limits = {name: job["timeout-minutes"] for name, job in workflow["jobs"].items()}
    assert limits["check"] <= 5
    assert max(limits.values()) <= 60
    assert workflow["concurrency"]["cancel-in-progress"] is True


def test_the_same_holds_for_gitlab() -> None:
    pipeline = _read(GITLAB)
    assert pipeline["default"]["interruptible"] is True
    assert {name: pipeline[name]["timeout"] for name in ("check", "build", "tests")} == {
        "check": "5 minutes", "build": "30 minutes", "tests": "60 minutes"}
    assert pipeline["check"]["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json"}
    assert "--format gitlab" in pipeline["check"]["script"][1]
    assert pipeline["check"]["script"][1].endswith(">gl-code-quality-report.json")


# --- Commands ---------------------------------------------------------------------
@each_pipeline
def test_the_jobs_call_the_verbs_of_the_readme(path: Path) -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    called = {name: set(re.findall(r"scripts/[\w./-]+", commands)) for name, commands in _commands(path).items()}
    assert called["check"] == {"scripts/check"}
    assert "scripts/build" in called["build"]
    assert called["tests"] == {"scripts/test"}
    for verb in set().union(*called.values()):
        assert (PROJECT / verb).stat().st_mode & 0o111
        assert f"`{verb}" in readme or f"\n{verb} " in readme


@each_pipeline
def test_commands_are_shell_and_their_options_exist(path: Path) -> None:
    known = run(PROJECT / ".venv/bin/python", "scripts/check.py", "--help", folder=PROJECT).stdout
    for commands in _commands(path).values():
        done = subprocess.run(["sh", "-n"], input=commands, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        for line in commands.splitlines():
            if "scripts/check" in line:
                assert set(re.findall(r"--[a-z-]+", line)) <= set(re.findall(r"--[a-z-]+", known))


@each_pipeline
def test_the_check_needs_no_part_of_the_system_but_git_and_python(path: Path) -> None:
    check = _commands(path)["check"]
    installed = set(re.findall(r"no-install-recommends ([^;\n]*)", check)[0].split())
    assert installed <= {"ca-certificates", "git", "python3-venv"}
    assert "need_parts" not in (PROJECT / "scripts/check").read_text("utf-8")


@each_pipeline
def test_a_summary_that_a_change_brings_along_is_never_shown(path: Path, tmp_path: Path) -> None:
    commands = [line.strip() for line in "\n".join(_commands(path).values()).splitlines()]
    checks = [number for number, line in enumerate(commands) if line.startswith("scripts/check")]
    assert checks
    for number in checks:
        [written] = re.findall(r"--summary (\S+)", commands[number])
        (tmp_path / written).mkdir()
        (tmp_path / "gl-code-quality-report.json").symlink_to(tmp_path / "elsewhere")
        done = run("sh", "-ec", commands[number - 1], folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / written).exists()
        assert ">" not in commands[number] or list(tmp_path.iterdir()) == []
        (tmp_path / "gl-code-quality-report.json").unlink(missing_ok=True)


@each_pipeline
def test_a_check_that_wrote_no_summary_is_not_hidden_by_what_comes_after(path: Path, tmp_path: Path) -> None:
    steps = [command for commands in _commands(path).values() for command in commands.splitlines()
             if "tom-tat.md" in command and "scripts/check" not in command and "rm " not in command]
    assert steps
    for step in steps:
        done = run("sh", "-ec", step, folder=tmp_path, GITHUB_STEP_SUMMARY="/dev/null")
        assert (done.returncode, done.stderr) == (0, "")


def test_gitea_runs_what_forgejo_runs() -> None:
    assert GITEA.read_bytes() == FORGEJO.read_bytes()


def test_all_forges_ask_the_same_of_a_proposal() -> None:
    # Forgejo and Gitea also read GitHub's location.
    template = (PROJECT / ".github/pull_request_template.md").read_text("utf-8")
    assert (PROJECT / ".gitlab/merge_request_templates/Default.md").read_text("utf-8") == template
    assert template.count("- [ ] ") >= 4


def test_the_image_holds_what_exists() -> None:
    lines = (PROJECT / ".ci/Containerfile").read_text("utf-8").splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ")]
    assert copied
    assert all((PROJECT / path).is_file() for path in copied)
    assert {"requirements.txt", "tests/requirements.txt", "scripts/proceedings/system/packages.py"} == set(copied)


def test_code_is_fetched_without_an_action(tmp_path: Path) -> None:
    author, forge, job = tmp_path / "author", tmp_path / "forge" / "hội-nghị" / "kho.git", tmp_path / "job"
    author.mkdir()
    job.mkdir()
    git(author, "init", "-q", "-b", "main")
    (author / "a.md").write_text("một\n", "utf-8")
    git(author, "add", "-A")
    git(author, "commit", "-q", "-m", "một")
    subprocess.run(["git", "clone", "-q", "--bare", str(author), str(forge)], check=True)
    (author / "a.md").write_text("hai\n", "utf-8")
    git(author, "commit", "-q", "-a", "-m", "hai")
    git(author, "push", "-q", str(forge), "HEAD:refs/pull/1/head")
    head, base = (run("git", "rev-parse", name, folder=author).stdout.strip() for name in ("HEAD", "HEAD~1"))
    [script] = {step["run"] for _, step in _steps(FORGEJO) if step.get("name") == "Lấy mã nguồn"}
    done = run("sh", "-e", "-c", script, folder=job, GITHUB_SERVER_URL=f"file://{tmp_path}/forge",
               GITHUB_REPOSITORY="hội-nghị/kho", GITHUB_REF="refs/pull/1/head", GITHUB_SHA=head,
               GIT_CONFIG_COUNT="1", GIT_CONFIG_KEY_0="http.extraHeader", TOKEN="")
    assert done.returncode == 0, done.stderr
    assert (job / "a.md").read_text("utf-8") == "hai\n"
    assert run("git", "cat-file", "-t", base, folder=job).stdout == "commit\n"
    assert "Authorization" not in (job / ".git" / "config").read_text("utf-8")


def test_the_check_verb_hands_on_arguments_and_status(conference_root: Path, tmp_path: Path) -> None:
    shutil.copy(PROJECT / "requirements.txt", conference_root)
    (conference_root / ".venv").symlink_to(PROJECT / ".venv")
    good = run(conference_root / "scripts/check", "--format", "github", "--summary", "tom-tat.md", folder=tmp_path)
    assert (good.returncode, good.stdout) == (0, "Không có lỗi.\n"), good.stderr
    assert (conference_root / "tom-tat.md").read_text("utf-8").startswith("# Kết quả kiểm tra\n")
    (conference_root / "docs" / "la.md").write_text("# Lạ\n", "utf-8")
    bad = run(conference_root / "scripts/check", "--format", "github", folder=tmp_path)
    assert bad.returncode == 1
    assert bad.stdout.startswith("::error file=docs/la.md,line=1,title=ngoai-muc-luc::")
