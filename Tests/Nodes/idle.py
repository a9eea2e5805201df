"""What nodes that nobody asks cost the server: numbers of transactions, of which what is touched and vacuum go by.

usage: idle.py ALMONER [SECONDS]

Two nodes that do nothing, and how many numbers they take a second; then the one on duty is killed, and a clock's work and
an entry of the history are seen to be done by the other. Fails where more than two a second are taken.
"""
import sys, time
from cluster import Cluster, fail

almoner = sys.argv[1]
seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0

with Cluster(almoner, "idle") as cluster:
    cluster.init()
    nodes = [cluster.node(), cluster.node()]

    def taken():
        """Asked without taking one."""
        return int(cluster.ask("SELECT pg_snapshot_xmax(pg_current_snapshot())"))

    time.sleep(5)
    before, begun = taken(), time.monotonic()
    time.sleep(seconds)
    rate = (taken() - before) / (time.monotonic() - begun)
    print(f"two nodes that nobody asks take {rate:.1f} numbers of transactions a second")
    if rate > 2:
        fail("idle nodes write more than they need to")

    def waiting():
        return int(cluster.ask("SELECT count(*) FROM history_waiting"))

    def on_duty():
        return cluster.ask("SELECT node FROM duty_lease WHERE duty = 'clocks' AND until_at > "
                           "floor(extract(epoch FROM clock_timestamp()) * 1000)")

    first = on_duty()
    # Which of the two it is, the table does not tell; the first that started takes the duty.
    nodes[0].kill()
    status, body = nodes[1].call("POST", "/v1/parties", {"name": "X", "kind": "enterprise"}, "x")
    if status != 201:
        fail(f"{status} {body}")
    killed = time.monotonic()
    while (waiting() > 0 or on_duty() in ("", first)) and time.monotonic() < killed + 20:
        time.sleep(0.1)
    took = time.monotonic() - killed
    print(f"after the death of the one on duty the other has sealed and keeps the clocks within {took:.1f} s")
    if took > 15:
        fail("nobody took the duties over within 15 s")
