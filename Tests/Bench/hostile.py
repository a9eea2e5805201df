#!/usr/bin/env python3
"""Sends a running service what is made to stall it, and measures both the answer and everybody else.

usage: hostile.py ALMONER FOLDER [--rounds N]

ALMONER is the program; in FOLDER a database is made and served on loopback. Each input is sent N times on a connection of
its own while another client asks for one wish list after the other. Every answer has to be 4xx, its median under 50 ms; the
other client's p99 has to stay under 100 ms. Then 1,000 connections from four other addresses begin a head and say no more:
all have to be closed within 15 s; and 1,000 send bodies of a byte a second: within 30 s. The other client is served all
the while. The exit code is 1 where it does not.
"""
import argparse, json, os, re, resource, select, shutil, signal, socket, statistics, subprocess, sys, threading, time
from pathlib import Path

HERE = Path(__file__).resolve().parent
MARK = "́"


def inputs():
    """Name, method, target, content type and body of each."""
    run = MARK * 120_000
    keys = ",".join(f'"a{MARK * 400}{number}":1' for number in range(280))
    equal = ",".join('"%s%s":1' % ("a" * number, MARK * 500) for number in range(1, 230))
    many = ",".join(f'"k{number}":1' for number in range(60_000))
    marks = MARK * 500_000
    body = ("POST", "/v1/wishes", "application/json")
    yield "240 KB of keys with marks", *body, "{" + keys + "}"
    yield "240 KB of keys that look alike", *body, "{" + equal + "}"
    yield "a text of marks, 240 KB", *body, json.dumps({"text": run}, ensure_ascii=False)
    yield "500,000 marks in the body", *body, json.dumps({"text": marks}, ensure_ascii=False)
    yield "500,000 marks escaped", *body, '{"text":"' + "\\u0301" * 40_000 + '"}'
    yield "500,000 marks in the query", "GET", "/v1/public/wishes?text=" + "%CC%81" * 500_000, "", ""
    yield "1,300 marks in the query", "GET", "/v1/public/wishes?text=" + "%CC%81" * 1_300, "", ""
    yield "500,000 marks in the path", "GET", "/v1/wishes/" + "%CC%81" * 500_000, "", ""
    yield "1,300 marks in the path", "GET", "/v1/wishes/" + "%CC%81" * 1_300, "", ""
    yield "500,000 marks in a form", "POST", "/v1/wishes", "application/x-www-form-urlencoded", "text=" + marks
    yield "marks in a search", "GET", "/v1/areas?text=" + "a" + "%CC%81" * 1_000, "", ""
    yield "depth 500,000", *body, "[" * 500_000
    yield "depth 100,000", *body, '{"a":' * 40_000
    yield "60,000 keys", *body, "{" + many + "}"
    yield "20,000 keys", *body, "{" + ",".join(f'"k{number}":1' for number in range(20_000)) + "}"
    yield "a number of 1 MB", *body, '{"quantity":' + "9" * 1_000_000 + "}"
    yield "a number of 200 KB", *body, '{"quantity":' + "9" * 200_000 + "}"


