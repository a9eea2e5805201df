#!/usr/bin/env python3
"""Measures the service beside its peers on loopback with wrk, one server after another, and prints one table.

usage: http_table.py ALMONER BASELINE FOLDER [--offers 100000] [--secs 5] [--rounds 3] [--conns 64] [--json]
  ALMONER   the release program          BASELINE  Hummingbird answering fixed bytes (Tests/HTTPBaseline)
  FOLDER    keeps the generated database between runs
Peers: nginx with a file of the same size, Hummingbird's bare static answer, Starlette on uvicorn building the same
object, Flask on gunicorn with PostgreSQL's box query. One that is not installed is left out and named.
Ours is measured twice: as it stands, where an answer is given again while nothing it rests on has changed, over 200 wishes
in turn; and with nothing kept, so that each answer is made for its request.
CPU a request is user and system time of the server's processes: the figure that a busy machine disturbs least.
"""
import argparse, json, os, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, time, urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from postgres import Postgres  # noqa: E402


def processes(root):
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = open(f"/proc/{entry}/stat").read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry))
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def usage(roots):
    """CPU seconds and resident megabytes of process trees; a parent counts its dead children too."""
    cpu = resident = 0
    for root in roots:
        for process in processes(root):
            try:
                fields = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            cpu += sum(map(int, fields[11:15] if process == root else fields[11:13])) / os.sysconf("SC_CLK_TCK")
            resident += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return cpu, resident >> 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program started for one measurement and ended by its process id."""

    def __init__(self, command, port, environment=None, also=()):
        self.port, self.also = port, also
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if self.process.poll() is not None:
                    self.log.seek(0)
                    raise SystemExit(f"{command[0]} ended: {self.log.read().decode()[-2000:]}")
                time.sleep(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def load(self, path, options, script=None, headers=()):
        url = f"http://127.0.0.1:{self.port}{path}"
        command = ["wrk", "-t1", f"-c{options.conns}", "--latency", "--timeout", "30s"]
        for header in headers:
            command += ["-H", header]
        if script:
            command += ["-s", script]

        def run(seconds):
            return subprocess.run(command + [f"-d{seconds}s", url], check=True, stdout=subprocess.PIPE, text=True).stdout

        run(1)
        figures = {"rps": [], "cpu_us": [], "p50_ms": [], "p99_ms": []}
        faults = memory = 0
        for _ in range(options.rounds):
            before, _ = usage([self.process.pid, *self.also])
            text = run(options.secs)
            after, memory = usage([self.process.pid, *self.also])
            count = int(re.search(r"(\d+) requests in", text)[1])
            figures["rps"].append(float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]))
            figures["cpu_us"].append((after - before) / max(count, 1) * 1e6)
            for key, part in (("p50_ms", "50"), ("p99_ms", "99")):
                value, unit = re.search(rf"{part}%\s+([\d.]+)(us|ms|s)", text).groups()
                figures[key].append(float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit])
            other = re.search(r"Non-2xx.*: (\d+)", text)
            faults += int(other[1]) if other else 0
        return {key: statistics.median(values) for key, values in figures.items()} | {"faults": faults, "mb": memory}


def get(port, path, token=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    return urllib.request.urlopen(request, timeout=60).read()


def database(options):
    """A generated city with the wanted number of offers, and a coordinator's token; kept for the next run."""
    folder = f"{options.folder}/http-{options.offers}"
    if not os.path.exists(folder + "/coordinator-token"):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        base = ["--database", f"sqlite:{folder}/almoner.db", "--quiet"]
        call = lambda *words: subprocess.run([options.almoner, *words, *base], check=True, stdout=subprocess.PIPE, text=True)
        call("init")
        call("demo", "generate", "--offers", str(options.offers), "--out", folder + "/city")
        for kind in ("parties", "offers", "wishes"):
            call("import", kind, f"{folder}/city/{kind}.csv", "--map", f"{HERE}/../../Data/mappings/almoner-{kind}.yaml")
        made = call("key", "create", "coordinator", "--label", "bench", "--json").stdout
        with open(folder + "/coordinator-token", "w") as kept:
            kept.write(json.loads(made)["token"])
    return folder, open(folder + "/coordinator-token").read()


def warm(port, names, token):
    """Has the registry loaded, and every first look at a wish on record."""
    for name in names:
        get(port, f"/v1/wishes/{name}", token)
    get(port, f"/v1/wishes/{names[0]}/matches", token)


