"""Records for the service's document to name: a document of ids that exist nowhere tells little of a service.

`seed` makes some of every kind over HTTP, several in each state that a step begins from, and deals them out by operation;
`described` writes ids and codes that exist into the requests of the document. What a step ends can be ended once: so
`requests_hook` gives each valid request a record of its own, for as long as there are any.
"""
import copy, itertools, json, urllib.error, urllib.request, uuid

REASON = {"reason": "phone"}
CHECKED = {"reason": "checked"}


class Caller:
    def __init__(self, url, token):
        self.url, self.token = url, token

    def send(self, path, body=None, method=None, headers=(), token=True):
        """The answer as JSON; None where the request was refused."""
        request = urllib.request.Request(
            self.url + path, data=None if body is None else json.dumps(body).encode(), method=method)
        if token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.add_header("Idempotency-Key", str(uuid.uuid4()))
        for name, value in headers:
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.version = answer.headers.get("ETag")
                return json.load(answer)
        except urllib.error.HTTPError:
            return None

    def items(self, path, pages=1):
        """The records of a list, as many pages as are wanted."""
        found, cursor = [], ""
        for _ in range(pages):
            page = self.send(path + cursor) or {}
            found += page.get("items", [])
            if not page.get("next"):
                break
            cursor = ("&" if "?" in path else "?") + "cursor=" + page["next"]
        return found

    def ids(self, path, member="id"):
        return [item[member] for item in self.items(path) if item.get(member)]


class Dealer:
    """Makes records, and notes which of them each operation begins from: parts of its path, body and headers."""

    def __init__(self, caller, each):
        self.caller, self.each, self.dealt = caller, each, {}

    def deal(self, operation, make):
        """Deals what `make` makes, so many times; nothing where it makes nothing."""
        made = []
        for _ in range(self.each):
            record = make()
            if record is None:
                break
            made.append(record)
        if made:
            self.dealt[operation] = made

    def steps(self, kind, operations, make):
        """Deals a record of its own to each of some steps; `operations` names the steps, and what their bodies say."""
        for step, body in operations.items():
            self.deal(step, lambda: named(kind, make(), body))


def named(member, record, body=None):
    """A request about a record, which says of it what the record does not."""
    if not record:
        return None
    return {"path": {member: record if isinstance(record, str) else record["id"]}, "body": dict(body or {})}


