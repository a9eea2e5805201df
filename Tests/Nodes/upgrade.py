"""A rolling upgrade, seen by a node of the older version: it serves on while a newer one has migrated as far as it tolerates,
and ends with a clear message beyond that.

usage: upgrade.py ALMONER

What the newer version does to the tables is done here by hand, as its migrations would record it.
"""
import subprocess, sys, time
from cluster import Cluster, fail

almoner = sys.argv[1]

with Cluster(almoner, "upgrade") as cluster:
    cluster.init()
    node = cluster.node()
    known = int(cluster.ask("SELECT max(number) FROM schema_migration"))

    def migrate(number, name, oldest):
        cluster.ask(f"CREATE TABLE {name} (id BIGINT); INSERT INTO schema_migration (number, name, checksum, applied_at) "
                    f"VALUES ({number}, '{name}', 'x', 0); INSERT INTO schema_tolerance VALUES ({number}, {oldest})")

    def works(node, key):
        status, body = node.call("POST", "/v1/parties", {"name": key, "kind": "enterprise"}, key)
        if status != 201 or node.call("GET", "/v1/parties?limit=1")[0] != 200:
            fail(f"{key}: {status} {body}")

    works(node, "before")
    migrate(known + 1, "soft", known)
    time.sleep(5)
    works(node, "while-a-newer-one-has-migrated")
    late = cluster.node()
    works(late, "and-one-that-starts-then")
    late.stop()
    print(f"schema {known}: serves and starts on schema {known + 1}, which tolerates it")
    migrate(known + 2, "hard", known + 2)
    begun = time.monotonic()
    status = node.process.wait(20)
    took = time.monotonic() - begun
    if status == 0 or "for programs of schema" not in open(node.log).read():
        fail(f"the node ended with {status}: " + open(node.log).read()[-500:])
    refused = subprocess.run([cluster.almoner, "serve", "--port", "0"], cwd=cluster.root, env=cluster.environment,
                             capture_output=True, text=True, timeout=20)
    if refused.returncode == 0 or "Use the newer version" not in refused.stderr:
        fail(f"a node that starts beyond it: {refused.returncode} {refused.stderr}")
    print(f"schema {known + 2} does not: the node ended {took:.1f} s later, and another does not start: "
          + refused.stderr.strip().split("\n")[0])
