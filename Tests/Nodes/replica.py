"""Exports and figures from a standby: they hold what was committed before they were asked for, whatever the standby does.

usage: replica.py ALMONER [TURNS]

A primary with a standby, and two nodes that read reports from it. Fails where a report misses what its caller, or another
on the other node, was told is kept; where the standby answers nothing while it is sound; or where a report fails while the
standby stands still, or is dead.
"""
import sys, time
from cluster import Cluster, fail, free_port

almoner = sys.argv[1]
turns = int(sys.argv[2]) if len(sys.argv) > 2 else 100

with Cluster(almoner, "replica") as cluster:
    cluster.init()
    port = free_port()
    standby = cluster.start_server("standby", port, copy_of=cluster.port)
    address = f"postgres://postgres@127.0.0.1:{port}/postgres"
    opened = 0
    nodes = [cluster.node("--replica", address), cluster.node("--replica", address)]

    def replayed():
        """Transactions that the standby has run, whoever asked."""
        return int(cluster.ask("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = 'postgres'", port))

    def report(node, name, what):
        status, body = node.call("GET", "/v1/exports/parties")
        if status != 200 or name not in str(body if isinstance(body, dict) else body.decode()):
            fail(f"{what}: a report of status {status} misses what was committed before it")
        status, body = node.call("GET", "/v1/figures?by=all")
        told = sum(item["wishes"] for item in body["items"]) if status == 200 else None
        if told != opened:
            fail(f"{what}: figures of status {status} count {told} wishes where {opened} have been opened")

    def phase(what, count):
        global opened
        slowest, begun = 0, time.monotonic()
        for turn in range(count):
            node, other = nodes[turn % 2], nodes[(turn + 1) % 2]
            status, body = node.call("POST", "/v1/parties", {"name": (name := f"{what} {turn:04}"), "kind": "enterprise"},
                                     f"{what.replace(' ', '-')}-{turn}")
            if status != 201:
                fail(f"{what}: {status} {body}")
            status, body = node.call(
                "POST", "/v1/wishes", {"text": "一台电风扇", "lines": [{"category": "appliance.fan", "quantity": 1}]},
                f"wish-{what.replace(' ', '-')}-{turn}")
            if status != 201:
                fail(f"{what}: a wish: {status} {body}")
            opened += 1
            asked = time.monotonic()
            # Of another node too: that a write was reported there is all that counts.
            report(other if turn % 3 else node, name, what)
            slowest = max(slowest, time.monotonic() - asked)
        return slowest, (time.monotonic() - begun) / count

    time.sleep(1)
    before = replayed()
    slowest, mean = phase("sound", turns)
    # A server counts what a session did when that has been idle for ten seconds.
    until = time.monotonic() + 20
    by_standby = replayed() - before
    while by_standby < 2 * turns and time.monotonic() < until:
        time.sleep(1)
        by_standby = replayed() - before
    print(f"{turns} writes, each of a party and a wish, followed by an export and the figures: nothing missed, {mean * 1000:.0f} ms a turn, slowest "
          f"{slowest * 1000:.0f} ms; transactions on the standby: {by_standby}")
    if by_standby < 2 * turns:
        fail("the standby was hardly asked")
    cluster.ask("SELECT pg_wal_replay_pause()", port)
    slowest, _ = phase("standing still", 5)
    print(f"with the standby standing still: nothing missed, slowest {slowest:.1f} s")
    cluster.ask("SELECT pg_wal_replay_resume()", port)
    standby.kill()
    standby.wait()
    slowest, _ = phase("dead", 5)
    print(f"with the standby dead: nothing missed, slowest {slowest:.1f} s")
