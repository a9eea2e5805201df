#!/usr/bin/env python3
"""Holds a running service to its own API document with schemathesis, once in every role.

usage: conformance.py ALMONER FOLDER [--seconds N] [--roles a,b,...] [--short]

ALMONER is the program; in FOLDER the demo city is loaded anew for every role, a server is started on a free port of
loopback with its request rates raised, schemathesis runs all its checks for N seconds with a token of the role (guests
and recipients have none), and the server is stopped. --short divides two minutes among all roles, and leaves out what
plans or learns over the whole city: of a debug build one such answer takes a role's whole time. schemathesis is found
beside the Python that runs this; how each operation answered stands in answers.txt of the role's folder. The exit code
is 1 where a role has a failure, or, except with --short, where fewer than half of the valid requests of an admin were
answered 2xx.
"""
import argparse, collections, json, os, re, shutil, signal, subprocess, sys, time, urllib.request
from pathlib import Path

from records import described, seed

HERE = Path(__file__).resolve().parent
ROLES = ["guest", "recipient", "donor", "carrier", "fitter", "intake", "coordinator", "approver", "auditor", "admin",
         "integration"]
# There are no tokens for these: a recipient has the code of a wish, which goes into the body of /v1/lookup.
WITHOUT_TOKEN = {"guest", "recipient"}
# These act for a party of the demo city.
WITH_PARTY = {"donor", "carrier", "fitter"}
WIDE = 1_000_000
LONG_WORK = "^/v1/(allocations|tuning/(backtest|learning))"


class Service:
    """The demo city of one role and the server on it."""

    def __init__(self, almoner, folder, environment):
        self.almoner, self.folder, self.environment = almoner, folder, environment

    def run(self, *words):
        done = subprocess.run([self.almoner, *words], cwd=self.folder, env=self.environment, capture_output=True,
                              text=True)
        if done.returncode != 0:
            sys.exit(f"almoner {' '.join(words)}: {done.stderr or done.stdout}")
        return done.stdout

    def token(self, role):
        if role in WITHOUT_TOKEN:
            return None
        named = "approver:city:100000000" if role == "approver" else role
        words = ["key", "create", named, "--label", "conformance", "--reason", "conformance", "--json"]
        if role in WITH_PARTY:
            party = json.loads(self.run("party", "list", "--limit", "1", "--json").splitlines()[0])
            words += ["--party", party["record"]["id"]]
        return json.loads(self.run(*words))["token"]

    def __enter__(self):
        rates = [f"--{name}={WIDE}" for name in
                 ("key-rate", "key-burst", "address-rate", "address-burst", "failure-rate", "failure-burst",
                  "browse-guest", "browse-party")]
        self.log = open(self.folder / "log", "w")
        self.out = open(self.folder / "out", "w")
        self.process = subprocess.Popen([self.almoner, "serve", "--port", "0", *rates], cwd=self.folder,
                                        env=self.environment, stdout=self.out, stderr=self.log)
        for _ in range(300):
            found = re.search(r"http://\S+", (self.folder / "out").read_text())
            if found:
                self.url = found.group(0).rstrip(".。")
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.process.kill()
        sys.exit("the server has not started:\n" + (self.folder / "log").read_text())

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.out.close()


def statuses(report):
    """How the requests that were valid by the document were answered, counted by status and operation."""
    counts = collections.Counter()
    with open(report) as lines:
        for line in lines:
            event = json.loads(line).get("ScenarioFinished")
            if not event:
                continue
            recorder = event.get("recorder") or {}
            for name, interaction in (recorder.get("interactions") or {}).items():
                response = interaction.get("response")
                recorded = (recorder.get("cases") or {}).get(name) or {}
                # What a check sends of its own accord, such as the same request without a token, is no valid request.
                if recorded.get("parent_id") and not recorded.get("is_transition_applied"):
                    continue
                case = recorded.get("value") or {}
                generation = (case.get("meta") or {}).get("generation") or {}
                if response and str(generation.get("mode")).lower().endswith("positive"):
                    counts[response["status_code"], recorder.get("label")] += 1
    return counts


def document(url, pools):
    """The service's document with ids of records of the city that it serves."""
    with urllib.request.urlopen(url + "/openapi.json", timeout=60) as answer:
        return described(json.load(answer), pools)


