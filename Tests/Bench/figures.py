"""Figures that are measured beside a peer: collected, printed as one table, kept as JSON for the table of all."""
import json, os, time


def machine():
    """The date, the processors and their kind, as one line."""
    kind = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return f"{time.strftime('%Y-%m-%d', time.gmtime())}, {os.cpu_count()} × {kind}, load {os.getloadavg()[0]:.1f}"


class Figures:
    def __init__(self):
        self.rows = []

    def add(self, figure, ours, peer, ratio, must="", aim="", most=False):
        """One row: `ratio` is held to `must` and `aim`, least figures unless `most`; "" where nothing is asked."""
        held = lambda bound: bound == "" or (ratio <= bound if most else ratio >= bound)
        sign = "≤ " if most else "≥ "
        text = lambda bound: "" if bound == "" else f"{sign}{bound:,}"
        met = "" if must == "" else "no" if not held(must) else "yes" if aim == "" or not held(aim) else "aim"
        self.rows.append({"figure": figure, "ours": ours, "peer": peer, "ratio": f"{ratio:,.1f}", "must": text(must),
                          "aim": text(aim), "met": met})

    @property
    def failed(self):
        return any(row["met"] == "no" for row in self.rows)

    def table(self):
        names = ["figure", "ours", "peer", "ratio", "must", "aim", "met"]
        lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
        return "\n".join(lines + ["| " + " | ".join(row[name] for name in names) + " |" for row in self.rows])

    def write(self, path):
        if path:
            with open(path, "w") as f:
                json.dump(self.rows, f, ensure_ascii=False)

    def read(self, path):
        with open(path) as f:
            self.rows += json.load(f)
