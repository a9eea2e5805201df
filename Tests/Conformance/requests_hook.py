"""Gives valid requests what schemathesis cannot know by itself: rows as they are, a new Idempotency-Key with each new
request, as the service's document asks for, since a key that is sent with one body after another is refused as reused; and
a record of its own, of those that `records` dealt to the operation, since what a step ends cannot be ended again.
"""
import collections, json, os, uuid
from pathlib import Path

import schemathesis

DEALT = collections.defaultdict(list, json.loads(Path(os.environ["CONFORMANCE_RECORDS"]).read_text()))


@schemathesis.serializer("application/x-ndjson", "text/csv")
def rows(_context, value):
    if isinstance(value, str):
        return value.encode(errors="surrogatepass")
    return json.dumps(value).encode()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    meta = getattr(case, "meta", None)
    mode = getattr(getattr(meta, "generation", None), "mode", None)
    if mode is None or str(getattr(mode, "value", mode)).lower() != "positive":
        return
    for name in list(case.headers or {}):
        if name.lower() == "idempotency-key":
            case.headers[name] = str(uuid.uuid4())
    # Another system's number for a record is one record's only.
    if isinstance(case.body, dict) and "externalID" in case.body:
        case.body["externalID"] = str(uuid.uuid4())
    # A request that follows from another's answer is about that one's record.
    phase = getattr(meta.phase, "name", None)
    if "stateful" not in str(getattr(phase, "value", phase)).lower():
        give(case, DEALT[f"{case.method.upper()} {case.operation.path}"])


def give(case, records):
    """Puts the next record into the request. Those that are left at the end are given round and round."""
    if not records:
        return
    record = records.pop(0)
    records.append(record)
    for name, value in record.get("path", {}).items():
        case.path_parameters[name] = value
    for name, value in record.get("headers", {}).items():
        if case.headers is not None and name in case.headers:
            case.headers[name] = value
    said = record.get("body")
    if said and isinstance(case.body, dict):
        case.body.update({name: value for name, value in said.items()})
    elif said and case.body is not None and not isinstance(case.body, (str, bytes, list, int, float)):
        # No body was made; the operation takes one all the same.
        case.body, case.media_type = dict(said), "application/json"
