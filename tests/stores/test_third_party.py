"""A store of another distribution: the one that the documentation writes, installed, found by its URL, held to all."""

import base64
import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.stores.page_store import FILES

USE = """
import sys
from directives_adapters import create_register, open_register, store_module
from directives_adapters.moving import check_register, copy_register
from directives_core import Actor
from directives_core.errors import RegisterExists, RegisterMissing, UnknownStore

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
url = f"folder:///{sys.argv[1]}/register"
names = {"title": "Sổ", "zone": "Asia/Ho_Chi_Minh", "by": OFFICE}
try:
    open_register(url)
    raise SystemExit("it opened what is not there")
except RegisterMissing:
    pass
with create_register(url, **names) as register:
    register.add_unit("xã A", by=OFFICE)
    number = register.assign("Nộp hồ sơ", to="xã A", due="2030-10-02", by=OFFICE, command_id="once")
try:
    create_register(url, **names)
    raise SystemExit("it overwrote a register")
except RegisterExists:
    pass
with open_register(url) as register:
    assert register.assign("Nộp hồ sơ", to="xã A", due="2030-10-02", by=OFFICE, command_id="once") == number
    assert register.as_of()[number].text == "Nộp hồ sơ"
    register.erase("hoa", reason="theo yêu cầu", by=OFFICE)
    assert [event.position for event in register.follow(timeout=0)] == list(range(1, 7))
with open_register(url) as register:
    assert [actor["name"] for actor in register.actors()] == ["[erased]"]
done = copy_register(url, f"sqlite:///{sys.argv[1]}/copy.db")
copy_register(f"sqlite:///{sys.argv[1]}/copy.db", url + "-back")
assert check_register(url).ok and check_register(url + "-back").ok and done == 6
try:
    store_module("other:")
except UnknownStore as error:
    assert "folder:" in error.known
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that pip installed the package of the page into, with its test beside it."""
    folder = tmp_path_factory.mktemp("package")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    wheel = build_wheel(folder)
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--target",
        folder / "site",
    ]
    subprocess.run([*command, wheel], check=True, capture_output=True)
    return folder


def build_wheel(folder: Path) -> Path:
    """A wheel of the modules that `pyproject.toml` speaks of, made as its specification says."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"].replace("-", "_"), project["version"]
    points = [
        f"[{group}]\n" + "".join(f"{point} = {module}\n" for point, module in entries.items())
        for group, entries in project["entry-points"].items()
    ]
    info = f"{name}-{version}.dist-info"
    files = {
        "folder_store.py": (folder / "folder_store.py").read_bytes(),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "\n".join(points).encode(),
    }
    digests = {path: base64.urlsafe_b64encode(hashlib.sha256(data).digest()) for path, data in files.items()}
    lines = [f"{path},sha256={digests[path].decode().rstrip('=')},{len(data)}" for path, data in files.items()]
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, data in files.items():
            archive.writestr(path, data)
        archive.writestr(f"{info}/RECORD", "\n".join([*lines, f"{info}/RECORD,,"]) + "\n")
    return wheel


def run(installed: Path, *command: str | Path) -> str:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(installed / "site"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, *command], env=environment, cwd=installed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_passes_the_whole_contract(installed: Path) -> None:
    said = run(installed, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs", "test_folder_store.py")

    assert "failed" not in said
    assert int(re.findall(r"(\d+) passed", said)[0]) > 60
    skipped = sorted(set(re.findall(r"SKIPPED .*?: (.*)", said)))
    assert skipped == ["this store offers no way around itself"]


def test_its_registers_are_made_opened_and_moved_by_their_url(installed: Path, tmp_path: Path) -> None:
    (installed / "use.py").write_text(USE, encoding="utf-8")

    run(installed, "use.py", tmp_path)
    run(installed, "-m", "directives_cli", "store", "check", "--store", f"folder:///{tmp_path}/register")

    assert (tmp_path / "register" / "keys").read_bytes() == b"{}", "the key was not destroyed"


def test_what_a_killed_writer_left_unfinished_was_never_written(installed: Path, tmp_path: Path) -> None:
    (installed / "use.py").write_text(USE, encoding="utf-8")
    run(installed, "use.py", tmp_path)
    register = tmp_path / "register"
    before = {path.name: path.read_bytes() for path in register.glob("*.json")}
    (register / "new").write_bytes(before["1.json"][:100])

    run(installed, "-m", "directives_cli", "store", "check", "--store", f"folder:///{register}")
    command = ["unit", "add", "xã B", "--by", "hoa", "--store", f"folder:///{register}"]
    run(installed, "-m", "directives_cli", *command)

    after = {path.name: path.read_bytes() for path in register.iterdir()}
    assert before.items() < after.items()
    assert after.keys() - before.keys() == {f"{len(before) + 1}.json", "keys", "lock"}
