#!/usr/bin/env python3
"""Measures rankings beside their peers on the same data, one program after another, and prints one table.

usage: rank_table.py ALMONER FOLDER [OFFERS]
FOLDER keeps the data set between runs. PostgreSQL, where it is installed, runs on a socket in a temporary folder, as its
own user, and is stopped by its process id; where it is missing its rows are left out.
"""
import json, os, shutil, signal, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, **options):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options)
    return json.loads(done.stdout.strip().splitlines()[-1])


class Postgres:
    """A server of its own for one run."""

    def __init__(self):
        found = shutil.which("postgres") or ""
        versions = sorted(os.listdir("/usr/lib/postgresql")) if os.path.isdir("/usr/lib/postgresql") else []
        self.bin = f"/usr/lib/postgresql/{versions[-1]}/bin" if versions else os.path.dirname(found)

    def __enter__(self):
        self.root = tempfile.mkdtemp(prefix="almoner-pg-")
        self.data = self.root + "/data"
        # PostgreSQL refuses to run as root: Debian's package brings a user for it.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        if self.user:
            shutil.chown(self.root, "postgres", "postgres")
        plain = dict(self.user, cwd=self.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([self.bin + "/initdb", "-D", self.data, "-A", "trust", "-U", "postgres"], check=True, **plain)
        with open(self.data + "/postgresql.conf", "a") as conf:
            conf.write(f"listen_addresses = ''\nunix_socket_directories = '{self.root}'\nshared_buffers = 1GB\n"
                       "work_mem = 64MB\nrandom_page_cost = 1.1\n")
        self.server = subprocess.Popen([self.bin + "/postgres", "-D", self.data], **plain)
        self.environment = dict(os.environ, PGHOST=self.root, PGUSER="postgres", PGDATABASE="postgres",
                                PGDATA=self.data)
        for _ in range(100):
            if os.path.exists(self.root + "/.s.PGSQL.5432"):
                return self
            time.sleep(0.1)
        raise SystemExit("rank_table: PostgreSQL did not start")

    def __exit__(self, *_):
        self.server.send_signal(signal.SIGINT)
        self.server.wait(60)
        shutil.rmtree(self.root, ignore_errors=True)


def main():
    almoner, folder = sys.argv[1:3]
    offers = sys.argv[3] if len(sys.argv) > 3 else "1000000"
    data = f"{folder}/rank-{offers}"
    if not os.path.exists(data + "/wishes.txt"):
        subprocess.run([sys.executable, HERE + "/rank_gen.py", "--offers", offers, "--wishes", "50", "--out", data],
                       check=True, stdout=subprocess.DEVNULL)
    peer = lambda engine, mode, env=None: run([sys.executable, HERE + "/rank_run.py", engine, mode, data], env=env)
    ours = lambda *more: run([almoner, "bench", "rank", "--json", *more])
    load = os.getloadavg()[0]

    base = ours("--data", data)
    rows = [("almoner, nine terms", base)]
    rows.append(("almoner, every row scored", ours("--data", data, "--unbounded")))
    rows.append(("almoner, all twelve, texts included", ours("--data", data, "--twelve")))
    small = ours("--offers", str(int(offers) // 10))
    rows.append((f"almoner, {int(offers) // 10:,} generated", small))
    large = ours("--offers", offers)
    rows.append((f"almoner, {int(offers):,} generated", large))
    rows.append(("NumPy, category filter", peer("numpy", "cat")))
    rows.append(("NumPy, every row", peer("numpy", "full")))
    if Postgres().bin:
        with Postgres() as server:
            rows.append(("PostgreSQL, category and box", peer("postgres", "box", server.environment)))
            rows.append(("PostgreSQL, every row", peer("postgres", "full", server.environment)))
    else:
        print("rank_table: PostgreSQL is not installed; its rows are left out.", file=sys.stderr)

    check(data, base)
    print(f"Top 20 of {int(offers):,} offers, 50 wishes; load {load:.1f}; milliseconds")
    print(f"{'':36} {'median':>9} {'p95':>9} {'CPU mean':>9} {'÷ ours':>8}")
    for name, row in rows:
        ratio = row["median_ms"] / base["median_ms"]
        print(f"{name:36} {row['median_ms']:9.3f} {row['p95_ms']:9.3f} {row['cpu_ms_mean']:9.3f} {ratio:8.1f}")
    numpy = dict(rows)["NumPy, every row"]["median_ms"]
    print(f"every row scored: NumPy ÷ ours {numpy / dict(rows)['almoner, every row scored']['median_ms']:.1f}")
    print(f"p95 ÷ median of ours: wall {base['p95_ms'] / base['median_ms']:.1f}, "
          f"CPU {base['cpu_ms_p95'] / base['cpu_ms_median']:.1f}")
    print(f"ten times the offers: {large['median_ms'] / small['median_ms']:.1f} times as long")
    print(f"bytes an offer, texts and keys aside: {base['bytes_per_offer']:.0f}")
    batch = ours("--offers", offers, "--wishes", "100000", "--top", "32", "--threads", "2")
    print(f"candidates for 100,000 wishes × 32, two threads: {batch['all_wall']:.1f} s, CPU {batch['all_cpu']:.1f} s")


def check(data, ours):
    """Holds our lists to NumPy's scores: each total within 20 of 1,000,000, and nothing better left out."""
    import numpy as np
    space = {"__name__": "peer"}
    exec(open(HERE + "/rank_run.py").read().rsplit("\nmain()", 1)[0], space)
    z = np.load(data + "/offers.npz")
    columns = {name: z[name] for name in space["COLS"]}
    worst = 0.0
    for wish, answer in zip(map(json.loads, open(data + "/wishes.jsonl")), ours["wishes"]):
        scores = space["score_numpy"](columns, wish).astype(float) * 1e6
        last = np.sort(scores)[-ours["top"]]
        for number, total in answer["top"]:
            worst = max(worst, abs(scores[number] - total))
            if scores[number] < last - 20:
                raise SystemExit(f"rank_table: offer {number} is not among the best")
    if worst > 20:
        raise SystemExit(f"rank_table: a total differs by {worst:.1f}")
    print(f"lists agree with NumPy's; greatest difference of a total: {worst:.1f} of 1,000,000")


main()
