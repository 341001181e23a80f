"""A replicated PostgreSQL of three nodes under Patroni and etcd, on the loopback alone; its leader can be killed."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

import psycopg

PATIENCE_SECONDS = 120.0
NODES = 3
# Short leases, so that a dead leader is missed soon; synchronous, so that what it acknowledged is elsewhere too.
_SHARED = {
    "ttl": 8, "loop_wait": 1, "retry_timeout": 3, "maximum_lag_on_failover": 1048576, "synchronous_mode": True,
    "synchronous_mode_strict": False,
    "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 60, "wal_keep_size": "128MB"}},
}  # fmt: skip
_STANDING = (
    b"SELECT pg_is_in_recovery(), count(*) FILTER (WHERE sync_state = 'sync'), count(*) FROM pg_stat_replication"
)
_ACCESS = ["host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"]


def programs() -> tuple[Path, Path, Path] | None:
    """Patroni, etcd and the folder of the server's programs, where all of them are installed."""
    patroni, etcd = shutil.which("patroni"), shutil.which("etcd")
    servers = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return (Path(patroni), Path(etcd), servers[-1].parent) if patroni and etcd and servers else None


class Cluster:
    """The nodes by number, each a Patroni with a server of its own; `ports` are those of the servers."""

    def __init__(self, folder: Path) -> None:
        found = programs()
        assert found is not None
        self.patroni, self.etcd, self.bin = found
        self.folder = folder
        self.user = "postgres" if os.geteuid() == 0 else None
        etcd, peer, *free = _free_ports(2 + 2 * NODES)
        self.etcd_port, self.peer_port = etcd, peer
        self.ports, self.rest_ports = free[:NODES], free[NODES:]
        self.processes: dict[int, subprocess.Popen[bytes]] = {}

    @property
    def database(self) -> str:
        """The URL of a database of the cluster: every node, and whichever of them can be written to."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports)
        return f"postgresql://postgres@{hosts}/postgres?target_session_attrs=read-write"

    def start(self, node: int) -> None:
        """Start a node, or start it again after it was killed."""
        self.processes[node] = self._spawn([self.patroni, self._configured(node)], f"node{node}.log")

    def start_etcd(self) -> subprocess.Popen[bytes]:
        """Start the keeper of the leader's lease."""
        here, peers = f"http://127.0.0.1:{self.etcd_port}", f"http://127.0.0.1:{self.peer_port}"
        return self._spawn(
            [self.etcd, "--name", "only", "--data-dir", self.folder / "etcd", "--listen-client-urls", here,
             "--advertise-client-urls", here, "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
             "--initial-cluster", f"only={peers}", "--enable-v2=false", "--logger", "zap"], "etcd.log",
        )  # fmt: skip

    def wait(self, *, standbys: int) -> int:
        """Wait for a leader with so many standbys, one of which it waits for with each commit; the leader's number."""
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            for node, port in enumerate(self.ports):
                if self._leads(port, standbys):
                    return node
            sleep(0.2)
        raise TimeoutError(f"no leader with {standbys} standbys: {self.roles()}")

    def roles(self) -> list[object]:
        """What each node says of itself."""
        return [self._said(port) for port in self.rest_ports]

    def kill(self, node: int) -> None:
        """End a node at once, its Patroni first and then its server, as when the machine loses its power."""
        process = self.processes.pop(node)
        process.kill()
        process.wait(PATIENCE_SECONDS)
        with suppress(OSError, ValueError):
            postmaster = int((self.folder / f"data{node}" / "postmaster.pid").read_text().splitlines()[0])
            os.kill(postmaster, signal.SIGKILL)

    def stop(self) -> None:
        """End all nodes; a Patroni that is told to go takes its server along, and is killed if it does not."""
        for process in self.processes.values():
            process.terminate()
        for node, process in list(self.processes.items()):
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill(node)

    def _leads(self, port: int, standbys: int) -> bool:
        try:
            with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=3) as connection:
                follows, synchronous, streaming = connection.execute(_STANDING).fetchone() or (True, 0, 0)
        except psycopg.Error:
            return False
        return not follows and synchronous >= 1 and streaming >= standbys

    def _said(self, rest_port: int) -> object:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{rest_port}/patroni", timeout=3) as answer:
                return json.load(answer)
        except OSError as error:
            return str(error)

    def _configured(self, node: int) -> Path:
        file = self.folder / f"node{node}.json"  # JSON is YAML
        file.write_text(json.dumps({
            "scope": "directives", "name": f"node{node}",
            "restapi": {"listen": f"127.0.0.1:{self.rest_ports[node]}",
                        "connect_address": f"127.0.0.1:{self.rest_ports[node]}"},
            "etcd3": {"host": f"127.0.0.1:{self.etcd_port}"},
            "bootstrap": {"dcs": _SHARED, "initdb": [{"encoding": "UTF8"}, {"locale": "C.UTF-8"}, {"auth": "trust"}],
                          "pg_hba": _ACCESS},
            "postgresql": {
                "listen": f"127.0.0.1:{self.ports[node]}", "connect_address": f"127.0.0.1:{self.ports[node]}",
                "data_dir": str(self.folder / f"data{node}"), "bin_dir": str(self.bin), "pg_hba": _ACCESS,
                "pgpass": str(self.folder / f"pgpass{node}"),
                "authentication": {name: {"username": "postgres"} for name in ("superuser", "replication", "rewind")},
                "parameters": {"unix_socket_directories": str(self.folder)},
            },
            "watchdog": {"mode": "off"},
        }))  # fmt: skip
        return file

    def _spawn(self, command: Sequence[str | Path], log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as said:
            return subprocess.Popen(
                command, user=self.user, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=True, env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LANG": "C.UTF-8"},
            )  # fmt: skip


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Three nodes with a leader and two standbys; gone afterwards."""
    with ExitStack() as after:
        folder = Path(tempfile.mkdtemp(prefix="directives-patroni-"))
        after.callback(shutil.rmtree, folder, ignore_errors=True)
        cluster = Cluster(folder)
        if cluster.user:
            shutil.chown(folder, cluster.user)
        folder.chmod(0o755)
        etcd = cluster.start_etcd()
        after.callback(etcd.wait, 10)
        after.callback(etcd.terminate)
        after.callback(cluster.stop)
        for node in range(NODES):
            cluster.start(node)
        cluster.wait(standbys=NODES - 1)
        yield cluster


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