def serve(options, folder, port, *more):
    return Server([options.almoner, "serve", "--database", f"sqlite:{folder}/almoner.db", "--port", str(port),
                   "--key-rate", "0", "--address-rate", "0", "--browse-guest", "0", "--browse-party", "0",
                   "--connections-per-address", "1000",
                   "--log-level", "error", *more], port)


LUA_GET = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at], {["Authorization"] = "Bearer %s"})
end
"""

LUA_POST = """
local at = 0
local start = "%s"
request = function()
  at = at + 1
  return wrk.format("POST", "/v1/offers", {
    ["Authorization"] = "Bearer %s", ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = start .. at }, [[%s]])
end
"""


def script(folder, name, text):
    path = f"{folder}/{name}.lua"
    with open(path, "w") as out:
        out.write(text)
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("almoner"); parser.add_argument("baseline"); parser.add_argument("folder")
    parser.add_argument("--offers", type=int, default=100_000)
    parser.add_argument("--secs", type=int, default=5); parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--conns", type=int, default=64); parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.almoner, options.baseline = os.path.abspath(options.almoner), os.path.abspath(options.baseline)
    os.makedirs(options.folder, exist_ok=True)
    if not shutil.which("wrk"):
        raise SystemExit("http_table: wrk is missing. Run: sudo apt-get install --yes wrk nginx-light")

    folder, token = database(options)
    rows, missing = {}, []

    port = free_port()
    with serve(options, folder, port) as server:
        wishes = json.loads(get(port, "/v1/wishes?state=open&limit=200", token))["items"]
        names = [wish["record"]["id"] for wish in wishes]
        one = get(port, f"/v1/wishes/{names[0]}", token)
        offer = json.loads(get(port, "/v1/offers?limit=1", token))["items"][0]
        body = json.dumps({"party": offer["party"], "text": "bench", "lines": [
            {"category": "school.art", "quantity": 10}]})
        shown = script(folder, "wish", LUA_GET % (",".join(f'"/v1/wishes/{name}"' for name in names), token))
        ranked = script(folder, "ranked", LUA_GET % (
            ",".join(f'"/v1/wishes/{name}/matches?limit=20&explain=true"' for name in names), token))
        warm(port, names, token)
        rows["health"] = server.load("/healthz", options)
        rows["one wish, given again"] = server.load("/", options, shown)
        rows["ranked, given again"] = server.load("/", options, ranked)
        rows["creating an offer"] = server.load("/", options, script(folder, "post", LUA_POST % (
            f"bench-{time.time_ns()}-", token, body)))
        # One client waits for each commit before the next: nothing is joined.
        alone = argparse.Namespace(**{**vars(options), "conns": 1})
        rows["creating, one client"] = server.load("/", alone, script(folder, "post-single", LUA_POST % (
            f"single-{time.time_ns()}-", token, body)))

    # Nothing is kept: every wish is read, every ranking made and written for its request.
    port = free_port()
    with serve(options, folder, port, "--answer-mebibytes", "0") as server:
        warm(port, names, token)
        rows["one wish, made afresh"] = server.load("/", options, shown)
        rows["ranked, made afresh"] = server.load("/", options, ranked)

    with tempfile.TemporaryDirectory() as peers:
        with open(peers + "/wish.json", "wb") as out:
            out.write(one)
        port = free_port()
        with Server([options.baseline, str(port), peers + "/wish.json"], port) as server:
            rows["Hummingbird, bare"] = server.load("/", options)
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        if os.path.exists(nginx):
            port = free_port()
            with open(peers + "/nginx.conf", "w") as out:
                out.write("worker_processes 2; daemon off; pid nginx.pid; error_log error.log;\n"
                          "events { worker_connections 1024; }\nhttp { access_log off; keepalive_requests 100000000;\n"
                          "default_type application/json; client_body_temp_path t1; proxy_temp_path t2;\n"
                          "fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5; sendfile on; tcp_nodelay on;\n"
                          f"open_file_cache max=100; server {{ listen 127.0.0.1:{port}; root .; }} }}\n")
            os.chmod(peers, 0o755)
            with Server([nginx, "-p", peers, "-c", peers + "/nginx.conf"], port) as server:
                rows["nginx, the same file"] = server.load("/wish.json", options)
        else:
            missing.append("nginx-light (Debian)")
        environment = dict(os.environ, PYTHONPATH=HERE + "/http", ALMONER_BENCH_WISH=peers + "/wish.json")
        binaries = os.path.dirname(sys.executable)
        if os.path.exists(binaries + "/uvicorn"):
            port = free_port()
            with Server([binaries + "/uvicorn", "peers:star", "--port", str(port), "--workers", "2", "--loop", "uvloop",
                         "--http", "httptools", "--no-access-log", "--log-level", "error"], port, environment) as server:
                time.sleep(2)
                rows["Starlette, one wish"] = server.load("/wish", options)
                rows["Starlette, health"] = server.load("/healthz", options)
        else:
            missing.append("starlette, uvicorn (PyPI)")
        if Postgres().bin and os.path.exists(binaries + "/gunicorn"):
            with Postgres() as postgres:
                queries = peers + "/queries.sql"
                fill(postgres, queries, options)
                port = free_port()
                environment = dict(postgres.environment, PYTHONPATH=HERE + "/http", ALMONER_BENCH_QUERIES=queries)
                with Server([binaries + "/gunicorn", "peers:flask", "--bind", f"127.0.0.1:{port}", "--workers", "2",
                             "--threads", "2"], port, environment, also=(postgres.server.pid,)) as server:
                    time.sleep(2)
                    rows["Flask, PostgreSQL box"] = server.load("/matches", options)
        else:
            missing.append("postgresql-15 (Debian), flask, gunicorn, psycopg (PyPI)")

    show(rows, missing, options)


def fill(postgres, queries, options):
    """The peer's table: as many offers as ours from the generator of the ranking benchmark, and its box queries."""
    data = f"{options.folder}/rank-{options.offers}"
    if not os.path.exists(data + "/wishes.txt"):
        subprocess.run([sys.executable, HERE + "/rank_gen.py", "--offers", str(options.offers), "--wishes", "50", "--out",
                        data], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, HERE + "/rank_run.py", "postgres", "box", data], check=True,
                   stdout=subprocess.DEVNULL, env=postgres.environment)
    space = {"__name__": "peer"}
    exec(open(HERE + "/rank_run.py").read().rsplit("\nmain()", 1)[0], space)
    with open(queries, "w") as out:
        for line in open(data + "/wishes.jsonl"):
            out.write(space["sql"](json.loads(line), "box", 20, "postgres").replace("\n", " ") + "\n")


