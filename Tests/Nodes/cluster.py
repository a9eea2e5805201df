"""A PostgreSQL server and nodes of `almoner serve` on it, in a temporary folder and on the loopback; all end together."""
import http.client, json, os, re, shutil, signal, socket, subprocess, tempfile, time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    """Commits are on the disk when they are reported, as in earnest."""

    def __init__(self, almoner, name, settings=""):
        self.almoner = os.path.abspath(almoner)
        self.root = tempfile.mkdtemp(prefix=f"almoner-{name}-")
        versions = sorted(os.listdir("/usr/lib/postgresql"), key=float)
        self.bin = f"/usr/lib/postgresql/{versions[-1]}/bin"
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(self.root, "postgres", "postgres")
        self.settings = settings
        self.started = []
        self.token = None

    def __enter__(self):
        try:
            self.port = free_port()
            self.start_server("data", self.port)
            self.environment = {
                "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "ALMONER_DATA": os.path.abspath("Data"),
                "ALMONER_DATABASE": f"postgres://postgres@127.0.0.1:{self.port}/postgres",
                "ALMONER_KEYS": f"postgres://postgres@127.0.0.1:{self.port}/almoner_keys",
            }
            # A database of its own, as nodes on several machines need one.
            self.ask("CREATE DATABASE almoner_keys TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
            return self
        except BaseException:
            self.__exit__()
            raise

    def quietly(self, *command):
        subprocess.run(command, check=True, cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       **self.user)

    def start_server(self, name, port, copy_of=None):
        data = f"{self.root}/{name}"
        if copy_of:
            self.quietly(f"{self.bin}/pg_basebackup", "-h", "127.0.0.1", "-p", str(copy_of), "-U", "postgres", "-D", data,
                         "-R", "-X", "stream", "-c", "fast")
        else:
            self.quietly(f"{self.bin}/initdb", "-D", data, "-A", "trust", "-U", "postgres", "--locale=C",
                         "--encoding=UTF8", "--no-sync")
            with open(f"{data}/postgresql.conf", "a") as settings:
                settings.write("listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\n"
                               "max_pred_locks_per_transaction = 256\nwal_keep_size = 256MB\n" + self.settings)
        log = open(f"{self.root}/{name}.log", "ab")
        process = subprocess.Popen([f"{self.bin}/postgres", "-D", data, "-p", str(port)], cwd=self.root, stdout=log,
                                   stderr=log, **self.user)
        self.started.append(process)
        while subprocess.run([f"{self.bin}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode != 0:
            if process.poll() is not None:
                raise SystemExit(f"{name} did not start:\n" + open(f"{self.root}/{name}.log").read()[-2000:])
            time.sleep(0.1)
        return process

    def ask(self, sql, port=None):
        asked = subprocess.run(["psql", "-h", "127.0.0.1", "-p", str(port or self.port), "-U", "postgres", "-At", "-c",
                                sql, "postgres"], capture_output=True, text=True, timeout=60)
        if asked.returncode != 0:
            raise SystemExit(asked.stderr)
        return asked.stdout.strip()

    def run(self, *arguments, environment=None):
        """A command of the program, to its end."""
        made = subprocess.run([self.almoner, *arguments], cwd=self.root, env={**self.environment, **(environment or {})},
                              capture_output=True, text=True)
        if made.returncode != 0:
            raise SystemExit(f"{arguments}: {made.stdout}{made.stderr}")
        return made.stdout.strip()

    def init(self):
        self.token = self.run("init").split("\n")[-1]

    def node(self, *options, environment=None):
        return Node(self, options, {**self.environment, **(environment or {})})

    def __exit__(self, *_):
        for process in reversed(self.started):
            if process.poll() is None:
                process.send_signal(signal.SIGINT if process.args[0].endswith("postgres") else signal.SIGTERM)
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.root, ignore_errors=True)


class Node:
    """One `almoner serve`."""

    def __init__(self, cluster, options, environment):
        self.token = cluster.token
        unlimited = [] if "--key-rate" in options else ["--key-rate", "0", "--address-rate", "0"]
        self.log = f"{cluster.root}/nodes.log"
        self.process = subprocess.Popen(
            [cluster.almoner, "serve", "--port", "0", *unlimited, *options], cwd=cluster.root, env=environment,
            stdout=subprocess.PIPE, stderr=open(self.log, "ab"), text=True)
        cluster.started.append(self.process)
        line = self.process.stdout.readline()
        found = re.findall(r":(\d+)", line)
        if not found:
            raise SystemExit(f"a node did not start: {line}" + open(self.log).read()[-2000:])
        self.port = int(found[-1])

    def call(self, method, path, body=None, key=None, timeout=60):
        """The status and the answer; the status is None where no answer came."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
            answer = self.send(connection, method, path, body, key)
            connection.close()
            return answer
        except (OSError, http.client.HTTPException):
            return None, None

    def send(self, connection, method, path, body=None, key=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        bytes = answer.read()
        try:
            return answer.status, json.loads(bytes) if bytes else None
        except ValueError:
            return answer.status, bytes

    def pause(self):
        """Stands still at once, in the midst of what it does, with its connections open."""
        self.process.send_signal(signal.SIGSTOP)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def processor_seconds(self):
        return processor_seconds(self.process.pid)


def processor_seconds(pid):
    """User and system time of a process, in seconds."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def identifier(body):
    """The id of what was made."""
    return body["party"]["id"] if "party" in body and "id" not in body else body["id"]


def fail(text):
    print("FAILED:", text)
    raise SystemExit(1)


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]
