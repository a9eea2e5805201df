"""A node that dies at its work: another does it, exactly once and soon.

usage: kill.py ALMONER [CLAIMS] [ROUNDS]

Two nodes on a server of their own. First so many leases end at once; the node that ends them stands still in the midst of it,
as a machine without power looks to the server: its connections stay, and so does what they have locked.
Then, in each round, a plan is applied by a node that is killed at some moment meanwhile, and the same request is sent to the
other. Fails where something was done twice or not at all, or took longer than 15 s.
"""
import random, sys, threading, time
from cluster import Cluster, fail, identifier

almoner = sys.argv[1]
claims = int(sys.argv[2]) if len(sys.argv) > 2 else 1_500
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 6
chance = random.Random(20261122)
START, LATER = "2026-01-05T09:00", "2026-01-05T11:30"


def must(answer, wanted, what):
    if answer[0] != wanted:
        fail(f"{what}: {answer}")
    return answer[1]


def offer(node, number, quantity, party):
    body = {"party": party, "text": f"{number} 台电风扇", "lines": [{"category": "appliance.fan", "quantity": quantity}]}
    return identifier(must(node.call("POST", "/v1/offers", body, f"offer-{number}"), 201, "offer"))


def wishes(cluster, numbers, quantity):
    """Registers wishes that no case was opened for, as an import does, so that no approval stands between."""
    with open(f"{cluster.root}/wishes.csv", "w") as file:
        file.write("number,what,quantity\n" + "".join(f"W{number:05},电风扇,{quantity}\n" for number in numbers))
    with open(f"{cluster.root}/map.yaml", "w") as file:
        file.write("kind: wishes\nsource: test\nfields: {externalID: number, category: what, quantity: quantity}\n")
    cluster.run("import", "wishes", "wishes.csv", "--map", "map.yaml", "--register-only", "--quiet")
    return cluster.ask(f"SELECT id FROM wish WHERE external_id >= 'W{numbers[0]:05}' ORDER BY external_id").split("\n")


def leases(cluster):
    """Ends of leases, with the node on duty standing still between two of its transactions or in one."""
    node = cluster.node("--clock", START, "--lease-answer-hours", "1", "--runner-seconds", "3600")
    party = identifier(must(node.call("POST", "/v1/parties", {"name": "P", "kind": "enterprise"}, "p"), 201, "party"))
    pairs = list(zip([offer(node, number, 1_000, party) for number in range(20)], wishes(cluster, range(20), 1_000)))

    def propose(part):
        for number in range(part, claims, 8):
            given, wish = pairs[number % len(pairs)]
            must(node.call("POST", "/v1/claims", {"offer": given, "wish": wish, "quantity": 1}, f"c-{number}"), 201,
                 "claim")

    threads = [threading.Thread(target=propose, args=(part,)) for part in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if cluster.ask("SELECT count(*) FROM claim WHERE state = 'proposed'") != str(claims):
        fail("not every claim was proposed")
    node.stop()

    def ended():
        return int(cluster.ask("SELECT count(*) FROM claim WHERE state = 'expired'"))

    first = cluster.node("--clock", LATER, "--lease-answer-hours", "1")
    started = time.monotonic()
    while not (begun := ended()):
        if time.monotonic() - started > 30:
            fail("no lease was ended in 30 s")
        time.sleep(0.01)
    first.pause()
    killed = time.monotonic()
    second = cluster.node("--clock", LATER, "--lease-answer-hours", "1")
    before = ended()
    left = claims - before
    if not left:
        fail("the work was done before the node stood still: give more claims")
    followed = None
    while (now := ended()) < claims:
        if followed is None and now > before:
            followed = time.monotonic() - killed
        if time.monotonic() - killed > 30:
            fail(f"{claims - now} leases were not ended")
        time.sleep(0.05)
    took = time.monotonic() - killed
    first.kill()
    told = cluster.ask("SELECT count(*), count(DISTINCT subject) FROM (SELECT subject, action FROM history UNION ALL "
                       "SELECT subject, action FROM history_waiting) h WHERE action = 'claim/expire'")
    held = cluster.ask("SELECT COALESCE(SUM(reserved), 0), SUM(available) FROM offer_line")
    print(f"{claims} leases: {begun} had ended when the node on duty stood still, {left} were left when another was there; the "
          f"other node began {followed or took:.1f} s after it stood still, and had ended them after {took:.1f} s")
    if told != f"{claims}|{claims}":
        fail(f"ends in the history and claims that they are of: {told}")
    if held != f"0|{20 * 1_000}":
        fail(f"reserved and available: {held}")
    if took > 15:
        fail("it took longer than 15 s")
    second.stop()


def plans(cluster):
    """Plans that are applied by a node that dies."""
    nodes = [cluster.node(), cluster.node()]
    party = identifier(must(nodes[0].call("POST", "/v1/parties", {"name": "Q", "kind": "enterprise"}, "q"), 201, "party"))
    before, slowest = 0, 0
    for turn in range(rounds):
        numbers = range(1_000 + turn * 10, 1_010 + turn * 10)
        for number in numbers:
            offer(nodes[1], number, 3, party)
        wishes(cluster, numbers, 2)
        asked = time.monotonic()
        plan = must(nodes[0].call("POST", "/v1/allocations", {}), 200, "plan")
        planning = time.monotonic() - asked
        body, key = {"digest": plan["digest"]}, f"apply-{turn}"
        answers = []
        sent = threading.Thread(target=lambda: answers.append(nodes[0].call("POST", "/v1/allocations/apply", body, key)))
        sent.start()
        # To apply takes about as long as to plan, and then its writes.
        time.sleep(chance.uniform(0, 1.5 * planning))
        nodes[0].kill()
        killed = time.monotonic()
        sent.join(90)
        if sent.is_alive():
            fail(f"round {turn}: the request to the node that was killed has not ended")
        while True:
            status, answer = nodes[1].call("POST", "/v1/allocations/apply", body, key)
            if status in (200, 201):
                break
            if status != 409 or time.monotonic() - killed > 15:
                fail(f"round {turn}: the other node answers {status}: {answer}")
            time.sleep(0.1)
        slowest = max(slowest, time.monotonic() - killed)
        there = int(cluster.ask("SELECT count(*) FROM claim WHERE state = 'proposed'"))
        wanted = len(plan["claims"])
        if not wanted or there - before != wanted:
            fail(f"round {turn}: {there - before} claims were proposed instead of {wanted}")
        before = there
        answered = answers[0][0] is not None
        print(f"round {turn}: {wanted} claims once; the node had {'answered' if answered else 'not answered'} when it died")
        nodes[0] = cluster.node()
    print(f"{rounds} plans applied exactly once; the other node had answered {slowest:.1f} s after the kill at the latest")


with Cluster(almoner, "kill") as cluster:
    cluster.init()
    leases(cluster)
    plans(cluster)