def show(rows, missing, options):
    def ratio(ours, peer, key="rps"):
        if ours in rows and peer in rows:
            upper, lower = (rows[ours], rows[peer]) if key == "rps" else (rows[peer], rows[ours])
            return upper[key] / max(lower[key], 1e-9)

    ratios = {
        "health ÷ Hummingbird bare, requests/s": (ratio("health", "Hummingbird, bare"), None),
        "health ÷ nginx file, requests/s": (ratio("health", "nginx, the same file"), None),
        "wish given again ÷ Hummingbird bare, requests/s": (ratio("one wish, given again", "Hummingbird, bare"), 0.8),
        "wish made afresh ÷ Hummingbird bare, requests/s": (ratio("one wish, made afresh", "Hummingbird, bare"), 0.8),
        "wish given again ÷ nginx file, requests/s": (ratio("one wish, given again", "nginx, the same file"), None),
        "wish given again ÷ Starlette, requests/s": (ratio("one wish, given again", "Starlette, one wish"), 1.3),
        "wish made afresh ÷ Starlette, requests/s": (ratio("one wish, made afresh", "Starlette, one wish"), 1.3),
        "given again: Flask CPU ÷ our CPU a ranking": (
            ratio("ranked, given again", "Flask, PostgreSQL box", "cpu_us"), 100),
        "made afresh: Flask CPU ÷ our CPU a ranking": (
            ratio("ranked, made afresh", "Flask, PostgreSQL box", "cpu_us"), 100),
        "creating ÷ one commit a request": (ratio("creating an offer", "creating, one client"), 5),
    }
    if options.json:
        print(json.dumps({"rows": rows, "ratios": {name: value for name, (value, _) in ratios.items()},
                          "missing": missing}))
        return
    print(f"{options.offers:,} offers, {options.conns} connections, medians of {options.rounds} × {options.secs} s; "
          f"load {os.getloadavg()[0]:.1f}")
    print(f"{'':28} {'req/s':>9} {'CPU µs':>9} {'p50 ms':>8} {'p99 ms':>8} {'MB':>5} {'not 2xx':>8}")
    for name, row in rows.items():
        print(f"{name:28} {row['rps']:9,.0f} {row['cpu_us']:9.1f} {row['p50_ms']:8.2f} {row['p99_ms']:8.2f} "
              f"{row['mb']:5} {row['faults']:8}")
    for name, (value, must) in ratios.items():
        if value is not None:
            print(f"{name:48} {value:8.2f}" + (f"   must {must}" if must else ""))
    if missing:
        print("left out, not installed: " + "; ".join(missing), file=sys.stderr)


main()
