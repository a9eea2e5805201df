#!/usr/bin/env python3
"""Measures rankings beside their peers on the same data, one program after another, and prints one table.

usage: rank_table.py ALMONER FOLDER OFFERS [DATA] [--rows FILE]
FOLDER keeps the data set between runs; DATA is a folder that rank_gen.py wrote. Where PostgreSQL is not installed its
rows are left out.
"""
import json, os, subprocess, sys

from figures import Figures, machine
from postgres import Postgres

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, **options):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options)
    return json.loads(done.stdout.strip().splitlines()[-1])


def middle(runs, key):
    return sorted(runs, key=lambda said: said[key])[len(runs) // 2]


def main():
    words = sys.argv[1:]
    kept = words.pop(words.index("--rows") + 1) if "--rows" in words else None
    words = [word for word in words if word != "--rows"]
    almoner, folder, offers = words[:3]
    count = int(offers)
    data = words[3] if len(words) > 3 else f"{folder}/rank-{offers}"
    if not os.path.exists(data + "/wishes.txt"):
        subprocess.run([sys.executable, HERE + "/rank_gen.py", "--offers", offers, "--wishes", "50", "--out", data],
                       check=True, stdout=subprocess.DEVNULL)
    peer = lambda engine, mode, env=None: run([sys.executable, HERE + "/rank_run.py", engine, mode, data], env=env)
    ours = lambda *more: run([almoner, "bench", "rank", "--json", *more])
    where = machine()

    # Ours and NumPy take turns, and the middle of three runs counts: other guests of a machine disturb single ones.
    turns = [{"base": ours("--data", data), "cat": peer("numpy", "cat"),
              "unbounded": ours("--data", data, "--unbounded"), "full": peer("numpy", "full")} for _ in range(3)]
    of = lambda name: middle([turn[name] for turn in turns], "median_ms")
    base, unbounded, numpy = of("base"), of("unbounded"), {mode: of(mode) for mode in ("cat", "full")}
    check(data, base)
    twelve = ours("--data", data, "--twelve")
    small, large = ours("--offers", str(count // 10)), ours("--offers", offers)
    vote = ours("--data", data, "--voices", "3")
    live = ours("--offers", offers, "--registering", "100")
    batch = middle([ours("--offers", offers, "--wishes", str(count // 10), "--top", "32", "--threads", "2")
                    for _ in range(3)], "all_wall")
    postgres = {}
    if Postgres().bin:
        with Postgres() as server:
            postgres = {mode: peer("postgres", mode, server.environment) for mode in ("box", "full")}

    # What must be reached is said for a million offers.
    asked = count == 1_000_000
    figures = Figures()

    def add(name, own, other, ratio, must, aim, most=False):
        figures.add(name, own, other, ratio, must=must if asked else "", aim=aim if asked else "", most=most)

    def against(name, own, other, must, aim):
        add(name, f"{own['median_ms']:.3f} ms", f"{other['median_ms']:.1f} ms", other["median_ms"] / own["median_ms"],
            must, aim)

    def within(name, own, other, must, aim):
        add(name, f"{own:.3f} ms", f"{other:.3f} ms", own / other, must, aim, most=True)

    same = sum(own["top"] == whole["top"] for own, whole in zip(base["wishes"], unbounded["wishes"]))
    add("lists that are those of scoring every row, %", f"{same}", f"{len(unbounded['wishes'])}",
        100 * same / len(unbounded["wishes"]), 100, "")
    against("NumPy, category filter ÷ ours", base, numpy["cat"], 30, 60)
    against("NumPy, every row ÷ ours, every row", unbounded, numpy["full"], 8, 15)
    if postgres:
        against("PostgreSQL, category and box ÷ ours", base, postgres["box"], 150, 300)
        against("PostgreSQL, every row ÷ ours", base, postgres["full"], 3000, 6000)
    median = "cpu_ms_median"
    within("p95 ÷ median of ours (CPU)", base["cpu_ms_p95"], base[median], 6, 4)
    within("twelve scorers, texts included ÷ nine (CPU)", twelve[median], base[median], 3, 2)
    within(f"{count:,} offers ÷ {count // 10:,} (CPU)", large[median], small[median], 3, 2)
    within("a vote of three voices as the order ÷ totals (CPU)", vote["vote_cpu_ms_median"],
           vote["totals_cpu_ms_median"], "", "")
    within("while 100 offers/s are registered ÷ alone (CPU)", live["busy_cpu_ms_median"], live["quiet_cpu_ms_median"],
           1.3, 1.1)
    add(f"seconds for the candidates of {count // 10:,} wishes × 32, two threads", f"{batch['all_wall']:.1f} s",
        f"{batch['all_cpu']:.1f} s CPU", batch["all_wall"], 12, 5, most=True)
    add("bytes an offer, texts and keys aside", f"{base['bytes_per_offer']:.0f}", "", base["bytes_per_offer"], 160, "",
        most=True)

    print(f"Top 20 of {count:,} offers, 50 wishes, median of one wish at a time. {where}\n\n{figures.table()}")
    figures.write(kept)
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