def table(counts):
    """How each operation answered valid requests, those that were refused most often first."""
    operations = collections.defaultdict(collections.Counter)
    for (status, operation), count in counts.items():
        operations[operation][status] += count
    refused = lambda of: -sum(count for status, count in operations[of].items() if status >= 300)
    lines = []
    for operation in sorted(operations, key=refused):
        answers = " ".join(f"{status}×{count}" for status, count in sorted(operations[operation].items()))
        lines.append(f"{operation:60} {answers}\n")
    return "".join(lines)


def conform(role, arguments, folder, schemathesis, environment, template, pools, seconds):
    place = folder / role
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    service = Service(arguments.almoner, place, environment)
    token = service.token(role)
    report = place / "report.ndjson"
    began = time.monotonic()
    with service:
        asked = place / "openapi.json"
        asked.write_text(json.dumps(document(service.url, pools)))
        command = [schemathesis, "--config-file", HERE / "schemathesis.toml", "run", asked, "--url", service.url,
                   "--checks", "all", "--max-time", str(seconds), "--continue-on-failure", "--no-color",
                   "--suppress-health-check", "all", "--report", "ndjson", "--report-ndjson-path", report,
                   "--generation-database", "none", "--warnings", "off"]
        if arguments.seed is not None:
            command += ["--seed", str(arguments.seed)]
        if arguments.short:
            command += ["--exclude-path-regex", LONG_WORK]
        if token:
            command += ["-H", f"Authorization: Bearer {token}"]
        with open(place / "schemathesis.txt", "w") as out:
            dealt = place / "records.json"
            dealt.write_text(json.dumps(pools["dealt"]))
            hooks = {"SCHEMATHESIS_HOOKS": "requests_hook", "PYTHONPATH": str(HERE), "CONFORMANCE_RECORDS": str(dealt)}
            code = subprocess.run(command, cwd=place, env=os.environ | hooks, stdout=out,
                                  stderr=subprocess.STDOUT).returncode
        alive = service.process.poll() is None
    counts = statuses(report) if report.exists() else collections.Counter()
    (place / "answers.txt").write_text(table(counts))
    valid = sum(counts.values())
    good = sum(count for (status, _), count in counts.items() if 200 <= status < 300)
    share = good / valid if valid else 0.0
    fine = code == 0 and alive and valid > 0
    print(f"{role:12} {time.monotonic() - began:5.0f} s  {valid:7,} valid requests, {share:4.0%} answered 2xx  "
          f"{'0 failures' if fine else f'FAILED, see {place}/schemathesis.txt'}", flush=True)
    if not fine:
        print((place / "schemathesis.txt").read_text()[-6_000:])
    if role == "admin" and share < 0.5:
        print(f"{role}: fewer than half of the valid requests were answered 2xx; the most frequent others:")
        others = collections.Counter({each: count for each, count in counts.items() if each[0] >= 300})
        for (status, operation), count in others.most_common(15):
            print(f"  {count:7,}  {status}  {operation}")
        fine = fine and arguments.short
    return fine


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("almoner", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("folder", type=lambda path: Path(path).resolve())
    parser.add_argument("--seconds", type=int, default=120, help="of each role")
    parser.add_argument("--roles", default=",".join(ROLES))
    parser.add_argument("--short", action="store_true", help="two minutes in all")
    parser.add_argument("--seed", type=int, help="of schemathesis; its own by default, and printed")
    arguments = parser.parse_args()
    roles = arguments.roles.split(",")
    if unknown := set(roles) - set(ROLES):
        parser.error(f"no such role: {', '.join(sorted(unknown))}")
    seconds = 120 // len(roles) if arguments.short else arguments.seconds
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALMONER_")}
    environment["ALMONER_DATA"] = str(HERE.parent.parent / "Data")
    schemathesis = Path(sys.executable).parent / "schemathesis"
    template = arguments.folder / "city"
    shutil.rmtree(template, ignore_errors=True)
    template.mkdir(parents=True)
    city = Service(arguments.almoner, template, environment)
    city.run("init")
    city.run("demo", "--quiet")
    token = city.token("admin")
    with city:
        pools = seed(city.url, token, each=4 if arguments.short else 12)
    results = [conform(role, arguments, arguments.folder, schemathesis, environment, template, pools, seconds)
               for role in roles]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