def send(port, method, target, kind, body, token):
    """The status, and the seconds from the last byte that was taken to the answer."""
    data = body.encode()
    head = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
    if method == "POST":
        head += f"Idempotency-Key: {time.monotonic_ns()}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n"
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begun = time.perf_counter()
        try:
            line.sendall(head.encode() + b"\r\n" + data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # Refused before all of it was sent; the answer is there all the same.
        answer = line.recv(65_536)
        seconds = time.perf_counter() - begun
    found = re.match(rb"HTTP/1.1 (\d+)", answer)
    return (int(found.group(1)) if found else 0), seconds


def honest(port, token, times, stop):
    request = (f"GET /v1/wishes?limit=5 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n").encode()
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while not stop.is_set():
            begun = time.perf_counter()
            line.sendall(request)
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += line.recv(65_536)
            head, rest = answer.split(b"\r\n\r\n", 1)
            length = int(re.search(rb"(?i)content-length: (\d+)", head).group(1))
            while len(rest) < length:
                rest += line.recv(65_536)
            times.append(time.perf_counter() - begun)
            time.sleep(0.002)


def stall(port, count, begin, drip, limit):
    """Opens connections that never end their request; the seconds until the server has closed the last of them, or None."""
    lines = {}
    begun = time.perf_counter()
    for number in range(count):
        line = socket.socket()
        line.bind((f"127.0.0.{2 + number % 4}", 0))
        line.connect(("127.0.0.1", port))
        line.sendall(begin)
        line.setblocking(False)
        lines[line.fileno()] = line
    waiting = select.poll()
    for number in lines:
        waiting.register(number, select.POLLIN | select.POLLHUP | select.POLLERR)
    last = time.perf_counter()
    while lines and time.perf_counter() - begun < limit * 2:
        if drip and time.perf_counter() - last >= 1:
            last = time.perf_counter()
            for line in lines.values():
                try:
                    line.send(drip)
                except OSError:
                    pass
        for number, _ in waiting.poll(50):
            try:
                is_open = bool(lines[number].recv(65_536))
            except BlockingIOError:
                continue
            except OSError:
                is_open = False
            if not is_open:
                waiting.unregister(number)
                lines.pop(number).close()
    seconds = time.perf_counter() - begun
    left = len(lines)
    for line in lines.values():
        line.close()
    return None if left else seconds


STALLS = [
    ("1,000 heads that never end", b"GET /v1/public/wishes HTTP/1.1\r\nHost: localhost\r\nX-", b"", 15),
    ("1,000 bodies of a byte a second",
     b"POST /v1/claims HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{", b"x", 30),
]


def quantile(times, share):
    return sorted(times)[int(len(times) * share)] * 1_000 if times else float("inf")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("almoner", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("folder", type=lambda path: Path(path).resolve())
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALMONER_")}
    environment["ALMONER_DATA"] = str(HERE.parent.parent / "Data")
    made = subprocess.run([arguments.almoner, "init"], cwd=arguments.folder, env=environment, capture_output=True,
                          text=True, check=True)
    token = made.stdout.split()[-1]
    with open(arguments.folder / "log", "w") as log:
        server = subprocess.Popen([arguments.almoner, "serve", "--port", "0", "--key-rate", "0", "--browse-guest", "0",
                                   "--browse-party", "0"], cwd=arguments.folder,
                                  env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    port = int(re.search(r":(\d+)", server.stdout.readline().split("//")[-1]).group(1))
    fine = True
    times, stop = [], threading.Event()
    client = threading.Thread(target=honest, args=(port, token, times, stop))
    client.start()

    def meanwhile(since):
        """What the other client has seen since then, and whether that will do."""
        seen = times[since:]
        p99 = quantile(seen, 0.99)
        print(f"{'':4}another client meanwhile: {len(seen):,} requests, p50 {quantile(seen, 0.5):.1f} ms, p99 {p99:.1f} ms"
              f"{'' if p99 < 100 else '  FAILED'}", flush=True)
        return p99 < 100

    try:
        for name, method, target, kind, body in inputs():
            answers = [send(port, method, target, kind, body, token) for _ in range(arguments.rounds)]
            statuses = sorted({status for status, _ in answers})
            median = statistics.median(seconds for _, seconds in answers) * 1_000
            good = all(400 <= status < 500 for status in statuses) and median < 50
            fine = fine and good
            print(f"{name:32} {','.join(map(str, statuses)):9} {median:8.1f} ms{'' if good else '  FAILED'}", flush=True)
        fine = meanwhile(0) and fine
        for name, begin, drip, limit in STALLS:
            since = len(times)
            seconds = stall(port, 1_000, begin, drip, limit)
            good = seconds is not None and seconds <= limit
            shown = "not closed" if seconds is None else f"closed within {seconds:.1f} s"
            print(f"{name:32} {shown}{'' if good else f', must within {limit} s  FAILED'}", flush=True)
            fine = meanwhile(since) and good and fine
    finally:
        stop.set()
        client.join()
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
