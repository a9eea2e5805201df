"""Texts that stand in one sealed field each are looked for in every byte that is left lying about.

usage: canary.py ALMONER [sqlite|postgres]

A service takes them in over HTTP; others are sent where they are refused: in addresses, headers, bodies that are no JSON.
Then every file is read (database, write-ahead log, key store, key file, log of the service, what commands printed on the error
stream, temporary folder, backup, the server's data folder and log where it is PostgreSQL), the figures of /metrics and the
dump of the database, for each text as UTF-8, UTF-16 in both orders, Base64 and hexadecimal. At the end the person is erased and
the time is taken until nothing opens: neither in the present files nor in a backup of before, restored beside the present
key store.
"""
import base64, http.client, json, os, re, shutil, signal, sqlite3, subprocess, sys, tempfile, time, urllib.parse
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Nodes"))
from cluster import Cluster

almoner = os.path.abspath(sys.argv[1])
engine = sys.argv[2] if len(sys.argv) > 2 else "sqlite"
NAMES = ["words", "waiting", "wording", "changed", "note", "party", "member", "reason", "askname", "askaddress",
         "query", "path", "header", "badjson", "unknown", "wrongtype", "label", "visit", "actor", "offer"]
CANARY = {name: f"cNr{name}{index:02}qZx漢7Kp" for index, name in enumerate(NAMES)}
# A rare hardship, by the program's code for it: nobody else who is planted has it.
CODES = {"hardship": "lostOnlyChild", "group": "childUnder6"}
PERSON = {"name": CANARY["askname"], "phone": "13800001111", "address": CANARY["askaddress"], "birthYear": 1950}
ASCII = {name: text.split("漢")[0] for name, text in CANARY.items()}


def fail(text):
    print("FAILED:", text)
    raise SystemExit(1)


def spellings(text):
    """The bytes by which a text would be known, whatever wrote it."""
    plain = text.encode()
    found = [plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode(), plain.hex().upper().encode()]
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        # What depends on the bytes before and behind is left out.
        found.append(encoded[[0, 2, 3][shift]:-4])
    return found


def sweep(root, names, leave=()):
    """Which of the texts stand in which files below a folder."""
    found = []
    for folder, _, files in os.walk(root):
        for name in files:
            path = os.path.join(folder, name)
            if any(part in path for part in leave):
                continue
            try:
                content = open(path, "rb").read()
            except OSError:
                continue
            for canary in names:
                if any(spelling in content for spelling in spellings(ASCII[canary])):
                    found.append((canary, os.path.relpath(path, root)))
    return found


def try_sweep():
    """What looks for texts finds them in each spelling, inside other bytes: else it would prove nothing."""
    folder = tempfile.mkdtemp(prefix="almoner-canary-try-")
    try:
        for number in range(3):
            text = b"x" * number + ASCII["words"].encode() + b"y" * 5
            for content in (text, base64.b64encode(text), text.hex().encode(), text.decode().encode("utf-16-le"),
                            text.decode().encode("utf-16-be")):
                with open(f"{folder}/file", "wb") as file:
                    file.write(b"\1\2\3\4" + content + b"\0")
                if [name for name, _ in sweep(folder, NAMES)] != ["words"]:
                    fail(f"the sweep does not see {content}")
    finally:
        shutil.rmtree(folder)


