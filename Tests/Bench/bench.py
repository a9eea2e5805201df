#!/usr/bin/env python3
"""Runs every measurement with a peer beside it, prints one table and writes it as a page: ours, the peer, the ratio.

usage: bench.py ALMONER FOLDER PAGE [--quick | --full] [--replay DATA] [--readme FILE]

FOLDER keeps data, the peers' Python and the rows of each part. PAGE is a Markdown file that is written anew. --quick takes
100,000 offers and up to 20,000 wishes, so that nothing is held to its bound; --full also allocates a million wishes.
DATA is the folder with the files of GetUsPPE; without it that part is left out. In FILE the lines between the two marks
of this program become the table without the hard instances; a run with --quick leaves it as it is.
Ends with status 1 when something that must be reached is not.
"""
import argparse, json, os, subprocess, sys, time

from figures import Figures, machine


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("almoner")
    ask.add_argument("folder")
    ask.add_argument("page")
    ask.add_argument("--quick", action="store_true")
    ask.add_argument("--full", action="store_true")
    ask.add_argument("--replay")
    ask.add_argument("--readme")
    options = ask.parse_args()
    where, start = machine(), time.monotonic()
    parts = []

    def part(title, program, *more):
        print(f"\n== {title}\n", flush=True)
        rows = os.path.join(options.folder, f"{program}.json")
        if os.path.exists(rows):
            os.remove(rows)
        begun = time.monotonic()
        subprocess.run([f".ci/{program}", options.almoner, options.folder, *more, "--rows", rows])
        figures = Figures()
        if os.path.exists(rows):
            figures.read(rows)
        else:
            print(f"{title}: no table, see above")
        parts.append((title, figures, time.monotonic() - begun, os.path.exists(rows)))

    part("Ranking", "bench-rank", "100000" if options.quick else "1000000")
    part("Allocating", "bench-allocate",
         *(["--quick"] if options.quick else []), *(["--full"] if options.full else []))
    replay = curve(options) if options.replay else ""
    page = text(where, parts, replay, time.monotonic() - start, options)
    with open(options.page, "w") as f:
        f.write(page)
    if options.readme and not options.quick and all(done for _, _, _, done in parts):
        put(options.readme, where, parts)
    print("\n" + page)
    raise SystemExit(0 if all(done and not figures.failed for _, figures, _, done in parts) else 1)


def put(path, where, parts):
    """Writes the table, without the hard instances, between the marks of a file that has them."""
    first, last = "<!-- make bench: begin -->", "<!-- make bench: end -->"
    with open(path) as f:
        text = f.read()
    if first not in text or last not in text:
        raise SystemExit(f"{path} has no lines {first} and {last}; add them where the table shall stand")
    shown = Figures()
    shown.rows = [row for _, figures, _, _ in parts for row in figures.rows
                  if row["must"] and not row["figure"].startswith(("hard-", "ties-"))]
    head, rest = text.split(first, 1)
    with open(path, "w") as f:
        f.write(f"{head}{first}\n{where}\n\n{shown.table()}\n{last}{rest.split(last, 1)[1]}")


def curve(options):
    """The year of real demand: greedy, our plans, and the trade-off when fill or the unreached come first."""
    names = ["method", "unit-miles", "holding days", "shipments a donor", "fill", "recipients", "Gini", "units"]
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    greedy = better = None
    for more in ([], ["--curve"]):
        command = [options.almoner, "bench", "replay", "--data", options.replay, "--json", *more]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        for record in map(json.loads, done.stdout.strip().splitlines()):
            found = record["figures"]
            greedy = greedy or found
            if more and record["method"] == "greedy, nearest first":
                continue
            wins = (found["unitMiles"] < greedy["unitMiles"] and found["holdingDays"] < greedy["holdingDays"]
                    and found["fill"] > greedy["fill"] and found["recipients"] >= greedy["recipients"])
            better = better or (wins and record["method"])
            lines.append(f"| {record['method']}{' **' if wins else ''} | {found['unitMiles']:.1f} | {found['holdingDays']:.2f}"
                         f" | {found['shipmentsPerDonor']:.2f} | {found['fill']:.4f} | {found['recipients']:,}"
                         f" | {found['gini']:.4f} | {found['units']:,} |")
    note = "Rows marked ** are better than greedy in distance, holding and fill at once, with no fewer recipients."
    return "\n".join(lines) + "\n\n" + (note if better else "No row is better than greedy in everything at once.") + "\n"


def text(where, parts, replay, seconds, options):
    size = "small data, held to nothing" if options.quick else "the sizes that the goals name"
    lines = ["# Benchmarks", "",
             f"{where}; {size}; {seconds / 60:.0f} minutes in all. `make bench` writes this page anew"
             " (`FULL=1` with a million wishes, `DATA=` with a year of real demand).", "",
             "Rank rows are medians of wall time of one wish at a time, those marked CPU of processor time; of NumPy, of"
             " ours beside it and of the candidates the middle of three runs. Allocate rows are processor time, ours with"
             " the check of the proof, the peers' without reading and building. Peers and"
             " ours ran in this one run, one program at a time. A million wishes are solved again and again in a process that"
             " keeps its memory; beside it stands what new processes took, with the first touch of that memory. *must* is"
             " the least that counts as done, *aim* what is wanted.", ""]
    for title, figures, taken, done in parts:
        lines += [f"## {title}", "", figures.table() if done else "It did not end; nothing was measured.", "",
                  f"{taken / 60:.1f} minutes.", ""]
    if replay:
        lines += ["## A year of real demand", "", "GetUsPPE week by week, `almoner bench replay` and `--curve`"
                  " ([what the rows mean](allocation.md#a-year-of-real-demand)).", "", replay]
    return "\n".join(lines).rstrip() + "\n"


main()
