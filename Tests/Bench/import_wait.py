#!/usr/bin/env python3
"""Measures how long others wait to write while an atomic import is entered.

usage: import_wait.py ALMONER FOLDER [--rows N] [--rounds N] [--kind offers|wishes|inbox] [--database ADDRESS]

ALMONER is the program; in FOLDER a database is made and served on loopback (ADDRESS names another one, such as a postgres://
database without tables). Two clients post small changes one after the other, before an atomic import of N rows and during it:
20,000 by default, the most that a service takes of what is lightest unless told otherwise (2,000 of wishes and inbound records).
Printed are the import's time and, of the changes that were asked for while it ran, how many there were, the median, and the
longest; each round is an import of new records. The exit code is 1 where the longest wait is over 2 s (--most) or anything was
refused.
"""
import argparse, http.client, json, os, shutil, signal, statistics, subprocess, sys, threading, time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rows(kind, round_number, count):
    for number in range(count):
        row = {"externalID": f"R{round_number}-{number}", "line": 1, "category": "mobility.wheelchair", "quantity": 5,
               "unit": "piece", "area": "441900", "text": f"轮椅 {number}"}
        if kind == "inbox":
            row = {"number": f"I{round_number}-{number}", "channel": "web", "words": f"我需要一台轮椅 {number}"}
        elif kind == "offers":
            row |= {"party": f"P{round_number}-{number % 2_000}", "kind": "goods"}
        yield json.dumps(row, ensure_ascii=False)


def ask(line, method, path, token, body, kind, key):
    line.request(method, path, body, {"Authorization": f"Bearer {token}", "Content-Type": kind, "Idempotency-Key": key})
    answer = line.getresponse()
    return answer.status, answer.read()


class Writer(threading.Thread):
    """Posts small changes one after the other, and notes when each was asked for and how long it took."""

    def __init__(self, port, token, name, stop):
        super().__init__(daemon=True)
        self.port, self.token, self.name_, self.stop = port, token, name, stop
        self.times, self.faults = [], []

    def run(self):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        number = 0
        while not self.stop.is_set():
            number += 1
            body = json.dumps({"name": f"{self.name_} {number}", "kind": "fund"})
            begun = time.perf_counter()
            status, said = ask(line, "POST", "/v1/parties", self.token, body, "application/json",
                               f"{self.name_}-{number}")
            self.times.append((begun, time.perf_counter() - begun))
            if status != 201:
                self.faults.append((status, said[:200]))
            time.sleep(0.005)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("almoner")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", choices=["offers", "wishes", "inbox"], default="offers")
    parser.add_argument("--database")
    parser.add_argument("--most", type=float, default=2.0)
    given = parser.parse_args()
    program = str(Path(given.almoner).resolve())
    given.folder.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, LANG="C.UTF-8")
    environment.setdefault("ALMONER_DATA", str(HERE.parent.parent / "Data"))
    database = ["--database", given.database] if given.database else []
    if not database:
        for old in given.folder.glob("almoner*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    made = subprocess.run([program, "init", *database], cwd=given.folder, env=environment, capture_output=True, text=True)
    if made.returncode != 0:
        sys.exit(made.stderr)
    token = made.stdout.strip().split("\n")[-1]
    server = subprocess.Popen(
        [program, "serve", "--port", "0", "--key-rate", "0", "--address-rate", "0", "--atomic-rows", str(given.rows * 10),
         *database], cwd=given.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        port = int(server.stdout.readline().strip().rsplit(":", 1)[1].rstrip("/。."))
        sys.exit(measure(given, port, token))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def measure(given, port, token):
    stop = threading.Event()
    writers = [Writer(port, token, f"writer-{number}", stop) for number in range(2)]
    for writer in writers:
        writer.start()
    time.sleep(1)
    worst, faults = 0.0, []
    for number in range(given.rounds):
        body = "\n".join(rows(given.kind, number, given.rows)).encode()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        begun = time.perf_counter()
        status, said = ask(line, "POST", f"/v1/imports/{given.kind}", token, body, "application/x-ndjson", f"import-{number}")
        ended = time.perf_counter()
        time.sleep(1)
        if status != 200:
            faults.append((status, said[-300:]))
        # Whatever was waiting or came while the import ran.
        during = [took for writer in writers for at, took in list(writer.times) if at < ended and at + took > begun]
        before = [took for writer in writers for at, took in list(writer.times) if at + took <= begun]
        worst = max(worst, max(during))
        print(f"{given.rows:,} {given.kind}: import {ended - begun:.2f} s; changes beside it {len(during)}, "
              f"median {statistics.median(during) * 1_000:.0f} ms (without: {statistics.median(before) * 1_000:.0f} ms), "
              f"longest {max(during):.2f} s", flush=True)
    stop.set()
    for writer in writers:
        writer.join(130)
        faults += writer.faults
    print(f"longest wait of others: {worst:.2f} s (allowed {given.most:g})")
    for fault in faults[:5]:
        print("fault:", *fault)
    return 1 if faults or worst > given.most else 0


if __name__ == "__main__":
    main()
