"""Kills a primary under load, promotes its standby, and brings the old primary back: nothing acknowledged may be lost.

usage: failover.py ALMONER [SECONDS]

Starts a primary and a synchronous standby in a temporary folder, two nodes of `almoner serve` on both, and eight writers
that register parties. Everything runs on the loopback and ends with this program.
"""
import http.client, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time

almoner = os.path.abspath(sys.argv[1])
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 6.0
versions = sorted(os.listdir("/usr/lib/postgresql"), key=float)
bin = f"/usr/lib/postgresql/{versions[-1]}/bin"
root = tempfile.mkdtemp(prefix="almoner-failover-")
user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
if user:
    shutil.chown(root, "postgres", "postgres")
started = []


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def quietly(*command):
    subprocess.run(command, check=True, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user)


class Server:
    """A PostgreSQL server on a port of its own."""

    def __init__(self, name):
        self.name, self.port, self.data = name, free_port(), f"{root}/{name}"

    def start(self):
        log = open(f"{root}/{self.name}.log", "ab")
        self.process = subprocess.Popen([f"{bin}/postgres", "-D", self.data, "-p", str(self.port)], cwd=root,
                                        stdout=log, stderr=log, **user)
        started.append(self.process)
        while subprocess.run([f"{bin}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode != 0:
            if self.process.poll() is not None:
                raise SystemExit(f"{self.name} did not start:\n" + open(f"{root}/{self.name}.log").read()[-2000:])
            time.sleep(0.1)

    def ask(self, sql):
        asked = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-At", "-c", sql,
                                database], capture_output=True, text=True, timeout=20)
        return asked.stdout.strip()


database = "postgres"
primary, standby = Server("primary"), Server("standby")


def make_primary():
    quietly(f"{bin}/initdb", "-D", primary.data, "-A", "trust", "-U", "postgres", "--locale=C", "--encoding=UTF8",
            "--no-sync")
    with open(f"{primary.data}/postgresql.conf", "a") as settings:
        settings.write("listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 100\n"
                       "max_pred_locks_per_transaction = 256\nwal_keep_size = 512MB\nhot_standby = on\n")
    primary.start()


def make_standby():
    quietly(f"{bin}/pg_basebackup", "-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres", "-D", standby.data,
            "-R", "-X", "stream", "-d", f"host=127.0.0.1 port={primary.port} user=postgres application_name=standby")
    standby.start()
    primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
    primary.ask("SELECT pg_reload_conf()")
    while primary.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "1":
        time.sleep(0.1)


class Node:
    """One `almoner serve`."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [almoner, "serve", "--port", "0", "--key-rate", "0", "--address-rate", "0"], cwd=root, env=environment,
            stdout=subprocess.PIPE, stderr=open(f"{root}/nodes.log", "ab"), text=True)
        started.append(self.process)
        line = self.process.stdout.readline()
        found = re.findall(r":(\d+)", line)
        if not found:
            fail(f"a node did not start: {line}")
        self.port = int(found[-1])

    def post(self, key, name, timeout=20):
        """The status of registering a party; None where no answer came."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            connection.request("POST", "/v1/parties", json.dumps({"name": name, "kind": "enterprise"}),
                               {"Authorization": f"Bearer {token}", "Idempotency-Key": key,
                                "Content-Type": "application/json"})
            status = connection.getresponse().status
            connection.close()
            return status
        except (OSError, http.client.HTTPException):
            return None


acknowledged, times, statuses, over = [], [], {}, threading.Event()
lock = threading.Lock()


def write(number, nodes):
    count = 0
    while not over.is_set():
        name = f"P-{number}-{count}"
        status = nodes[(number + count) % len(nodes)].post(f"k-{number}-{count}", name)
        with lock:
            statuses[status] = statuses.get(status, 0) + 1
            if status == 201:
                acknowledged.append(name)
                times.append(time.monotonic())
        count += 1
        if status != 201:
            time.sleep(0.05)


def names(server):
    return set(server.ask("SELECT name FROM party").split("\n"))


def fail(text):
    print("FAILED:", text)
    for log in ("primary.log", "standby.log", "nodes.log"):
        if os.path.exists(f"{root}/{log}"):
            print(f"-- {log}\n" + open(f"{root}/{log}", errors="replace").read()[-3000:])
    raise SystemExit(1)


try:
    make_primary()
    make_standby()
    address = f"postgres://postgres@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/postgres"
    environment = {"LANG": "C.UTF-8", "PATH": os.environ["PATH"], "ALMONER_DATABASE": address,
                   "ALMONER_DATA": os.path.abspath("Data")}
    made = subprocess.run([almoner, "init"], cwd=root, env=environment, capture_output=True, text=True)
    if made.returncode != 0:
        fail("init: " + made.stdout + made.stderr)
    token = made.stdout.strip().split("\n")[-1]
    nodes = [Node(environment), Node(environment)]
    writers = [threading.Thread(target=write, args=(number, nodes)) for number in range(8)]
    for writer in writers:
        writer.start()
    time.sleep(seconds)
    before = len(acknowledged)

    primary.process.send_signal(signal.SIGKILL)
    primary.process.wait()
    # The postmaster's children end by themselves when it is gone.
    killed = time.monotonic()
    quietly(f"{bin}/pg_ctl", "promote", "-D", standby.data)
    # It was to be followed by nobody: it writes alone from now on, until the operator adds a standby.
    standby.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
    standby.ask("SELECT pg_reload_conf()")
    promoted = time.monotonic()
    time.sleep(seconds)
    # What was under way at the kill may have been committed there and answered just after.
    again = [moment for moment in times if moment > promoted]
    gap = again[0] - killed if again else None

    # The old primary comes back just as it was.
    os.path.exists(f"{primary.data}/postmaster.pid") and os.remove(f"{primary.data}/postmaster.pid")
    primary.start()
    time.sleep(1)
    third = Node(environment)
    late = [third.post(f"late-{number}", f"L-{number}") for number in range(20)]
    time.sleep(2)
    over.set()
    for writer in writers:
        writer.join()
    kept = names(standby)
    lost = [name for name in acknowledged if name not in kept]
    old = names(primary)
    strays = [name for name in old if name.startswith(("L-",))]
    newest = [name for name in old if name not in kept]
    print(f"acknowledged before the kill: {before}, in all: {len(acknowledged)}, answers: {statuses}")
    print(f"acknowledged and lost: {len(lost)}")
    print(f"writing again after the kill: {gap:.1f} s" if gap is not None else "never wrote again")
    print(f"a node started beside the returned primary: {late.count(201)} of {len(late)} acknowledged, "
          f"{len(strays)} of them on the old primary; rows that only the old primary has: {len(newest)}")
    if lost:
        fail(f"{len(lost)} acknowledged writes were lost")
    if gap is None or gap > 10:
        fail("no node wrote again within 10 s")
    if late.count(201) != len(late) or strays:
        fail("a node wrote to the old primary")
    if newest and set(newest) & set(acknowledged):
        fail("the old primary acknowledged a write")
finally:
    over.set()
    for process in reversed(started):
        if process.poll() is None:
            process.send_signal(signal.SIGINT if process.args[0].endswith("postgres") else signal.SIGTERM)
    for process in started:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    shutil.rmtree(root, ignore_errors=True)
