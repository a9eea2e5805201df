"""Limits of rate over two nodes: together never above twice the limit, and close to it when they know of each other.

usage: rates.py ALMONER

One key asks both nodes as fast as it can, from the moment at which each of them listens.
"""
import http.client, sys, threading, time
from cluster import Cluster, fail

almoner = sys.argv[1]
RATE, BURST = 40, 40
granted, lock, over = [], threading.Lock(), threading.Event()


def ask(node, pause):
    connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=10)
    while not over.is_set():
        try:
            status, _ = node.send(connection, "GET", "/v1/parties?limit=1")
        except (OSError, http.client.HTTPException):
            return
        if status == 200:
            with lock:
                granted.append((time.monotonic(), node))
        elif status != 429:
            fail(f"a node answers {status}")
        else:
            time.sleep(pause)


def between(begin, end):
    with lock:
        return sum(begin <= at < end for at, _ in granted)


with Cluster(almoner, "rates") as cluster:
    cluster.init()
    options = ["--key-rate", str(RATE), "--key-burst", str(BURST)]
    begun = time.monotonic()
    nodes, threads = [], []
    for _ in range(2):
        node = cluster.node(*options)
        nodes.append(node)
        threads += [threading.Thread(target=ask, args=(node, 0.002), daemon=True) for _ in range(4)]
        for thread in threads[-4:]:
            thread.start()
    time.sleep(16)
    # Over any stretch of time from the first request on.
    for end in (1, 2, 4, 8, 16):
        count, allowed = between(begun, begun + end), BURST + RATE * end
        if count > 2 * allowed:
            fail(f"in the first {end} s {count} requests were granted, and twice the limit is {2 * allowed}")
    steady = between(begun + 8, begun + 16) / 8
    print(f"two nodes, {RATE} a second in all: {steady:.1f} a second were granted; in the first 2 s "
          f"{between(begun, begun + 2)} of {BURST + 2 * RATE}")
    if not 0.7 * RATE < steady < 1.15 * RATE:
        fail("the nodes together do not keep to the limit")
    nodes[0].kill()
    time.sleep(20)
    now = time.monotonic()
    time.sleep(5)
    alone = between(now, now + 5) / 5
    over.set()
    print(f"twenty seconds after one was killed the other grants {alone:.1f} a second")
    if not 0.7 * RATE < alone < 1.15 * RATE:
        fail("the node that is left does not take over the other's share")
