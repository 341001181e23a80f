"""The tab key: what is completed, in a real bash, and by what our own scripts ask in other shells."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.desk import Desk

BIN = Path(sys.executable).parent


def environment(**more: str) -> dict[str, str]:
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", **more}


def asked(shell: str, words: str, **more: str) -> list[str]:
    """What the command answers to a shell that asks."""
    said = environment(_DIRECTIVES_COMPLETE=f"{shell}_complete", COMP_WORDS=words, **more)
    ran = subprocess.run([BIN / "directives"], env=said, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return list(filter(None, ran.stdout.splitlines()))


@pytest.fixture
def bash(assigned: Desk):
    """Completes the last word of a line, as bash does on the tab key."""

    def complete(*words: str) -> list[str]:
        quoted = " ".join(f"'{word}'" if '"' in word else f'"{word}"' for word in words)
        script = (
            'eval "$(directives completion bash)"\n'
            f"COMP_WORDS=(directives {quoted}); COMP_CWORD={len(words)}\n"
            "_directives_completion directives\n"
            "[ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"\n"
        )
        ran = subprocess.run(
            ["bash", "--norc", "-c", script], env=environment(), capture_output=True, text=True, check=True
        )
        assert ran.stderr == ""
        return ran.stdout.splitlines()

    return complete


def test_bash_completes_commands_numbers_units_meetings_and_actors(assigned: Desk, bash) -> None:
    assigned.types("meeting close GB-2021-09")

    assert bash("hist") == ["history"]
    assert bash("show", "") == ["1", "2"]
    assert bash("show", "1,D-2") == ["1,D-2"]
    assert bash("list", "--unit", "Cán") == [r"UBND\ xã\ Cán\ Khê"]
    assert bash("list", "--unit", "'can khe") == ["UBND xã Cán Khê"]
    assert bash("list", "--as-of", "gb") == ["GB-2021-09"]
    assert bash("report", "1", "x", "--by", "th") == ["thao"]
    assert bash("list", "--timeliness", "over") == ["overdue"]


def test_a_name_that_is_begun_in_quotes_stays_as_it_is(bash) -> None:
    assert bash("list", "--unit", '"UBND xã X') == ["UBND xã Xuân Du"]


def test_a_name_completed_by_bash_is_understood(assigned: Desk, bash) -> None:
    (name,) = bash("list", "--unit", "xuan")

    ran = subprocess.run(
        ["bash", "-c", f"directives list --json --unit {name}"], env=environment(), capture_output=True, check=True
    )

    assert b'"number": 2' in ran.stdout


@pytest.mark.parametrize("words", ["directives show ", "directives list --unit "])
def test_nothing_is_completed_and_nothing_said_where_there_is_no_register(desk: Desk, words: str) -> None:
    place = str(len(words.split()))

    assert asked("bash", words, COMP_CWORD=place) == []
    (desk.folder / "directives.db").write_bytes(b"something else")
    assert asked("bash", words, COMP_CWORD=place) == []


def test_powershell_gets_values_with_their_help(assigned: Desk) -> None:
    assert asked("powershell", "directives show ", COMP_INCOMPLETE="") == [
        "plain\t1\tNộp hồ sơ sáp nhập thôn", "plain\t2\tRà soát hộ nghèo",
    ]  # fmt: skip
    assert asked("powershell", "directives list --unit 'UBND xã X", COMP_INCOMPLETE="UBND xã X")[0].startswith(
        "plain\tUBND xã Xuân Du\t"
    )


@pytest.mark.parametrize(("shell", "sign"), [
    ("bash", "complete -o nosort -F _directives_completion directives"), ("zsh", "compdef _directives_completion"),
    ("fish", "complete --no-files --command directives"), ("powershell", "Register-ArgumentCompleter -Native"),
])  # fmt: skip
def test_the_script_of_every_shell_is_printed_without_a_register(desk: Desk, shell: str, sign: str) -> None:
    assert sign in desk.types(f"completion {shell}").out


@pytest.mark.parametrize(("shell", "check"), [
    ("zsh", ["zsh", "-n"]), ("fish", ["fish", "-n"]), ("bash", ["bash", "-n"]),
    ("powershell", ["pwsh", "-NoProfile", "-File"]),
])  # fmt: skip
def test_the_shell_itself_reads_its_script(desk: Desk, shell: str, check: list[str]) -> None:
    if shutil.which(check[0]) is None:
        pytest.skip(f"{check[0]} is not installed")
    script = desk.folder / ("script.ps1" if shell == "powershell" else "script")
    script.write_text(desk.types(f"completion {shell}").out, encoding="utf-8")

    subprocess.run([*check, script], check=True, env=environment())


def test_many_numbers_are_completed_by_their_first_digits(office: Desk) -> None:
    for _ in range(13):
        office.types("assign x --to 'can khe' --due none")

    assert [line.split("\t")[1] for line in asked("powershell", "directives show 1", COMP_INCOMPLETE="1")] == [
        "1", "10", "11", "12", "13",
    ]  # fmt: skip
