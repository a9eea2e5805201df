"""A server that stands still: every node says at once that it is not ready, however often it is asked, and is ready again soon
after the server goes on.

usage: ready.py ALMONER
"""
import signal, subprocess, sys, time
from cluster import Cluster, fail


def signal_server(cluster, number):
    """The server with every process of its own, as where its disk hangs."""
    server = cluster.started[0].pid
    children = subprocess.run(["pgrep", "-P", str(server)], capture_output=True, text=True).stdout.split()
    for process in [server, *children]:
        subprocess.run(["kill", f"-{number}", str(process)], stderr=subprocess.DEVNULL)


def wait_for(node, status, seconds):
    """Asks until it says so; every answer has to come at once. The seconds that it took."""
    begun = time.monotonic()
    while True:
        asked = time.monotonic()
        found = node.call("GET", "/readyz")[0]
        if time.monotonic() - asked > 2:
            fail(f"a node took {time.monotonic() - asked:.1f} s to say whether it is ready ({found})")
        if found == status:
            return time.monotonic() - begun
        if time.monotonic() - begun > seconds:
            fail(f"a node says {found}, not {status}, after {seconds} s")
        time.sleep(0.05)


with Cluster(sys.argv[1], "ready") as cluster:
    cluster.init()
    nodes = [cluster.node(), cluster.node()]
    for node in nodes:
        wait_for(node, 200, 5)
    signal_server(cluster, int(signal.SIGSTOP))
    try:
        unready = max(wait_for(node, 503, 15) for node in nodes)
        if [node.call("GET", "/healthz")[0] for node in nodes] != [200, 200]:
            fail("a node that waits for its database does not answer")
    finally:
        signal_server(cluster, int(signal.SIGCONT))
    ready = max(wait_for(node, 200, 40) for node in nodes)
    print(f"a server that stands still: two nodes said that they are not ready after {unready:.1f} s, and that they are "
          f"{ready:.1f} s after it went on")
