"""Runs every command that a guide names, as it is written there, on a program that was just set up.

    guide.py ALMONER [GUIDE.md …]

A guide writes commands between backquotes: `claim accept|decline C` are two of them, what stands in [ ] may be left out, ( ) is
one of several, and an ellipsis goes on like that. A capital stands for a thing of the town that is set up here. A command has to
be understood, and to find what it names; whether the rules let it be done at that moment is another thing. The three stories are
scripts, and a test of their own runs them.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Done; done, and something was found; refused by a rule.
UNDERSTOOD = (0, 1, 3)

FILES = {
    "offers.yaml": "kind: offers\nsource: guide\nfields: {externalID: id, line: line, party.externalID: party, "
    "party.name: party, party.kind: {constant: fund}, kind: kind, category: item, quantity: count, unit: unit}\n",
    "offers.csv": "id,line,party,kind,item,count,unit\nOFFER,1,P,goods,轮椅,50,piece\n"
    "O,1,P,money,cost.treatment,100000,fen\nO,2,P,money,cost.treatment,100000,fen\n",
    "wishes.yaml": "kind: wishes\nsource: guide\nfields: {externalID: id, category: item, quantity: count, "
    "estimatedPriceFen: price, area: place}\n",
    "wishes.csv": "id,item,count,price,place\nW,轮椅,20,1000,虎门\nWISH,轮椅,1,,虎门\nW1,轮椅,1,,虎门\nW2,轮椅,1,,虎门\n",
    "inbox.yaml": "kind: inbox\nsource: guide\nfields: {externalID: id, channel: channel, words: words}\n",
    "inbox.csv": "id,channel,words\n1,fair,想要一台轮椅\n",
    "people.yaml": "kind: people\nsource: guide\nfields: {externalID: id, beneficiary.phone: phone}\n",
    "people.csv": "id,phone\nW1,12000000001\n",
    "histories.csv": "wish,event,at,value\n",
    "notice.csv": "date,kind,nameZh,nameEn\n2027-01-01,holiday,元旦,New Year's Day\n",
}


class Town:
    """A database of its own with one of everything that a guide has a letter for."""

    def __init__(self, almoner, folder):
        self.almoner, self.folder = almoner, folder
        for name, text in FILES.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.made("init")
        self.made("import", "offers", "offers.csv", "--map", "offers.yaml")
        self.made("import", "wishes", "wishes.csv", "--map", "wishes.yaml")
        for act in (["pass", "W"], ["pass", "W", "--note", "ok"], ["approve", "W", "--as", "approver:city:100000000"]):
            self.made("approval", "act", *act)
        household = self.thing("id", "household", "open", "虎门")
        self.made("household", "note", household, "came", "--name", "王某", "--born", "1940")
        clock = self.thing("id", "clock", "list", "W")
        claim = self.thing("id", "claim", "propose", "OFFER", "W", "10")
        (folder / "head.json").write_text(self.made("audit", "head", "--json"), encoding="utf-8")
        self.things = {
            "RECORD": self.thing("id", "inbox", "take", "hotline12345", "想要一台轮椅"),
            "H": household, "ID": self.thing("person", "household", "show", household),
            "A": "441900121", "AREA": "441900119", "R": "notDeliverable", "CODE": "illness", "N": "7", "FAIR": "fair-2026",
            "T": "2026-03-02T09:00", "FROM": "2026-01-01", "UNTIL": "2026-06-30", "FEN": "30000", "F": "O",
            "NOTICE.csv": "notice.csv", "FINDING": "已核实", "REASONS": "情况属实", "BECAUSE": "情况属实", "…": "12000000002",
        }
        self.own = {
            ("claim", "C"): claim, ("clock", "C"): clock, ("--category", "C"): "mobility.wheelchair",
            ("--name", "N"): "陈某", ("--reason", "CODE"): "notDeliverable", ("--file", "FILE"): "head.json",
        }

    def run(self, *words):
        settings = {"ALMONER_DATA": str(ROOT / "Data"), "LANG": "C.UTF-8", "NO_COLOR": "1", "PATH": os.environ["PATH"]}
        return subprocess.run(
            [self.almoner, *words], cwd=self.folder, env=settings, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def made(self, *words):
        done = self.run(*words)
        if done.returncode:
            sys.exit(f"guide: the town could not be set up: {' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def thing(self, name, *words):
        found = re.search(rf'"{name}" ?: ?"([^"]*)"', self.made(*words, "--json"))
        if not found:
            sys.exit(f"guide: {' '.join(words)} tells no {name}")
        return found.group(1)

    def arguments(self, words):
        """The words as somebody types them who has these things before them."""
        # A year takes minutes with a debug build; what is to be shown is that the command is there.
        if words[0] == "simulate":
            return ["3" if word == "365" else word for word in words] + ([] if "--days" in words else ["--days", "3"])
        typed = []
        for before, word in zip([""] + words, words):
            if word.startswith('"'):
                typed.append("已核实")
            elif word.startswith("NAME="):
                typed.append("王某" + word[4:])
            elif words[0] == "import" and word in ("FILE", "MAP"):
                typed.append(words[1] + (".csv" if word == "FILE" else ".yaml"))
            elif word == "FILE":
                typed.append("head.json")
            else:
                own = self.own.get((before, word)) or self.own.get((words[0], word))
                typed.append(own or self.things.get(word, word))
        return typed


def tokens(text):
    """The words of a command, with brackets and bars between alternatives by themselves; what is quoted is one word."""
    found = re.findall(r'"[^"]*"|[\[\]()]|\|(?=--)|[^\s\[\]()"|]+(?:\|(?!--)[^\s\[\]()"|]+)*', text)
    # What a shell would do with the output is not the command's.
    return found[: found.index(">")] if ">" in found else found


def spellings(words, ends=()):
    """Every way to read the words up to one of these; takes them away."""
    found, branches = [[]], []
    while words and words[0] not in ends:
        word = words.pop(0)
        if word == "|":
            branches, found = branches + found, [[]]
            continue
        if word in "[(":
            ways = ([[]] if word == "[" else []) + spellings(words, "])")
            words.pop(0)
        else:
            ways = [[word]] if word.startswith('"') else [[one] for one in word.split("|") if one != "…" or word == "…"]
        found = [before + way for before in found for way in ways]
    return branches + found


def without_ellipses(words):
    """An ellipsis behind an option is its value; any other says that it goes on like that."""
    return [word for before, word in zip([""] + words, words) if word != "…" or before.startswith("--")]


def main():
    almoner = os.path.abspath(sys.argv[1])
    guides = [Path(name) for name in sys.argv[2:]] or [ROOT / "Docs/casework.md"]
    known, ran, wrong = {}, 0, []
    with tempfile.TemporaryDirectory() as folder:
        town = Town(almoner, Path(folder))
        for guide in guides:
            for text in guide.read_text(encoding="utf-8").split("`")[1::2]:
                text = text.replace("\\|", "|").replace("\n", " ").removeprefix("almoner ")
                first, _, rest = text.partition(" ")
                if not rest or not re.fullmatch(r"[a-z]+", first):
                    continue
                if first not in known:
                    known[first] = town.run(first, "--help").returncode == 0
                if not known[first]:
                    continue
                for words in {tuple(without_ellipses(words)) for words in spellings(tokens(text))}:
                    typed = town.arguments(list(words))
                    done = town.run(*typed)
                    ran += 1
                    # `case close` by itself is a name, not a call.
                    is_name = all(re.fullmatch(r"[a-z][a-zA-Z]*", word) for word in words)
                    if is_name and done.returncode == 2:
                        done = town.run(*typed, "--help")
                    if done.returncode not in UNDERSTOOD:
                        wrong.append(f"{guide.name}: `{text}` as {' '.join(typed)}: {done.stderr.strip()}")
    for fault in wrong:
        print(fault, file=sys.stderr)
    print(f"{ran} commands of {', '.join(guide.name for guide in guides)} ran, {len(wrong)} were not understood")
    # A guide whose table is not found any more shows nothing.
    sys.exit(1 if wrong or ran < 60 and len(sys.argv) == 2 else 0)


if __name__ == "__main__":
    main()