class Place:
    """A folder with a database, a key file, a key store and a temporary folder of its own."""

    def __init__(self, root, environment):
        self.root = root
        os.makedirs(f"{root}/tmp", exist_ok=True)
        self.environment = {"LANG": "C.UTF-8", "PATH": os.environ["PATH"], "ALMONER_DATA": os.path.abspath("Data"),
                            "TMPDIR": f"{root}/tmp", "ALMONER_KEY_FILE": f"{root}/almoner.key", **environment}
        self.process = None

    def run(self, *arguments, check=True, said_back=False):
        """A command; what it prints on the error stream is kept, and swept with the rest, but where it says back to a
        person what they typed."""
        with open("/dev/null" if said_back else f"{self.root}/commands.err", "ab") as errors:
            made = subprocess.run([almoner, *arguments], cwd=self.root, env=self.environment, stdout=subprocess.PIPE,
                                  stderr=errors, text=True)
        if check and made.returncode != 0:
            fail(f"{arguments}: {made.stdout}{open(f'{self.root}/commands.err').read()[-600:]}")
        return made

    def serve(self):
        self.process = subprocess.Popen([almoner, "serve", "--port", "0", "--runner-seconds", "1"], cwd=self.root,
                                        env=self.environment, stdout=subprocess.PIPE,
                                        stderr=open(f"{self.root}/serve.log", "ab"), text=True)
        self.port = int(re.findall(r":(\d+)", self.process.stdout.readline())[-1])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def call(self, method, path, body=None, token=None, key=None, raw=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        if body is not None or raw is not None:
            sent["Content-Type"] = "application/json"
        if key:
            sent["Idempotency-Key"] = key
        connection.request(method, path, raw if raw is not None else None if body is None else json.dumps(body).encode(),
                           {**sent, **(headers or {})})
        answer = connection.getresponse()
        content = answer.read()
        self.tag = answer.getheader("ETag")
        connection.close()
        try:
            return answer.status, json.loads(content) if content else None
        except ValueError:
            return answer.status, content.decode(errors="replace")


def must(answer, what, wanted=(200, 201)):
    if answer[0] not in wanted:
        fail(f"{what}: {answer}")
    return answer[1]


def fill_derived(place, token, keys, wish, household):
    """What follows from what was said, rather than what was said: a group of the household's file, a distance, a score. The
    service tells it to a coordinator, and it stands in no byte of what lies about. Returns the texts to look for."""
    intake, coordinator = keys["intake"], keys["coordinator"]
    must(place.call("POST", f"/v1/households/{household}/hardships",
                    {"code": CODES["hardship"], "reason": "visit", "note": CANARY["visit"]}, intake, "d1"), "hardship")
    must(place.call("POST", f"/v1/households/{household}/members", {"birthYear": time.gmtime().tm_year - 3}, intake, "d2"),
         "child")
    must(place.call("POST", "/v1/offers", {
        "kind": "goods", "text": "一辆轮椅 " + CANARY["offer"], "lines": [{"category": "mobility.wheelchair", "quantity": 3}],
        "party": must(place.call("GET", "/v1/parties", None, coordinator), "parties")["items"][0]["id"],
        "place": {"area": "441900121", "latitude": 23.9164231, "longitude": 114.6731892}}, coordinator, "d3"), "offer")
    must(place.call("GET", f"/v1/wishes/{wish}", None, coordinator), "wish")
    must(place.call("PATCH", f"/v1/wishes/{wish}", {"place": {"area": "441900121", "latitude": 22.7941117,
                                                             "longitude": 113.7210443}}, coordinator, "d4",
                    headers={"If-Match": place.tag}), "place")
    for number in range(40):
        found = must(place.call("POST", f"/v1/wishes/{wish}/matches", {"limit": 5, "explain": True}, coordinator,
                                f"d5{number}"), "matches")
        said = json.dumps(found, ensure_ascii=False)
        if '"childUnder6"' in said and "centimetres" in said:
            break
        time.sleep(0.5)
    else:
        fail(f"no group and no distance in the explanation: {said[:1500]}")
    explained = {f"distance{number}": text for number, text in enumerate(sorted(centimetres(found))) if len(text) >= 7}
    if not explained:
        fail(f"no distance was found in {said[:1500]}")
    # The list that somebody chose from is kept; another takes its place.
    candidate = re.search(r'"offer": *"([0-9a-f-]{36})"', said) or re.search(r'"id": *"([0-9a-f-]{36})"', said)
    place.call("POST", "/v1/claims", {"offer": candidate.group(1), "wish": wish, "quantity": 1}, coordinator, "d6")
    must(place.call("POST", f"/v1/wishes/{wish}/matches", {"limit": 4, "explain": True}, coordinator, "d7"), "again")
    return explained


def centimetres(value):
    """The distances among the inputs of an explanation, as texts."""
    found = set()
    if isinstance(value, dict):
        if value.get("name") == "centimetres":
            found.add(str(value.get("value")))
        if "centimetres" in value:
            found.add(str(value["centimetres"]))
        for part in value.values():
            found |= centimetres(part)
    elif isinstance(value, list):
        for part in value:
            found |= centimetres(part)
    return found


def replay(place, keys, wish):
    """What was asked is asked again with the same keys; returns the answers' text."""
    said = [place.call("POST", f"/v1/wishes/{wish}/wording", {"text": CANARY["changed"]}, keys["coordinator"], "w1")]
    said.append(place.call("POST", "/v1/inbox", {"channel": "hotline12345", "words": "想要轮椅 " + CANARY["words"],
                                                 "person": PERSON}, keys["intake"], "i1"))
    return said


def fill(place, token):
    keys = {role: must(place.call("POST", "/v1/keys", {"label": role, "role": role}, token, f"k-{role}"), role)["token"]
            for role in ("intake", "coordinator")}
    intake, coordinator = keys["intake"], keys["coordinator"]
    person = PERSON
    taken = must(place.call("POST", "/v1/inbox", {"channel": "hotline12345", "words": "想要轮椅 " + CANARY["words"],
                                                 "person": person}, intake, "i1"), "inbox")
    must(place.call("POST", "/v1/inbox", {"channel": "hotline12345", "words": "想要轮椅 " + CANARY["waiting"]}, intake,
                    "i2"), "inbox")
    confirmed = must(place.call("POST", f"/v1/inbox/{taken['id']}/confirm",
                                {"category": "mobility.wheelchair", "area": "441900121", "quantity": 1,
                                 "wording": CANARY["wording"]}, intake, "i3"), "confirm")
    wish = confirmed["wish"]
    approval = must(place.call("GET", f"/v1/cases/{wish}/approval", None, intake), "approval")["id"]
    must(place.call("POST", f"/v1/approvals/{approval}/pass", {"note": CANARY["note"]}, intake, "a1"), "pass")
    must(place.call("POST", f"/v1/wishes/{wish}/wording", {"text": CANARY["changed"]}, coordinator, "w1"), "wording")
    must(place.call("POST", "/v1/parties", {"name": CANARY["party"], "kind": "donor"}, coordinator, "p1"), "party")
    household = must(place.call("POST", "/v1/households", {"area": "441900121"}, intake, "h1"), "household")["id"]
    must(place.call("POST", f"/v1/households/{household}/members", {"name": CANARY["member"], "birthYear": 1951}, intake,
                    "h2"), "member")
    must(place.call("POST", f"/v1/households/{household}/wishes", {"wish": wish}, intake, "h3"), "filed")
    # Read, so that whoever reads may leave traces.
    for path in (f"/v1/wishes/{wish}", f"/v1/persons/{wish}/file", f"/v1/households/{household}", "/v1/inbox",
                 f"/v1/history/{wish}", "/v1/wishes", "/v1/changes"):
        must(place.call("GET", path, None, coordinator), path)
    # Refused: what was sent is told to nobody else.
    quoted = {name: urllib.parse.quote(CANARY[name]) for name in ("query", "path")}
    place.call("GET", f"/v1/wishes?text={quoted['query']}", None, coordinator)
    place.call("GET", f"/v1/names/wish?text={quoted['query']}", None, coordinator)
    place.call("GET", f"/v1/wishes/{quoted['path']}", None, coordinator)
    place.call("GET", f"/v1/{quoted['path']}", None, coordinator)
    place.call("POST", "/v1/wishes", {"text": "x", "lines": []}, intake, ASCII["header"] * 20)
    place.call("GET", "/v1/wishes", None, ASCII["header"])
    place.call("POST", "/v1/inbox", None, intake, "b1", raw=('{"words": "' + CANARY["badjson"]).encode())
    place.call("POST", "/v1/inbox", {CANARY["unknown"]: 1, "words": "x", "channel": ASCII["unknown"]}, intake, "b2")
    place.call("POST", "/v1/wishes", {"text": {"x": CANARY["wrongtype"]}, "lines": CANARY["wrongtype"]}, intake, "b3")
    place.call("POST", "/v1/households", {"area": CANARY["reason"]}, intake, "b4")
    place.run("wish", "show", CANARY["path"], check=False, said_back=True)
    place.run("inbox", "take", "hotline12345", CANARY["words"] * 2_000, check=False, said_back=True)
    account = must(place.call("POST", "/v1/accounts", {"name": "canary.clerk", "called": CANARY["actor"]}, token, "ac"), "account")
    return keys, wish, household


def dump(place, cluster):
    """The database as its own tools write it out."""
    if cluster:
        return subprocess.run(["pg_dumpall", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "postgres"],
                              capture_output=True, text=True).stdout
    with sqlite3.connect(f"file:{place.root}/almoner.db?mode=ro", uri=True) as database:
        return "\n".join(database.iterdump())


def check(place, cluster, names, what):
    found = sweep(place.root, names)
    if cluster:
        found += sweep(cluster.root, names)
    content = dump(place, cluster).encode()
    found += [(name, "dump") for name in names if any(spelling in content for spelling in spellings(ASCII[name]))]
    status, metrics = place.call("GET", "/metrics") if place.process and place.process.poll() is None else (200, "")
    found += [(name, "metrics") for name in names if ASCII[name] in str(metrics)]
    if found:
        fail(f"{what}: {found}")


def everything(place):
    """All that the program itself can read, as text."""
    parts = [place.run(*command, check=False).stdout for command in
             (["wish", "list", "--json", "--limit", "0"], ["inbox", "list", "--json"], ["household", "list", "--json"],
              ["export", "wishes"])]
    return "\n".join(parts)


def prove(root, cluster=None):
    environment = {} if not cluster else {
        "ALMONER_DATABASE": cluster.environment["ALMONER_DATABASE"], "ALMONER_KEYS": cluster.environment["ALMONER_KEYS"]}
    place = Place(root, environment)
    try:
        token = place.run("init").stdout.strip().split("\n")[-1]
        place.serve()
        keys, wish, household = fill(place, token)
        names = [name for name in NAMES]
        explained = fill_derived(place, token, keys, wish, household)
        ASCII.update(explained)
        ASCII.update(CODES)
        names += [*explained, *CODES]
        check(place, cluster, names, "while it runs")
        can_back_up = place.run("backup", "before.almoner", check=False).returncode == 0
        check(place, cluster, names, "with a backup")
        if CANARY["changed"] not in everything_over_http(place, keys["coordinator"], wish):
            fail("the wording is not read back: the sweep would prove nothing")
        before = replay(place, keys, wish)
        if [status for status, _ in before] != [200, 201] or ASCII["changed"] not in str(before):
            fail(f"what is asked again is not answered again: {before}")
        begun = time.monotonic()
        must(place.call("POST", f"/v1/persons/{household}/erase", {"reason": "personAsked"}, token, "erase"), "erase")
        gone = "words note wording changed member askname askaddress visit".split()
        check(place, cluster, names, "after the erasure")
        for status, answer in replay(place, keys, wish):
            if status not in (200, 201, 404) or any(ASCII[name] in json.dumps(answer, ensure_ascii=False) for name in gone):
                fail(f"asked again after the erasure: {status} {answer}")
        after = everything_over_http(place, keys["coordinator"], wish)
        if any(ASCII[name] in after for name in gone):
            fail(f"something of the person is still read: {after}")
        if place.call("GET", "/v1/audit/verification", None, token)[1].get("isIntact") is False:
            fail("the history does not verify")
        place.stop()
        if not cluster:
            wal = f"{root}/almoner.db-wal"
            if os.path.exists(wal) and os.path.getsize(wal) > 0 and sweep(root, gone):
                fail("the write-ahead log still holds something")
        if can_back_up:
            place.run("backup", "after.almoner")
            for name in ("before", "after"):
                copy = Place(f"{root}/{name}", {
                    "ALMONER_KEY_FILE": f"{root}/almoner.key",
                    "ALMONER_KEYS": environment.get("ALMONER_KEYS", f"{root}/almoner.db.keys")})
                copy.run("restore", f"../{name}.almoner")
                read = everything(copy)
                if any(ASCII[canary] in read for canary in gone):
                    fail(f"the backup {name} still tells something")
                if ASCII["waiting"] not in read:
                    fail(f"the backup {name} reads nothing at all: {read[:300]}")
        seconds = time.monotonic() - begun
        verified = place.run("audit", "verify")
        if seconds > 60:
            fail(f"it took {seconds:.0f} s")
        print(f"canaries ({engine}): {len(names)} texts and derived values in no byte of files, logs, figures, dump and temporary files, in 8 "
              f"spellings; erased with all checks{' and two backups' if can_back_up else ''} in {seconds:.1f} s; "
              f"{verified.stdout.strip().splitlines()[-1]}")
    finally:
        if place.process and place.process.poll() is None:
            place.process.kill()
            place.process.wait()


def everything_over_http(place, token, wish):
    paths = (f"/v1/wishes/{wish}", f"/v1/persons/{wish}/file", "/v1/inbox", f"/v1/history/{wish}", "/v1/wishes")
    return "\n".join(json.dumps(place.call("GET", path, None, token)[1], ensure_ascii=False) for path in paths)


try_sweep()
root = tempfile.mkdtemp(prefix="almoner-canary-")
try:
    if engine == "postgres":
        with Cluster(almoner, "canary-server", "log_min_error_statement = error\n") as cluster:
            prove(root, cluster)
    else:
        prove(root)
finally:
    shutil.rmtree(root, ignore_errors=True)
