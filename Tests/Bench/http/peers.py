"""Peers of the service for one run: the same object built and answered by Starlette, and the box query by Flask.

ALMONER_BENCH_WISH names a file that holds one wish as the service answers it; Starlette builds the same object anew for
each request. ALMONER_BENCH_QUERIES holds SQL statements, one a line, that Flask runs in turn on PostgreSQL.
"""
import itertools
import json
import os

if "ALMONER_BENCH_WISH" in os.environ:
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    WISH = json.load(open(os.environ["ALMONER_BENCH_WISH"]))

    def built(value):
        if isinstance(value, dict):
            return {name: built(item) for name, item in value.items()}
        return [built(item) for item in value] if isinstance(value, list) else value

    async def wish(request):
        return JSONResponse(built(WISH))

    async def health(request):
        return JSONResponse({"status": "ok"})

    star = Starlette(routes=[Route("/wish", wish), Route("/healthz", health)])

if "ALMONER_BENCH_QUERIES" in os.environ:
    import threading

    import psycopg
    from flask import Flask, jsonify

    flask = Flask(__name__)
    QUERIES = itertools.cycle([line for line in open(os.environ["ALMONER_BENCH_QUERIES"]) if line.strip()])
    LOCAL = threading.local()

    @flask.get("/matches")
    def matches():
        if not hasattr(LOCAL, "connection"):
            LOCAL.connection = psycopg.connect(autocommit=True)
        rows = LOCAL.connection.execute(next(QUERIES)).fetchall()
        return jsonify({"items": [{"offer": row[0], "score": float(row[1])} for row in rows]})
