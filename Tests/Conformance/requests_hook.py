"""Sends rows as they are: schemathesis knows no serializers for these types."""
import schemathesis


@schemathesis.serializer("application/x-ndjson", "text/csv")
def rows(_context, value):
    return value.encode(errors="surrogatepass") if isinstance(value, str) else str(value).encode()
