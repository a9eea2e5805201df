"""The master key is changed while people read, and whoever changes it dies again and again.

usage: rotation.py ALMONER [KILLS] [WISHES]

A service on a file answers 50 requests a second for wishes whose wording and place are sealed. Beside it `almoner key-file
rotate` is killed at some moment, begun again, and killed again; every few times the service is ended and started anew, so
that it reads keys of both versions from the key store. Fails where an answer is missing or tells another wording than was
written; where at the end the key store holds a key under the old version, or the old key file opens anything; or where a
sealed field that somebody moved to another row by SQL is shown.
"""
import http.client, json, os, random, re, shutil, signal, sqlite3, subprocess, sys, tempfile, threading, time

almoner = os.path.abspath(sys.argv[1])
kills = int(sys.argv[2]) if len(sys.argv) > 2 else 5
wishes = int(sys.argv[3]) if len(sys.argv) > 3 else 4_000
RATE = 50
chance = random.Random(20261122)
root = tempfile.mkdtemp(prefix="almoner-rotation-")
environment = {"LANG": "C.UTF-8", "PATH": os.environ["PATH"], "ALMONER_DATA": os.path.abspath("Data")}


def fail(text):
    print("FAILED:", text)
    raise SystemExit(1)


def run(*arguments, check=True):
    made = subprocess.run([almoner, *arguments], cwd=root, env=environment, capture_output=True, text=True)
    if check and made.returncode != 0:
        fail(f"{arguments}: {made.stdout}{made.stderr}")
    return made


class Service:
    started = []

    def __init__(self, token):
        self.token = token
        self.process = subprocess.Popen(
            [almoner, "serve", "--port", "0", "--key-rate", "0", "--address-rate", "0"], cwd=root, env=environment,
            stdout=subprocess.PIPE, stderr=open(f"{root}/serve.log", "ab"), text=True)
        Service.started.append(self.process)
        line = self.process.stdout.readline()
        found = re.findall(r":(\d+)", line)
        if not found:
            fail("the service did not start: " + open(f"{root}/serve.log").read()[-2000:])
        self.port = int(found[-1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


class Readers:
    """Threads that ask at a steady rate in all, and hold every answer to what was written."""

    def __init__(self, service, wanted):
        self.service, self.wanted = service, list(wanted.items())
        self.asked, self.wrong, self.over = 0, [], False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.read, args=(number,), daemon=True) for number in range(2)]
        for thread in self.threads:
            thread.start()

    def read(self, number):
        mine = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=20)
        due = time.monotonic()
        while not self.over:
            id, text = mine.choice(self.wanted)
            try:
                connection.request("GET", f"/v1/wishes/{id}", headers={"Authorization": f"Bearer {self.service.token}"})
                answer = connection.getresponse()
                body = answer.read()
                good = answer.status == 200 and json.loads(body).get("text") == text
                problem = None if good else f"{answer.status} {body[:200]}"
            except (OSError, http.client.HTTPException) as error:
                problem = repr(error)
            with self.lock:
                self.asked += 1
                if problem:
                    self.wrong.append(problem)
            due += 2 / RATE
            time.sleep(max(0, due - time.monotonic()))

    def end(self):
        self.over = True
        for thread in self.threads:
            thread.join()


def state():
    return json.loads(run("key-file", "show", "--json").stdout)


def main():
    token = run("init").stdout.strip().split("\n")[-1]
    with open(f"{root}/wishes.csv", "w") as file:
        file.write("number,what,quantity,text\n")
        file.writelines(f"W{number:05},电风扇,1,canary wording {number}\n" for number in range(wishes))
    with open(f"{root}/map.yaml", "w") as file:
        file.write("kind: wishes\nsource: test\n"
                   "fields: {externalID: number, category: what, quantity: quantity, text: text}\n")
    run("import", "wishes", "wishes.csv", "--map", "map.yaml", "--register-only", "--quiet")
    # Reading ids takes no key: they are not sealed.
    with sqlite3.connect(f"file:{root}/almoner.db?mode=ro", uri=True) as database:
        ids = dict(database.execute("SELECT external_id, id FROM wish"))
    wanted = {ids[f"W{number:05}"]: f"canary wording {number}" for number in range(wishes)}
    shutil.copy(f"{root}/almoner.db.key", f"{root}/old.key")
    before = state()

    service = Service(token)
    readers = Readers(service, wanted)
    asked, wrong, done, short, midway, reading = 0, [], 0, 0, 0, 0.0
    longest = 0.4
    begun = time.monotonic()
    while done < kills:
        rotation = subprocess.Popen([almoner, "key-file", "rotate", "--quiet"], cwd=root, env=environment,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            rotation.wait(chance.uniform(0.01, longest))
            # It came to its end before it was killed: the next one begins a version of its own.
            short += 1
            longest = max(0.02, longest * 0.8)
            if short > 20 * kills:
                fail("the rotation is over before it can be killed; take more wishes")
            continue
        except subprocess.TimeoutExpired:
            rotation.kill()
            rotation.wait()
            done += 1
            midway += len(state()["masters"]) > 1
        if done % 4 == 0 and done < kills:
            readers.end()
            asked, wrong, reading = asked + readers.asked, wrong + readers.wrong, reading + time.monotonic() - begun
            service.stop()
            service = Service(token)
            readers, begun = Readers(service, wanted), time.monotonic()
    run("key-file", "rotate", "--quiet")
    time.sleep(1)
    readers.end()
    asked, wrong = asked + readers.asked, wrong + readers.wrong
    seconds = reading + time.monotonic() - begun
    if wrong:
        fail(f"{len(wrong)} of {asked} reads failed: {wrong[:3]}")
    after = state()
    if len(after["masters"]) != 1 or after["masters"][0]["keys"] < wishes:
        fail(f"the key store is not all under one version: {after}")
    if after["masters"][0]["version"] <= before["masters"][0]["version"]:
        fail("the master key is the same as before")
    service.stop()

    # The old key beside the present files.
    old = run("wish", "show", "W00000", "--key-file", "old.key", "--json", check=False)
    if old.returncode == 0 or "canary" in old.stdout + old.stderr:
        fail(f"the old key opens something: {old.stdout}{old.stderr}")
    if "canary wording 0" not in run("wish", "show", "W00000", "--json").stdout:
        fail("the present key opens nothing")

    # Two sealed fields change places, behind the program's back.
    with sqlite3.connect(f"{root}/almoner.db") as database:
        one, two = ids["W00001"], ids["W00002"]
        sealed = dict(database.execute("SELECT id, sealed FROM wish WHERE id IN (?, ?)", (one, two)))
        database.execute("UPDATE wish SET sealed = ? WHERE id = ?", (sealed[two], one))
        database.execute("UPDATE wish SET sealed = ? WHERE id = ?", (sealed[one], two))
    for number in ("W00001", "W00002"):
        moved = run("wish", "show", number, "--json", check=False)
        if moved.returncode == 0 or "canary" in moved.stdout + moved.stderr:
            fail(f"a field that was moved is shown: {moved.stdout}{moved.stderr}")
    if midway == 0:
        fail("no kill came in the midst of a rotation; take more wishes")
    print(f"rotation: {done} kills, {midway} of them between two versions, {short} whole rotations beside, {asked} reads in {seconds:.0f} s "
          f"({asked / seconds:.0f}/s), none failed; versions {before['masters'][0]['version']} → "
          f"{after['masters'][0]['version']}; the old key opens nothing; moved fields are refused")


try:
    main()
finally:
    for process in Service.started:
        if process.poll() is None:
            process.kill()
            process.wait()
    shutil.rmtree(root, ignore_errors=True)