def seed(url, token, each=12):
    """Makes records, and returns what can be named: lists of ids and codes, and under `dealt` a record for each request."""
    caller = Caller(url, token)
    dealer = Dealer(caller, each)
    send, deal = caller.send, dealer.deal
    parties = caller.items("/v1/parties?state=active&limit=200")
    party = parties[0]["id"]
    open_wishes = iter([wish for wish in caller.items("/v1/wishes?state=open&limit=200", pages=4) if wish["lines"]])
    areas = caller.ids("/v1/areas?within=441900&limit=200", "code")
    number = itertools.count()

    def wish():
        return next(open_wishes, None)

    def step(path, body=None):
        """A step that has to succeed for the record to be of use."""
        return send(path, body or {}) is not None

    # Parties and offers.
    def own_party(name="Conformance"):
        return (send("/v1/parties", {"name": f"{name} {next(number)}", "kind": "donor"}) or {}).get("party")

    def unconfirmed():
        made = send("/v1/parties", {"name": f"Guest {next(number)}", "kind": "donor"}, token=False)
        return made and made["party"]

    def paused_party():
        made = own_party()
        return made if made and step(f"/v1/parties/{made['id']}/pause", REASON) else None

    dealer.steps("partyId", {"POST /v1/parties/{partyId}/code": None, "POST /v1/parties/{partyId}/confirm": REASON},
                 unconfirmed)
    dealer.steps("partyId", {"POST /v1/parties/{partyId}/pause": REASON, "POST /v1/parties/{partyId}/close": REASON},
                 own_party)
    dealer.steps("partyId", {"POST /v1/parties/{partyId}/resume": REASON}, paused_party)

    def offer(category="mobility.wheelchair", quantity=50, kind="goods"):
        return send("/v1/offers", {"party": party, "kind": kind, "text": "五十件",
                                   "lines": [{"category": category, "quantity": quantity}]})

    def paused_offer():
        made = offer()
        return made if made and step(f"/v1/offers/{made['id']}/pause", REASON) else None

    dealer.steps("offerId", {"POST /v1/offers/{offerId}/pause": REASON}, offer)
    deal("POST /v1/offers/{offerId}/withdraw", lambda: named("offerId", offer(), {**REASON, "line": 1, "quantity": 1}))
    dealer.steps("offerId", {"POST /v1/offers/{offerId}/resume": REASON}, paused_offer)

    def budget():
        made = offer("aid.tuition", 50_000, "money")
        body = {"from": "2026-12-01", "until": "2027-10-31", "amount": 1_000, **REASON}
        return made and {"path": {"offerId": made["id"], "line": 1}, "body": body}

    deal("PUT /v1/offers/{offerId}/lines/{line}/budget", budget)
    deal("POST /v1/offers", lambda: {"body": {"party": party, "hours": "mon-fri 9-17", "from": "2026-12-01",
                                              "until": "2027-10-31"}})

    def changed(member, path, make):
        """A record at the version that it has."""
        def one():
            made = make()
            if not made or not send(path + made["id"]):
                return None
            return {**named(member, made), "headers": {"If-Match": caller.version}}
        return one

    deal("PATCH /v1/parties/{partyId}", changed("partyId", "/v1/parties/", own_party))
    deal("PATCH /v1/offers/{offerId}", changed("offerId", "/v1/offers/", offer))
    deal("PATCH /v1/wishes/{wishId}", changed("wishId", "/v1/wishes/", wish))

    # Claims: a pledge makes an offer and its claim at once.
    def claim(*path, least=1, legs=()):
        """A claim that has gone a path of steps."""
        for wanted in open_wishes:
            line = wanted["lines"][0]
            if (line.get("open") or 0) >= least and (least == 1 or not line["isWhole"]):
                break
        else:
            return None
        quantity = line["open"] if line["isWhole"] else least
        made = send(f"/v1/wishes/{wanted['id']}/pledges", {"quantity": quantity, "party": party, "legs": list(legs)})
        if made and all(step(f"/v1/claims/{made['id']}/{each}", REASON) for each in path):
            return made
        return None

    def tried(make, times=5):
        """What is made, where wishes are of several minds about it."""
        return lambda: next((made for made in (make() for _ in range(times)) if made), None)

    at = "POST /v1/claims/{claimId}/"
    dealer.steps("claimId", {at + "accept": REASON, at + "decline": REASON, at + "renew": REASON}, tried(claim))
    dealer.steps("claimId", {at + "split": {**REASON, "quantity": 1}}, tried(lambda: claim(least=2)))
    dealer.steps("claimId", {at + "dispatch": REASON, at + "release": REASON}, tried(lambda: claim("accept")))
    dealer.steps("claimId", {at + "receive": REASON}, tried(lambda: claim("accept", "dispatch")))
    dealer.steps("claimId", {at + "confirm": REASON, at + "return": REASON},
                 tried(lambda: claim("accept", "dispatch", "receive")))

    def leg(*path):
        def one():
            made = claim(legs=["carrier"])
            body = {"party": party, **REASON}
            fine = made and all(step(f"/v1/claims/{made['id']}/{each}", body if "/" in each else REASON) for each in path)
            return {"path": {"claimId": made["id"], "leg": "carrier"}, "body": body} if fine else None
        return one

    agreed = ("accept", "legs/carrier/agree")
    for name, path in (("agree", agreed[:1]), ("leave", agreed), ("finish", (*agreed, "dispatch"))):
        deal(at + "legs/{leg}/" + name, tried(leg(*path)))

    def pair():
        """An offer and a wish that fit, which nobody has brought together yet."""
        wanted = wish()
        found = wanted and send(f"/v1/wishes/{wanted['id']}/matches?limit=3&vetoes=false")
        for ranking in (found or {}).get("items", []):
            for candidate in ranking["candidates"][next(number) % 3:][:1]:
                return {"offer": candidate["record"]["id"], "offerLine": candidate["line"], "wish": wanted["id"],
                        "wishLine": ranking["subjectLine"], "quantity": 1}
        return None

    def pairing(extra):
        def one():
            found = tried(pair)()
            return found and {"body": {**found, **extra}}
        return one

    deal("POST /v1/claims", pairing(REASON))

    def waiting():
        """An offer that a wish can wait for: of what it asks for, in the same unit."""
        for wanted in open_wishes:
            line = wanted["lines"][0]
            if line["unit"] == "piece" and line.get("category"):
                made = offer(line["category"])
                return made and {"body": {"offer": made["id"], "offerLine": 1, "wish": wanted["id"], "wishLine": 1,
                                          "quantity": 1, "least": 1}}
        return None

    deal("POST /v1/claims/queue", waiting)
    deal("POST /v1/wishes/{wishId}/pledges", lambda: named("wishId", wish(), {"party": party, "quantity": 1, "line": 1}))

    # Decisions for profiles to be held against: what was suggested, and what became of it.
    for turn in range(each):
        wanted = wish()
        if wanted and (run := send(f"/v1/wishes/{wanted['id']}/matches", {"limit": 5})):
            for ranking in run.get("items", []):
                for candidate in ranking["candidates"][:1]:
                    made = send("/v1/claims", {"offer": candidate["record"]["id"], "offerLine": candidate["line"],
                                               "wish": wanted["id"], "wishLine": ranking["subjectLine"], "quantity": 1})
                    if made:
                        step(f"/v1/claims/{made['id']}/" + ("decline" if turn % 3 == 0 else "accept"), REASON)

    # Wishes, their ends, and what the people say who asked.
    def closed():
        wanted = wish()
        fine = wanted and step(f"/v1/cases/{wanted['id']}/close", unfulfilled)
        return wanted if fine else None

    ending = {"reason": "noLongerNeeded"}
    unfulfilled = {"outcome": "unfulfilled", "reason": "notDeliverable", "note": "已电话答复"}
    dealer.steps("wishId", {
        "POST /v1/wishes/{wishId}/close": unfulfilled, "POST /v1/wishes/{wishId}/end": ending,
        "POST /v1/cases/{wishId}/close": unfulfilled, "POST /v1/cases/{wishId}/end": ending}, wish)
    deal("POST /v1/wishes/{wishId}/lines/{line}/cancel", lambda: (
        (wanted := wish()) and {"path": {"wishId": wanted["id"], "line": 1},
                                "body": {"reason": "noLongerNeeded", "quantity": wanted["lines"][0].get("open") or 1}}))
    dealer.steps("wishId", {"POST /v1/wishes/{wishId}/rating": None, "POST /v1/cases/{wishId}/rate": None}, closed)

    def code(of):
        made = of and send(f"/v1/wishes/{of}/code", {})
        return made and made["code"]

    deal("POST /v1/lookup", lambda: (
        (wanted := wish()) and (given := code(wanted["id"])) and {"body": {"code": given}}))
    deal("POST /v1/lookup/rating", lambda: (
        (wanted := closed()) and (given := code(wanted["id"])) and {"body": {"code": given}}))

    def received():
        made = tried(lambda: claim("accept", "dispatch", "receive"))()
        given = made and code(made["wish"])
        return given and {"body": {"code": given, "claim": made["id"]}}

    deal("POST /v1/lookup/confirm", received)
    deal("POST /v1/wishes", lambda: {"body": {"hours": "mon-fri 9-17", "from": "2026-12-01", "until": "2027-10-31"}})

    # Wishes that come in today have a case, clocks that run, and an approval to pass.
    def asked(quantity=1, **more):
        wanted = {"text": f"想要一台轮椅 {next(number)}", "channel": "townWindow", "lines": [
            {"category": "mobility.wheelchair", "quantity": quantity, "estimatedPriceFen": 1_000}]}
        return send("/v1/wishes", wanted | more)

    def approval(*path, **wanted):
        def one():
            made = asked(**wanted)
            found = made and send(f"/v1/cases/{made['id']}/approval")
            return found if found and all(step(f"/v1/approvals/{found['id']}/pass", each) for each in path) else None
        return one

    at = "POST /v1/approvals/{approvalId}/"
    visited = ({}, {"note": "走访情况属实"})
    dealer.steps("approvalId", {at + "pass": None, at + "refuse": None, at + "revise": None}, approval())
    dealer.steps("approvalId", {at + "send-back": {"step": "screening"}}, approval({}))
    dealer.steps("approvalId", {at + "confer": None}, approval(*visited, quantity=400))
    dealer.steps("approvalId", {at + "approve": None}, approval(*visited))
    dealer.steps("approvalId", {at + "approve-fast": None}, approval(urgency="critical", level="town"))
    given = send("/v1/keys", {"label": "approver", "role": "approver", "approvalLevel": "city", "approvalLimit": 10**11})
    approver = Caller(url, given["token"])

    def noticed(*path):
        """One that was approved and comes to its public notice, and has gone on from there."""
        def one():
            found = approval(*visited, quantity=200)()
            if not found or not approver.send(f"/v1/approvals/{found['id']}/approve", {}):
                return None
            return found if all(step(each.format(found["id"]), CHECKED if "object" in each else {}) for each in path) else None
        return one

    up, objected = "/v1/approvals/{}/put-up-notice", "/v1/notices/{}/object"
    dealer.steps("approvalId", {at + "put-up-notice": None}, noticed())
    dealer.steps("approvalId", {"POST " + objected.format("{approvalId}"): None}, noticed(up))
    dealer.steps("approvalId", {at + "settle-objection": None}, noticed(up, objected))
    dealer.steps("wishId", {"POST /v1/cases/{wishId}/answer": REASON}, asked)

    clocks = iter([])

    def clock(*path):
        def one():
            nonlocal clocks
            for _ in range(2):
                for each in clocks:
                    if all(step(f"/v1/clocks/{each}/{name}", body) for name, body in path):
                        return each
                made = asked()
                clocks = iter(caller.ids(f"/v1/clocks?wish={made['id']}") if made else [])
            return None
        return one

    at = "POST /v1/clocks/{clockId}/"
    awaiting, more = {"reason": "awaitsPapers"}, {"reason": "awaitsPapers", "more": 1}
    dealer.steps("clockId", {at + "pause": awaiting, at + "meet": awaiting, at + "cancel": awaiting, at + "extend": more},
                 clock())
    dealer.steps("clockId", {at + "resume": awaiting}, clock(("pause", awaiting)))
    dealer.steps("clockId", {at + "grant": awaiting, at + "refuse": awaiting}, clock(("extend", more)))

    # The office: what came in, households, openings, keys and drafts.
    words = itertools.cycle(["想要一台轮椅", "需要两箱牛奶", "want a wheelchair", "家里没有电风扇"])
    area = itertools.cycle(areas)

    def inbound():
        return send("/v1/inbox", {"words": next(words), "channel": "townWindow"})

    deal("POST /v1/inbox/{recordId}/confirm", lambda: named(
        "recordId", inbound(), {"category": "mobility.wheelchair", "area": next(area)}))
    inbox = [made["id"] for _ in range(4) if (made := inbound())]
    households = [made["id"] for _ in range(each) if (made := send("/v1/households", {"area": next(area)}))]
    household = itertools.cycle(households)
    deal("POST /v1/households/{householdId}/hardships", lambda: named("householdId", next(household), {"code": "illness"}))
    deal("POST /v1/persons/find", lambda: {"body": {"household": next(household)}})

    def member():
        home, person = next(household), str(uuid.uuid4())
        fine = step(f"/v1/households/{home}/members", {"person": person, **CHECKED})
        return {"path": {"householdId": home, "personId": person}} if fine else None

    deal("POST /v1/households/{householdId}/members/{personId}/leave", member)

    def asking():
        return {"holder": next(household), "field": "circumstance", **CHECKED}

    deal("POST /v1/openings", lambda: {"body": asking()})
    deal("POST /v1/openings/{openingId}/approve", lambda: named("openingId", send("/v1/openings", asking())))

    def key():
        made = send("/v1/keys", {"label": f"seed {next(number)}", "role": "coordinator"})
        return made and (made.get("id") or made["key"]["id"])

    deal("POST /v1/keys/{keyId}/revoke", lambda: named("keyId", key()))
    deal("POST /v1/keys", lambda: {"body": {"expires": f"2090-01-{1 + next(number) % 28:02}T00:00:00Z"}})

    def draft(*changes):
        name = f"draft{next(number)}"
        path = f"/v1/profiles/default/drafts/{name}"
        if not send("/v1/profiles/default/drafts", {"draft": name}) or not send(path):
            return None
        record = {"path": {"profile": "default", "draft": name}, "headers": {"If-Match": caller.version}}
        if changes and send(path, {"changes": list(changes)}, "PATCH", [("If-Match", caller.version)]) is None:
            return None
        return record

    at = " /v1/profiles/{profile}/drafts/{draft}"
    for method in ("GET", "PUT", "PATCH"):
        deal(method + at, draft)
    deal("POST" + at + "/discard", lambda: (made := draft()) and {**made, "body": {"version": 1}})
    deal("POST" + at + "/publish", lambda: (
        (made := draft(f"Proximity.decay={5_000 + next(number)}")) and {**made, "body": {"version": 2, "overNewer": True}}))
    if (made := draft("Proximity.decay=4000")) and step(
            f"/v1/profiles/default/drafts/{made['path']['draft']}/publish", {"version": 2, **CHECKED}):
        revisions = itertools.cycle([1, 2])
        deal("POST /v1/profiles/{profile}/rollback", lambda: {"path": {"profile": "default"}, "body": {"to": next(revisions)}})
    deal("POST /v1/profiles/{profile}/drafts", lambda: {"path": {"profile": "default"}, "body": {
        "draft": f"made{next(number)}", "from": "default"}})

    return {
        "wishes": [each["id"] for each in itertools.islice(open_wishes, 100)],
        "offers": caller.ids("/v1/offers?state=open&limit=200")[:100], "parties": [each["id"] for each in parties[:100]],
        "claims": caller.ids("/v1/claims?limit=20"), "cases": caller.ids("/v1/cases?state=open&limit=40", "wish"),
        "inbox": inbox, "households": households, "keys": caller.ids("/v1/keys?limit=4"), "lines": [1],
        "profiles": ["default"], "clocks": caller.ids("/v1/clocks?limit=20"),
        "approvals": caller.ids("/v1/approvals?limit=20"), "/v1/areas": areas[:4],
        "/v1/categories": caller.ids("/v1/categories?limit=4", "code"), "cursors": cursors(caller), "dealt": dealer.dealt,
    }


