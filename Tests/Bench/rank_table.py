#!/usr/bin/env python3
"""Measures rankings beside their peers on the same data, one program after another, and prints one table.

usage: rank_table.py ALMONER FOLDER OFFERS [DATA]
FOLDER keeps the data set between runs; DATA is a folder that rank_gen.py wrote. Where PostgreSQL is not installed its
rows are left out.
"""
import json, os, subprocess, sys, time

from postgres import Postgres

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, **options):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options)
    return json.loads(done.stdout.strip().splitlines()[-1])


def machine():
    """The date, the processors and their kind, as one line."""
    kind = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return f"{time.strftime('%Y-%m-%d', time.gmtime())}, {os.cpu_count()} × {kind}, load {os.getloadavg()[0]:.1f}"


def main():
    almoner, folder, offers = sys.argv[1:4]
    count = int(offers)
    data = sys.argv[4] if len(sys.argv) > 4 else f"{folder}/rank-{offers}"
    if not os.path.exists(data + "/wishes.txt"):
        subprocess.run([sys.executable, HERE + "/rank_gen.py", "--offers", offers, "--wishes", "50", "--out", data],
                       check=True, stdout=subprocess.DEVNULL)
    peer = lambda engine, mode, env=None: run([sys.executable, HERE + "/rank_run.py", engine, mode, data], env=env)
    ours = lambda *more: run([almoner, "bench", "rank", "--json", *more])
    where = machine()

    base = ours("--data", data)
    check(data, base)
    unbounded = ours("--data", data, "--unbounded")
    if [w["top"] for w in unbounded["wishes"]] != [w["top"] for w in base["wishes"]]:
        raise SystemExit("rank_table: scoring every row gives another list")
    twelve = ours("--data", data, "--twelve")
    small, large = ours("--offers", str(count // 10)), ours("--offers", offers)
    live = ours("--offers", offers, "--registering", "100")
    batch = ours("--offers", offers, "--wishes", str(count // 10), "--top", "32", "--threads", "2")
    numpy = {mode: peer("numpy", mode) for mode in ("cat", "full")}
    postgres = {}
    if Postgres().bin:
        with Postgres() as server:
            postgres = {mode: peer("postgres", mode, server.environment) for mode in ("box", "full")}

    # What must be reached is said for a million offers.
    must = lambda number: f"{number:,}" if count == 1_000_000 else ""
    rows = []
    against = lambda name, own, other, least: rows.append(
        (name, f"{own['median_ms']:.3f} ms", f"{other['median_ms']:.1f} ms", other["median_ms"] / own["median_ms"],
         "≥ " + must(least) if must(least) else ""))
    against("NumPy, category filter ÷ ours", base, numpy["cat"], 30)
    against("NumPy, every row ÷ ours, every row", unbounded, numpy["full"], 8)
    if postgres:
        against("PostgreSQL, category and box ÷ ours", base, postgres["box"], 150)
        against("PostgreSQL, every row ÷ ours", base, postgres["full"], 3000)
    within = lambda name, own, other, ratio, most: rows.append(
        (name, own, other, ratio, "≤ " + must(most) if must(most) else ""))
    within("p95 ÷ median of ours (CPU)", f"{base['cpu_ms_p95']:.3f} ms", f"{base['cpu_ms_median']:.3f} ms",
           base["cpu_ms_p95"] / base["cpu_ms_median"], 6)
    within("twelve scorers, texts included ÷ nine (CPU)", f"{twelve['cpu_ms_median']:.3f} ms",
           f"{base['cpu_ms_median']:.3f} ms", twelve["cpu_ms_median"] / base["cpu_ms_median"], 3)
    within(f"{count:,} offers ÷ {count // 10:,} (CPU)", f"{large['cpu_ms_median']:.3f} ms",
           f"{small['cpu_ms_median']:.3f} ms", large["cpu_ms_median"] / small["cpu_ms_median"], 3)
    within("while 100 offers/s are registered ÷ alone (CPU)", f"{live['busy_cpu_ms_median']:.3f} ms",
           f"{live['quiet_cpu_ms_median']:.3f} ms", live["busy_cpu_ms_median"] / live["quiet_cpu_ms_median"], 1.3)
    rows.append((f"candidates of {count // 10:,} wishes × 32, two threads", f"{batch['all_wall']:.1f} s",
                 f"{batch['all_cpu']:.1f} s CPU", batch["all_wall"], "≤ 12 s" if must(1) else ""))
    rows.append(("bytes an offer, texts and keys aside", f"{base['bytes_per_offer']:.0f}", "",
                 base["bytes_per_offer"], "≤ " + must(160) if must(160) else ""))

    print(f"Top 20 of {count:,} offers, 50 wishes, median of one wish at a time. {where}\n")
    print("| figure | ours | beside | ratio | must |\n| --- | --- | --- | --- | --- |")
    for name, own, other, ratio, bound in rows:
        print(f"| {name} | {own} | {other} | {ratio:,.1f} | {bound} |")
    if not postgres:
        print("\nPostgreSQL is not installed; its rows are left out.")


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
    print(f"Lists agree with NumPy's; greatest difference of a total: {worst:.1f} of 1,000,000.\n")


main()
