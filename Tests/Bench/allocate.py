#!/usr/bin/env python3
"""Measures `almoner allocate --instance` beside its peers and prints one table: ours, the peer, the ratio.

usage: allocate.py ALMONER FOLDER [--rounds 3] [--quick | --full] [--rows FILE]

FOLDER keeps the instances, which are made here and compared with the sha256 of optima.tsv, and the LEMON program. First
every row of optima.tsv is solved and its proof checked by alloc_verify.py; then solve + proof CPU seconds of ours stand
beside the solve CPU seconds of each peer: medians, one process at a time, the peers without reading and building.
With --full also a million wishes, tight and loose, against 100,000 of the same kind (about 6 GB of memory for the
generator, 1 GB of disk), else only the others. Where LEMON is not there, its column is left out and said so.
Ends with status 1 when an optimum is missed, a proof refused, or a ratio under its least figure.
"""
import argparse, hashlib, json, os, shutil, statistics, subprocess, sys

from figures import Figures, machine

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {"ortools": "OR-Tools", "lemon": "LEMON"}
# instance, mode, and for each peer the least ratio that counts as done and the one that is aimed at
RATIOS = [
    ("tight-100000", "bypass", {"ortools": (10, 15), "lemon": (18, 25)}),
    ("loose-100000", "bypass", {"ortools": (10, 15), "lemon": (18, 25)}),
    ("tight-100000", "max", {"ortools": (10, 15), "lemon": (18, 25)}),
    ("loose-100000", "max", {"ortools": (10, 15), "lemon": (18, 25)}),
    ("ties-100000", "bypass", {"ortools": (1, 3), "lemon": (1, 3)}),
    ("ties-10000", "bypass", {"ortools": (1, 3), "lemon": (1, 3)}),
    ("hard-hot-20000", "bypass", {"ortools": (1, 3), "lemon": (1, 3)}),
    ("hard-hotties-20000", "bypass", {"ortools": (1, 3), "lemon": (1, 3)}),
    ("hard-chain-20000", "bypass", {"ortools": (1, 3), "lemon": (1, 3)}),
    ("hard-path-20000", "bypass", {"ortools": (1, 3), "lemon": (1, 3)}),
    ("tight-100000", "fair", {"ortools": (5, 10)}),
    ("loose-100000", "fair", {"ortools": (5, 10)}),
]


# glibc gives no memory back before the process ends
KEEPS_MEMORY = {"GLIBC_TUNABLES": "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1000000000000"}