def cursors(caller):
    """A cursor of each list that has a second page."""
    found = {}
    for path in ("changes", "parties", "offers", "wishes", "claims", "inbox", "households", "cases", "approvals", "clocks", "keys",
                 "openings", "areas", "categories", "scorers", "budgets", "public/wishes", "clocks/overdue", "notices"):
        page = caller.send(f"/v1/{path}?limit=1") or {}
        if place := page.get("next") or page.get("cursor"):
            found[f"/v1/{path}"] = place
    return found


# What a path's member names, and what a body's.
MEMBERS = {"wishId": "wishes", "offerId": "offers", "partyId": "parties", "claimId": "claims", "recordId": "inbox",
           "householdId": "households", "keyId": "keys", "clockId": "clocks", "approvalId": "approvals",
           "personId": "wishes"}
BODIES = {"wish": "wishes", "offer": "offers", "party": "parties", "household": "households", "claim": "claims",
          "first": "wishes", "second": "wishes", "wishes": "wishes"}
# Names and numbers that records have: each with the kind of value that it is.
NAMES = {"profile": ("profiles", "string"), "line": ("lines", "integer"), "wishLine": ("lines", "integer"),
         "offerLine": ("lines", "integer"), "before": ("profiles", "string")}


class Shares:
    """Deals the records out: what one operation ends, another must not be asked about."""

    def __init__(self, pools, each=4):
        self.pools, self.each, self.given = pools, each, {}

    def take(self, kind, is_reading):
        ids = self.pools.get(kind) or []
        # Reading ends nothing, and reads what is dealt out last.
        if is_reading or len(ids) <= self.each:
            return ids[-self.each:]
        at = self.given.get(kind, 0)
        self.given[kind] = at + self.each
        turned = at % len(ids)
        return (ids[turned:] + ids[:turned])[:self.each]


