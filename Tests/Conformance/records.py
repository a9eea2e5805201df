"""Records for the service's document to name: a document of ids that exist nowhere tells little of a service.

`seed` makes some of every kind over HTTP, several in each state that a step begins from; `described` writes them into the
requests of the document, where a path or a body names one.
"""
import copy, json, urllib.error, urllib.request, uuid


class Caller:
    def __init__(self, url, token):
        self.url, self.token = url, token

    def send(self, path, body=None, method=None, headers=()):
        """The answer as JSON; None where the request was refused."""
        request = urllib.request.Request(
            self.url + path, data=None if body is None else json.dumps(body).encode(), method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.add_header("Idempotency-Key", str(uuid.uuid4()))
        for name, value in headers:
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError:
            return None

    def ids(self, path, member="id"):
        page = self.send(path) or {}
        return [item[member] for item in page.get("items", []) if item.get(member)]

    def steps(self, ids, path, body=None):
        """Those of the ids for which the step succeeded."""
        return [each for each in ids if self.send(path.format(each), body or {}) is not None]


def seed(url, token):
    """Makes records, and returns lists of ids by what they can be used for."""
    caller = Caller(url, token)
    wishes = caller.ids("/v1/wishes?state=open&limit=200")
    offers = caller.ids("/v1/offers?state=open&limit=200")
    parties = caller.ids("/v1/parties?state=active&limit=200")
    claims, shares = [], iter(range(10_000))
    for wish in wishes[:90]:
        found = caller.send(f"/v1/wishes/{wish}/matches?limit=3&vetoes=false") or {"items": []}
        for ranking in found["items"][:1]:
            for candidate in ranking["candidates"][next(shares) % 3:][:1]:
                made = caller.send("/v1/claims", {
                    "offer": candidate["record"]["id"], "offerLine": candidate["line"], "wish": wish,
                    "wishLine": ranking["subjectLine"], "quantity": 1})
                if made:
                    claims.append(made["id"])
    proposed, others = claims[:len(claims) // 3], claims[len(claims) // 3:]
    accepted = caller.steps(others, "/v1/claims/{}/accept")
    sent = caller.steps(accepted[len(accepted) // 2:], "/v1/claims/{}/dispatch")
    received = caller.steps(sent[len(sent) // 2:], "/v1/claims/{}/receive")
    # Wishes that come in today have a case, clocks that run, and an approval to pass.
    category = next(iter((caller.send("/v1/wishes?state=open&limit=1") or {"items": []})["items"]), {"lines": []})
    category = next((line["category"] for line in category["lines"] if line.get("category")), None)
    asked = [made["id"] for number in range(60) if (made := caller.send("/v1/wishes", {
        "text": f"想要一台轮椅 {number}", "lines": [{"category": category, "quantity": 1}], "channel": "townWindow"}))]
    words = ["想要一台轮椅", "需要两箱牛奶", "want a wheelchair", "家里没有电风扇"]
    inbox = [made["id"] for number in range(24) if (made := caller.send(
        "/v1/inbox", {"words": words[number % len(words)], "channel": "townWindow"}))]
    areas = caller.ids("/v1/areas?limit=200", "code")
    households = [made["id"] for number in range(20) if (made := caller.send(
        "/v1/households", {"area": areas[number % len(areas)]}))]
    keys = [made.get("id") or made.get("key", {}).get("id") for number in range(12) if (made := caller.send(
        "/v1/keys", {"label": f"seed {number}", "role": "coordinator"}))]
    return {
        "wishes": wishes[90:], "offers": offers[:100], "parties": parties[:100], "claims": claims,
        "proposed": proposed, "accepted": accepted[:len(accepted) // 2], "sent": sent[:len(sent) // 2],
        "received": received, "cases": asked or wishes[:60], "inbox": inbox,
        "households": households, "persons": [], "keys": [each for each in keys if each],
        "profiles": caller.ids("/v1/profiles", "name") or ["default"], "lines": [1],
        "clocks": [each for wish in asked[:30] for each in caller.ids(f"/v1/clocks?wish={wish}")],
        "approvals": caller.ids("/v1/approvals?limit=200"),
    }


# What a path's member names, and for single paths what their step begins from.
MEMBERS = {"wishId": "wishes", "offerId": "offers", "partyId": "parties", "claimId": "claims", "recordId": "inbox",
           "householdId": "households", "keyId": "keys", "clockId": "clocks", "approvalId": "approvals",
           "personId": "wishes"}
STEPS = {"/v1/claims/{claimId}/" + step: pool for step, pool in (
    ("accept", "proposed"), ("decline", "proposed"), ("expire", "proposed"), ("renew", "proposed"),
    ("split", "proposed"), ("dispatch", "accepted"), ("release", "accepted"), ("receive", "sent"),
    ("confirm", "received"), ("return", "received"))}
BODIES = {"wish": "wishes", "offer": "offers", "party": "parties", "household": "households", "claim": "claims",
          "first": "wishes", "second": "wishes", "wishes": "wishes"}
# Names and numbers that records have: each with the kind of value that it is.
NAMES = {"profile": ("profiles", "string"), "line": ("lines", "integer"), "wishLine": ("lines", "integer"),
         "offerLine": ("lines", "integer")}


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


def kind_of(path, name):
    kind = STEPS.get(path) if name == "claimId" else None
    if name == "wishId" and path.startswith("/v1/cases/"):
        kind = "cases"
    return kind or MEMBERS.get(name)


def described(document, pools):
    """The document, with ids of records that exist in the place of ids of none."""
    schemas = document["components"]["schemas"]

    shares = Shares(pools)

    def named(schema, name=None, within=()):
        """The schema with its references written out, and ids where it names a record; one that holds itself stays named."""
        if isinstance(schema, list):
            return [named(each, name, within) for each in schema]
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            reference = schema["$ref"]
            if reference in within:
                return schema
            return named(schemas[reference.rsplit("/", 1)[1]], name, within + (reference,))
        if schema.get("format") == "uuid" and pools.get(BODIES.get(name)):
            return {**schema, "enum": shares.take(BODIES[name], False)}
        if name in NAMES and schema.get("type") == NAMES[name][1]:
            return {**schema, "enum": pools[NAMES[name][0]]}
        return {key: {member: named(each, member, within) for member, each in value.items()} if key == "properties"
                else named(value, name, within) if key in ("items", "anyOf", "oneOf", "allOf") else value
                for key, value in schema.items()}

    document = copy.deepcopy(document)
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for parameter in operation.get("parameters", []):
                if parameter["in"] != "path":
                    continue
                ids = shares.take(kind_of(path, parameter["name"]), method == "get")
                if ids and parameter["schema"].get("format") == "uuid":
                    parameter["schema"] = {**parameter["schema"], "enum": ids}
                    parameter["example"] = ids[0]
                elif parameter["name"] in NAMES:
                    parameter["schema"] = named(parameter["schema"], parameter["name"])
                    parameter["example"] = parameter["schema"]["enum"][0]
            for content in (operation.get("requestBody") or {}).get("content", {}).values():
                content["schema"] = named(content["schema"])
                example, properties = content.get("example"), content["schema"].get("properties", {})
                for member, schema in properties.items():
                    if isinstance(example, dict) and member in example and "enum" in schema:
                        if example[member] not in schema["enum"]:
                            example[member] = schema["enum"][0]
    return document
