"""Intake and ranked matches with one node and with two on PostgreSQL, beside one on the embedded store.

usage: bench.py ALMONER [SECONDS]

All on this machine, with wrk, nodes and server sharing its cores: so the figures that carry over are those a second of
processor, and the ratio of one node and two where the cores are not the limit. Commits are on the disk (fsync) everywhere.
"""
import os, re, statistics, subprocess, sys, time
from cluster import Cluster, fail, identifier, processor_seconds

almoner = sys.argv[1]
seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 8
CONNECTIONS = 64

INTAKE = """
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function init(args) count = 0; stamp = args[1] end
function request()
  count = count + 1
  local body = '{"party":"%(party)s","text":"' .. count .. ' 台电风扇","lines":[{"category":"appliance.fan","quantity":3}]}'
  return wrk.format("POST", "/v1/offers", {["Authorization"] = "Bearer %(token)s", ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = stamp .. "-" .. id .. "-" .. count}, body)
end
function response(status) if status ~= 201 then bad = (bad or 0) + 1 end end
"""
MATCHES = """
wishes = {%(wishes)s}
function init(args) count = tonumber(string.sub(args[1], -6)) end
function request()
  count = count + 7
  return wrk.format("GET", "/v1/wishes/" .. wishes[count %% #wishes + 1] .. "/matches?limit=20",
    {["Authorization"] = "Bearer %(token)s"})
end
"""


def load(cluster, nodes, script, name):
    """Requests a second that were answered well, milliseconds in the median and the 99th percentile, and the processor
    time of nodes and server a request."""
    path = f"{cluster.root}/{name}.lua"
    open(path, "w").write(script)
    before = sum(node.processor_seconds() for node in nodes), server_seconds(cluster)
    runs = [subprocess.Popen(["wrk", "-t1", f"-c{CONNECTIONS // len(nodes)}", f"-d{seconds}s", "--latency", "-s", path,
                              f"http://127.0.0.1:{node.port}", "--", f"{time.time_ns()}{place}"],
                             stdout=subprocess.PIPE, text=True)
            for place, node in enumerate(nodes)]
    texts = [run.communicate()[0] for run in runs]
    used = sum(node.processor_seconds() for node in nodes) - before[0], server_seconds(cluster) - before[1]
    total, rate, medians, worst = 0, 0, [], []
    for text in texts:
        done = int(re.search(r"(\d+) requests in", text).group(1))
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
        if bad and int(bad.group(1)) > done / 100:
            fail(f"{name}: {text}")
        total += done - (int(bad.group(1)) if bad else 0)
        rate += float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
        medians.append(milliseconds(re.search(r"\n +50% +(\S+)", text).group(1)))
        worst.append(milliseconds(re.search(r"\n +99% +(\S+)", text).group(1)))
    return rate, statistics.mean(medians), max(worst), used[0] / total * 1000, used[1] / total * 1000


def milliseconds(text):
    number, unit = re.match(r"([\d.]+)(\D+)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def postgres_processes(cluster):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            parent = int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == cluster.started[0].pid or int(pid) == cluster.started[0].pid:
            yield int(pid)


def server_seconds(cluster):
    total = 0.0
    for pid in postgres_processes(cluster):
        try:
            total += processor_seconds(pid)
        except OSError:
            pass
    return total


with Cluster(almoner, "bench", "shared_buffers = 256MB\nmax_locks_per_transaction = 256\n") as cluster:
    embedded = {"ALMONER_DATABASE": f"sqlite:{cluster.root}/town.db", "ALMONER_KEYS": f"{cluster.root}/town.db.keys"}
    # Keys of callers are copied with everything else.
    cluster.token = cluster.run("init", environment=embedded).split("\n")[-1]
    cluster.run("demo", environment=embedded)
    cluster.run("db", "copy", f"sqlite:{cluster.root}/town.db", cluster.environment["ALMONER_DATABASE"])
    cluster.run("key-file", "copy-store", cluster.environment["ALMONER_KEYS"], environment=embedded)
    keys = {"ALMONER_KEY_FILE": f"{cluster.root}/town.db.key"}
    rows = {}
    for name, count, environment in [("embedded store, 1 node", 1, embedded), ("PostgreSQL, 1 node", 1, keys),
                                     ("PostgreSQL, 2 nodes", 2, keys)]:
        nodes = [cluster.node(environment=environment) for _ in range(count)]
        _, party = nodes[0].call("POST", "/v1/parties", {"name": "B", "kind": "enterprise"}, "p-" + re.sub("[^a-zA-Z0-9]+", "-", name))
        _, page = nodes[0].call("GET", "/v1/wishes?state=open&limit=100")
        wishes = ",".join(f'"{identifier(item)}"' for item in page["items"])
        for node in nodes:
            node.call("GET", f"/v1/wishes/{identifier(page['items'][0])}/matches?limit=20")
        values = {"token": cluster.token, "party": identifier(party), "wishes": wishes}
        rows[name] = load(cluster, nodes, MATCHES % values, "matches"), load(cluster, nodes, INTAKE % values, "intake")
        for node in nodes:
            node.stop()
    for place, what in [(1, "intake: offers made, each on the disk"), (0, "20 best matches of a wish")]:
        print(f"\n{what}, {CONNECTIONS} connections, {seconds} s\n")
        print("| | a second | ratio | median ms | p99 ms | ms of processor: nodes | server |")
        print("|---|---|---|---|---|---|---|")
        base = rows["PostgreSQL, 1 node"][place][0]
        for name, row in rows.items():
            rate, median, worst, node, server = row[place]
            print(f"| {name} | {rate:,.0f} | {rate / base:.2f} | {median:.1f} | {worst:.0f} | {node:.2f} | {server:.2f} |")
