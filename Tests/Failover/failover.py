"""Kills a primary under load, promotes its standby, and brings the old primary back: nothing acknowledged may be lost.

usage: failover.py ALMONER [SECONDS]

Starts a primary and a synchronous standby in a temporary folder, two nodes of `almoner serve` on both, and eight writers
that register parties. Then a standby is promoted beside a primary that lives on, and at last beside one that stands still,
as with a disk that hangs: it neither answers nor closes. Everything runs on the loopback and ends with this program.
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


    def signal(self, number):
        """To the server and every process of its own."""
        pids = [self.process.pid]
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                if int(open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()[1]) == self.process.pid:
                    pids.append(int(entry))
            except OSError:
                pass
        for pid in pids:
            os.kill(pid, number)


database = "postgres"
primary, standby, second, third = Server("primary"), Server("standby"), Server("second"), Server("third")
standing = []


def make_primary():
    quietly(f"{bin}/initdb", "-D", primary.data, "-A", "trust", "-U", "postgres", "--locale=C", "--encoding=UTF8",
            "--no-sync")
    with open(f"{primary.data}/postgresql.conf", "a") as settings:
        settings.write("listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 100\n"
                       "max_pred_locks_per_transaction = 256\nwal_keep_size = 512MB\nhot_standby = on\n")
    primary.start()


def follow(server, followed):
    """Starts a synchronous standby of a server that takes writes."""
    quietly(f"{bin}/pg_basebackup", "-h", "127.0.0.1", "-p", str(followed.port), "-U", "postgres", "-D", server.data,
            "-R", "-X", "stream", "-d",
            f"host=127.0.0.1 port={followed.port} user=postgres application_name={server.name}")
    server.start()
    followed.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{server.name}'")
    followed.ask("SELECT pg_reload_conf()")
    while followed.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "1":
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
        """The status of registering a party, and its id; None where no answer came."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            connection.request("POST", "/v1/parties", json.dumps({"name": name, "kind": "enterprise"}),
                               {"Authorization": f"Bearer {token}", "Idempotency-Key": key,
                                "Content-Type": "application/json"})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, json.loads(body)["party"]["id"] if answer.status == 201 else None
        except (OSError, http.client.HTTPException):
            return None, None

    def status(self, path):
        """What a read answers; None where no answer came."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            status = connection.getresponse().status
            connection.close()
            return status
        except (OSError, http.client.HTTPException):
            return None


def hang(environment):
    """A primary stands still under load, and its standby is promoted: nobody waits for the one that does not answer."""
    follow(third, second)
    environment = {**environment, "ALMONER_DATABASE":
                   f"postgres://postgres@127.0.0.1:{second.port},127.0.0.1:{third.port}/postgres"}
    nodes = [Node(environment), Node(environment)]
    done, is_over, lock = [], threading.Event(), threading.Lock()

    def write(number):
        count = 0
        while not is_over.is_set():
            status, id = nodes[(number + count) % 2].post(f"hang-{number}-{count}", f"H-{number}-{count}", 60)
            if status == 201:
                with lock:
                    done.append((time.monotonic(), id))
            else:
                time.sleep(0.05)
            count += 1

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    standing.append(second)
    second.signal(signal.SIGSTOP)
    time.sleep(2)
    third.ask("SELECT pg_promote()")
    promoted = time.monotonic()
    third.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
    third.ask("SELECT pg_reload_conf()")
    while not [moment for moment, _ in done if moment > promoted] and time.monotonic() < promoted + 40:
        time.sleep(0.1)
    reads = [node.status("/v1/parties?limit=1") for node in nodes]
    is_over.set()
    for thread in threads:
        thread.join()
    again = [moment for moment, _ in done if moment > promoted]
    lost = {id for _, id in done} - ids(third)
    took = f"{again[0] - promoted:.1f} s" if again else "never"
    print(f"promoted beside a primary that stands still: writing again after {took}, reads {reads}; of {len(done)} "
          f"acknowledged writes {len(lost)} lost")
    if not again or again[0] - promoted > 10 or reads != [200, 200]:
        fail("nodes wait for a primary that stands still")
    if lost:
        fail(f"{len(lost)} acknowledged writes were lost beside a primary that stands still")


def split(environment):
    """A standby is promoted while its primary lives on, as after a partition: a node that has connections to the old one
    leaves it within seconds, with nothing restarted."""
    # A third server follows the second, which has taken writes since the first died.
    follow(second, standby)
    environment = {**environment, "ALMONER_DATABASE":
                   f"postgres://postgres@127.0.0.1:{standby.port},127.0.0.1:{second.port}/postgres"}
    node = Node(environment)
    # It has as many connections as it can have to the old one.
    for number in range(4):
        if node.post(f"split-{number}", f"S-{number}")[0] != 201:
            fail("split: no write before the promotion")
    readers = [threading.Thread(target=node.status, args=("/v1/parties",)) for _ in range(24)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    second.ask("SELECT pg_promote()")
    promoted = time.monotonic()
    second.ask("ALTER SYSTEM SET synchronous_standby_names = ''")
    second.ask("SELECT pg_reload_conf()")
    # These wait at the old one for the standby that follows it no more, and take all its places for writes.
    stuck = []
    waiting = [threading.Thread(target=lambda number=number: stuck.append(node.post(f"stuck-{number}", "S", 60)))
               for number in range(4)]
    for thread in waiting:
        thread.start()
    fresh = Node(environment)
    status, id = fresh.post("split-new", "S-new")
    if status != 201:
        fail(f"split: a node that starts after the promotion answers {status}")
    while (seen := node.status(f"/v1/parties/{id}")) != 200 and time.monotonic() < promoted + 30:
        time.sleep(0.2)
    took = time.monotonic() - promoted
    reads = [node.status(f"/v1/parties/{id}") for _ in range(40)]
    for thread in waiting:
        thread.join()
    again = [node.post(f"stuck-{number}", "S") for number in range(4)]
    late = [node.post(f"split-late-{number}", f"S-{number}") for number in range(20)]
    there = ids(second)
    wrong = [id for status, id in stuck + again + late if status == 201 and id not in there]
    print(f"promoted beside a living primary: reads of the running node saw the new server after {took:.1f} s, then "
          f"{reads.count(200)} of {len(reads)}; of {len(stuck)} writes under way at the old one "
          f"{sum(status == 201 for status, _ in stuck)} acknowledged, {sum(status == 201 for status, _ in again)} when sent "
          f"again; later writes {sum(status == 201 for status, _ in late)} of {len(late)}")
    if seen != 200 or took > 15 or reads.count(200) != len(reads):
        fail("a running node reads from the primary that was replaced")
    if wrong:
        fail(f"{len(wrong)} writes were acknowledged by the primary that was replaced")
    if any(status != 201 for status, _ in again + late):
        fail(f"a running node does not write to the server that was promoted: {again} {late}")


acknowledged, times, statuses, over = [], [], {}, threading.Event()
lock = threading.Lock()


def write(number, nodes):
    count = 0
    while not over.is_set():
        name = f"P-{number}-{count}"
        status, id = nodes[(number + count) % len(nodes)].post(f"k-{number}-{count}", name)
        with lock:
            statuses[status] = statuses.get(status, 0) + 1
            if status == 201:
                acknowledged.append(id)
                times.append(time.monotonic())
        count += 1
        if status != 201:
            time.sleep(0.05)


def ids(server):
    """Names are sealed, each time otherwise; a record is known by its id."""
    return set(server.ask("SELECT id FROM party").split("\n")) - {""}


def fail(text):
    print("FAILED:", text)
    for log in ("primary.log", "standby.log", "second.log", "third.log", "nodes.log"):
        if os.path.exists(f"{root}/{log}"):
            print(f"-- {log}\n" + open(f"{root}/{log}", errors="replace").read()[-3000:])
    raise SystemExit(1)


try:
    make_primary()
    follow(standby, primary)
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
    late_node = Node(environment)
    answers = [late_node.post(f"late-{number}", f"L-{number}") for number in range(20)]
    late = [status for status, _ in answers]
    time.sleep(2)
    over.set()
    for writer in writers:
        writer.join()
    kept, old = ids(standby), ids(primary)
    lost = set(acknowledged) - kept
    strays = {id for _, id in answers} & old
    newest = old - kept
    print(f"acknowledged before the kill: {before}, in all: {len(acknowledged)}, answers: {statuses}")
    print(f"acknowledged and lost: {len(lost)}")
    print(f"writing again after the kill: {gap:.1f} s" if gap is not None else "never wrote again")
    print(f"a node started beside the returned primary: {late.count(201)} of {len(late)} acknowledged, "
          f"{len(strays)} of them on the old primary; rows that only the old primary has: {len(newest)}")
    if not kept & set(acknowledged):
        fail("nothing that was acknowledged is found at all: what is compared is not what was answered")
    if lost:
        fail(f"{len(lost)} acknowledged writes were lost")
    if gap is None or gap > 10:
        fail("no node wrote again within 10 s")
    if late.count(201) != len(late) or strays:
        fail("a node wrote to the old primary")
    if newest & set(acknowledged):
        fail("the old primary acknowledged a write")
    # They know the two servers alone, and would wait for the second's standby.
    for node in nodes + [late_node]:
        node.process.terminate()
    for node in nodes + [late_node]:
        node.process.wait(30)
    split(environment)
    hang(environment)
finally:
    over.set()
    for server in standing:
        server.signal(signal.SIGCONT)
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