def last_json(command, environment={}):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def rows():
    with open(os.path.join(HERE, "optima.tsv")) as f:
        for line in f:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def make(name, generator, digest, folder):
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        parts = generator.split()
        out = [path] if parts[0] == "alloc_hard.py" else ["--out", path]
        subprocess.run([sys.executable, os.path.join(HERE, parts[0])] + parts[1:] + out, check=True,
                       stdout=subprocess.DEVNULL)
    with open(path, "rb") as f:
        found = hashlib.file_digest(f, "sha256").hexdigest()[:16]
    if found != digest:
        raise SystemExit(f"{path}: sha256 {found}, expected {digest}; delete it and run again")
    return path


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("almoner")
    ask.add_argument("folder")
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--full", action="store_true", help="a million wishes too")
    ask.add_argument("--rows", help="a file for the rows of the table, as JSON")
    ask.add_argument("--quick", action="store_true", help="only instances of up to 20,000 wishes")
    options = ask.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    lemon = os.path.join(options.folder, "alloc_lemon")
    has_lemon = os.path.exists("/usr/include/lemon/network_simplex.h") and shutil.which("g++")
    if has_lemon and not os.path.exists(lemon):
        subprocess.run(["g++", "-O2", "-w", "-o", lemon, os.path.join(HERE, "alloc_lemon.cpp"), "-llemon"], check=True)
    if not has_lemon:
        print("LEMON is missing (sudo apt-get install --yes liblemon-dev g++): measured beside OR-Tools alone.")
    result = os.path.join(options.folder, "result.txt")
    figures = Figures()
    rows_held = rows_wrong = 0

    def ours(path, mode):
        return last_json([options.almoner, "allocate", "--instance", path, "--mode", mode, "--out", result, "--json"])

    print("Optima and proofs", flush=True)
    for name, generator, digest, mode, objective, matched, *_ in rows():
        if options.quick and "100000" in name:
            continue
        path = make(name, generator, digest, options.folder)
        kind = mode.split()[0]
        found = ours(path, kind)
        if kind == "fair":
            # The peer raises the worst area in whole per cents, each area's quota rounded down.
            verdict = "at least as well served" if found["worst_area"] >= worst_of_peer(path, mode) else "WORSE"
        else:
            proof = subprocess.run([sys.executable, os.path.join(HERE, "alloc_verify.py"), path, result, kind],
                                   capture_output=True, text=True)
            same = found["objective"] == int(objective) and ("/" in matched or found["matched"] == int(matched))
            verdict = "optimal, proof accepted" if same and proof.returncode == 0 else "WRONG"
        rows_held += 1
        rows_wrong += verdict in ("WRONG", "WORSE")
        print(f"  {name:24} {mode:9} {found['objective']:>13} {found['matched']:>7}  {verdict}", flush=True)

    figures.add("optima met with an accepted proof", f"{rows_held - rows_wrong} of {rows_held}", "optima.tsv",
                100 * (rows_held - rows_wrong) / max(1, rows_held), must=100)
    print(f"\n{'instance':20} {'mode':7} {'ours, s':>9} {'peer':8} {'peer, s':>9} {'ratio':>8} {'least':>6}"
          f" {'wall ratio':>10} {'MB ours/peer':>13}", flush=True)
    for name, mode, peers in RATIOS:
        if options.quick and "100000" in name:
            continue
        path = os.path.join(options.folder, name + ".txt")
        peers = {peer: least for peer, least in peers.items() if peer != "lemon" or has_lemon}
        rounds = 1 if mode == "fair" else options.rounds
        own, times = [], {peer: [] for peer in peers}
        for _ in range(rounds):
            own += [ours(path, mode) for _ in range(3)]
            for peer in peers:
                command = ([sys.executable, os.path.join(HERE, "alloc_run.py"), "ortools", mode, path]
                           if peer == "ortools" else [lemon, "netsimplex", mode, path])
                times[peer].append(last_json(command))
        # Runs under the clock's tick of a millisecond or so would divide by nothing.
        mine = max(statistics.median(r["solve_cpu"] + r["proof_cpu"] for r in own), 1e-4)
        wall = max(statistics.median(r["solve_wall"] for r in own), 1e-4)
        for peer, (least, aim) in peers.items():
            theirs = statistics.median(r["solve_cpu"] for r in times[peer])
            theirs_wall = statistics.median(r.get("solve_wall", r["solve_cpu"]) for r in times[peer])
            figures.add(f"{name} {mode}, solve and proof", f"{mine:.4f} s", f"{NAMES[peer]} {theirs:.3f} s", theirs / mine,
                        must=least, aim=aim)
            if name in ("tight-100000", "loose-100000") and peer == "ortools" and mode == "bypass":
                ours_mb, theirs_mb = own[-1]["rss_mb"], times[peer][-1]["rss_mb"]
                figures.add(f"{name} memory", f"{ours_mb} MB", f"{NAMES[peer]} {theirs_mb} MB", theirs_mb / ours_mb,
                            must=3, aim=4)
            print(f"{name:20} {mode:7} {mine:9.4f} {peer:8} {theirs:9.3f} {theirs / mine:7.1f}x {least:5}x"
                  f" {theirs_wall / wall:9.1f}x {own[-1]['rss_mb']:6}/{times[peer][-1].get('rss_mb', 0)}", flush=True)
    for name in ("tight-10000",) if options.quick else ("tight-100000", "loose-100000"):
        path = os.path.join(options.folder, name + ".txt")
        days = last_json([options.almoner, "bench", "allocate", "--instance", path, "--days", "9", "--json"])
        figures.add(f"{name} after 1 % of the wishes changed", f"{days['warm_cpu']:.4f} s",
                    f"afresh {days['cold_cpu']:.4f} s", days["ratio"],
                    must="" if options.quick else 10, aim="" if options.quick else 30)
    if options.full:
        for kind, offers in (("tight", 400_000), ("loose", 1_000_000)):
            path = os.path.join(options.folder, f"{kind}-1000000.txt")
            if not os.path.exists(path):
                subprocess.run([sys.executable, os.path.join(HERE, "alloc_gen.py"), "--wishes", "1000000", "--offers",
                                str(offers), "--seed", "1", "--out", path], check=True, stdout=subprocess.DEVNULL)
            # Turn by turn, so that both meet the machine in the same hour, and again and again in one process that keeps
            # its memory: on a virtual machine the first touch of a page may cost more than the work that is done on it,
            # and how much depends on what the host had taken back meanwhile.
            kept, apart = {"100000": [], "1000000": []}, {"100000": [], "1000000": []}
            for _ in range(3):
                for size, times in (("100000", 15), ("1000000", 4)):
                    where = os.path.join(options.folder, f"{kind}-{size}.txt")
                    apart[size].append(ours(where, "bypass"))
                    kept[size].append(last_json([options.almoner, "bench", "allocate", "--instance", where, "--days", "0",
                                                 "--solves", str(times), "--json"], KEEPS_MEMORY))
            for runs, where, most in ((kept, "", {"must": 12, "aim": 10}), (apart, ", in new processes", {})):
                spent = [statistics.median(r["solve_cpu"] + r["proof_cpu"] for r in size) for size in runs.values()]
                figures.add(f"{kind} 1,000,000 wishes ÷ 100,000, solve and proof{where}", f"{spent[1]:.3f} s",
                            f"ours {spent[0]:.4f} s", spent[1] / spent[0], most=True, **most)
    print(f"\n{machine()}\n\n{figures.table()}")
    figures.write(options.rows)
    raise SystemExit(1 if figures.failed else 0)


def worst_of_peer(path, mode):
    """The served share of the worst area that the peer's quotas allow: floor(share · wishes) of each area."""
    share = int(mode.split()[1].rstrip("%"))
    with open(path) as f:
        _, wishes, offers, *_ = f.readline().split()
        for _ in range(int(offers)):
            f.readline()
        sizes = {}
        for _ in range(int(wishes)):
            area = f.readline().split(None, 2)[1]
            sizes[area] = sizes.get(area, 0) + 1
    return min((n * share // 100) / n for n in sizes.values())


main()