def described(document, pools):
    """The document, with records and codes that exist in the place of those that do not."""
    schemas = document["components"]["schemas"]
    shares = Shares(pools)

    def named(schema, name=None, within=(), own={}):
        """The schema with its references written out, and ids where it names a record; one that holds itself stays named.

        `own` are the ids that the operation's own records name.
        """
        if isinstance(schema, list):
            return [named(each, name, within, own) for each in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            reference = schema["$ref"]
            if reference in within:
                return schema
            return named(schemas[reference.rsplit("/", 1)[1]], name, within + (reference,), own)
        if schema.get("format") == "uuid" and own.get(name):
            return {**schema, "enum": own[name]}
        if schema.get("format") == "uuid" and pools.get(BODIES.get(name)):
            return {**schema, "enum": shares.take(BODIES[name], False)}
        if name in NAMES and schema.get("type") == NAMES[name][1]:
            return {**schema, "enum": pools[NAMES[name][0]]}
        return {key: {member: named(each, member, within, own) for member, each in value.items()} if key == "properties"
                else named(value, name, within, own) if key in ("items", "anyOf", "oneOf", "allOf") else value
                for key, value in schema.items()}

    document = copy.deepcopy(document)
    for path, item in document["paths"].items():
        for method, operation in item.items():
            dealt = pools["dealt"].get(f"{method.upper()} {path}", [])

            def own(part):
                """The values that the operation's own records have for each member of a part."""
                members = {name for record in dealt for name in record.get(part, {})}
                return {name: list(dict.fromkeys(record[part][name] for record in dealt if name in record.get(part, {})))
                        for name in members}

            for parameter in operation.get("parameters", []):
                name, schema = parameter["name"], parameter["schema"]
                if parameter["in"] == "query":
                    if name in ("cursor", "after") and path in pools["cursors"]:
                        parameter["schema"] = {**schema, "enum": [pools["cursors"][path]]}
                    elif name == "after" and path == "/v1/profile-differences":
                        parameter["schema"] = {**schema, "enum": pools["profiles"]}
                    elif name == "within":
                        parameter["schema"] = {**schema, "enum": pools[path]}
                    elif schema.get("format") == "uuid" or name in NAMES:
                        parameter["schema"] = named(schema, name)
                    if "enum" in parameter["schema"] and "example" in parameter:
                        parameter["example"] = parameter["schema"]["enum"][0]
                if parameter["in"] != "path":
                    continue
                ids = own("path").get(name) or shares.take(MEMBERS.get(name), method == "get")
                if name == "wishId" and path.startswith("/v1/cases/"):
                    ids = own("path").get(name) or shares.take("cases", method == "get")
                if ids and (schema.get("format") == "uuid" or name in own("path")):
                    parameter["schema"] = {**schema, "enum": ids}
                    parameter["example"] = ids[0]
                elif name in NAMES:
                    parameter["schema"] = named(schema, name)
                    parameter["example"] = parameter["schema"]["enum"][0]
            for content in (operation.get("requestBody") or {}).get("content", {}).values():
                if "schema" not in content:
                    continue
                content["schema"] = named(content["schema"], own=own("body"))
                if "example" in content:
                    content["example"] = fitted(content["example"], content["schema"])
    return document


def fitted(example, schema):
    """The example with values that are known in the place of those that are not."""
    if "enum" in schema:
        return example if example in schema["enum"] else schema["enum"][0]
    if isinstance(example, dict):
        return {name: fitted(value, schema.get("properties", {}).get(name, {})) for name, value in example.items()}
    if isinstance(example, list):
        items = schema.get("items", {})
        if "enum" in items:
            return items["enum"][:len(example)]
        return [fitted(each, items) for each in example]
    return example
