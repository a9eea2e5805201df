"""Sends what schemathesis cannot know by itself: rows as they are, and a new Idempotency-Key with each new request, as the
service's document asks for; a key from an example, sent with one body after another, is refused as reused.
"""
import uuid

import schemathesis


@schemathesis.serializer("application/x-ndjson", "text/csv")
def rows(_context, value):
    return value.encode(errors="surrogatepass") if isinstance(value, str) else str(value).encode()


@schemathesis.hook
def before_call(_context, case, _kwargs):
    mode = getattr(getattr(getattr(case, "meta", None), "generation", None), "mode", None)
    if mode is not None and str(getattr(mode, "value", mode)).lower() == "positive":
        for name in list(case.headers or {}):
            if name.lower() == "idempotency-key":
                case.headers[name] = str(uuid.uuid4())
