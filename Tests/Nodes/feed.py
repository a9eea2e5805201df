"""The feed of changes under many writers: every commit once, in one order on every node, and soon.

usage: feed.py ALMONER [SECONDS] [WRITERS]

Two nodes on a server of their own. Writers register parties on both in turn; a follower on each node hears the feed as
server-sent events. Fails where a commit is missed or told twice, where the nodes tell another order, or where the 99th
percentile from the answer of a write to its event is a second or more.
"""
import http.client, json, socket, sys, threading, time
from cluster import Cluster, fail, identifier, quantile

almoner = sys.argv[1]
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 60
count = int(sys.argv[3]) if len(sys.argv) > 3 else 50
acknowledged, lock, over = {}, threading.Lock(), threading.Event()
statuses, refusals = {}, []


def write(number, nodes):
    connections = [http.client.HTTPConnection("127.0.0.1", node.port, timeout=30) for node in nodes]
    turn = 0
    while not over.is_set():
        place = (number + turn) % len(nodes)
        status, body = nodes[place].send(connections[place], "POST", "/v1/parties",
                                         {"name": f"P-{number}-{turn}", "kind": "enterprise"}, f"k-{number}-{turn}")
        now = time.monotonic()
        with lock:
            statuses[status] = statuses.get(status, 0) + 1
            if status != 201:
                refusals.append(body)
            else:
                acknowledged[identifier(body)] = now
        turn += 1


class Follower(threading.Thread):
    def __init__(self, node):
        super().__init__(daemon=True)
        self.told, self.ready, self.sentinel = [], threading.Event(), None
        # Longer than the pause between two signs of life of the stream.
        self.socket = socket.create_connection(("127.0.0.1", node.port), timeout=60)
        self.socket.sendall((f"GET /v1/changes?after=latest HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n"
                             f"Authorization: Bearer {node.token}\r\n\r\n").encode())

    def run(self):
        for line in self.socket.makefile("rb"):
            if line.startswith(b"retry:"):
                self.ready.set()
            elif line.startswith(b"data: "):
                now = time.monotonic()
                event = json.loads(line[6:])
                if event.get("kind") == "party" and event.get("what") == "created":
                    self.told.append((event["id"], event["cursor"], now))


with Cluster(almoner, "feed") as cluster:
    cluster.init()
    nodes = [cluster.node(), cluster.node()]
    followers = [Follower(node) for node in nodes]
    for follower in followers:
        follower.start()
        if not follower.ready.wait(10):
            fail("a feed did not open")
    writers = [threading.Thread(target=write, args=(number, nodes)) for number in range(count)]
    for writer in writers:
        writer.start()
    time.sleep(seconds)
    over.set()
    for writer in writers:
        writer.join()
    if not acknowledged:
        fail(f"nothing was written: {statuses} {refusals[:1]}")
    deadline = time.monotonic() + 10
    while any(len(follower.told) < len(acknowledged) for follower in followers) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    delays = []
    for number, follower in enumerate(followers):
        ids = [id for id, _, _ in follower.told]
        missed = set(acknowledged) - set(ids)
        if missed:
            fail(f"node {number}: {len(missed)} of {len(acknowledged)} commits were not told")
        if len(ids) != len(set(ids)):
            fail(f"node {number}: {len(ids) - len(set(ids))} commits were told twice")
        delays += [max(0, at - acknowledged[id]) for id, _, at in follower.told if id in acknowledged]
    if [item[:2] for item in followers[0].told] != [item[:2] for item in followers[1].told]:
        fail("the nodes tell another order")
    used = sum(node.processor_seconds() for node in nodes)
    p99 = quantile(delays, 0.99)
    print(f"{count} writers on {len(nodes)} nodes for {seconds:g} s: {len(acknowledged)} commits "
          f"({len(acknowledged) / seconds:.0f} a second), answers {statuses}")
    print("each was told once on every node, in the same order")
    print(f"from the answer to the event: median {quantile(delays, 0.5) * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, "
          f"slowest {max(delays) * 1000:.0f} ms; {used / len(acknowledged) * 1000:.2f} ms of processor a commit, "
          "both nodes")
    if p99 >= 1:
        fail("the feed was stale for a second or more")
