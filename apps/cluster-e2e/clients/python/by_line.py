"""Lets another program use kafka-connect-py: a call per line of JSON comes in, its outcome goes out as a line.

{"call": "kc", "args": ["list"]} runs the command kc; any other name is a method of the library's class.
The outcome is {"returned": ...} or {"thrown": ...}. The first argument is the base URL.
"""

import contextlib
import io
import json
import sys

from kafka_connect import KafkaConnect
from kafka_connect.cli import cli, get_logger

url = sys.argv[1]
library = KafkaConnect(url, None, True, get_logger("CRITICAL"))


def command(args):
    """What kc prints, as JSON where it is, and the status with which it ends."""
    printed = io.StringIO()
    status = 0
    with contextlib.redirect_stdout(printed):
        try:
            cli(["--url", url, "--log-level", "CRITICAL", *args])
        except SystemExit as ended:
            status = ended.code
    text = printed.getvalue().strip()
    with contextlib.suppress(ValueError):
        text = json.loads(text)
    return {"status": status, "printed": text}


def outcome(call, args):
    try:
        return {"returned": command(args) if call == "kc" else getattr(library, call)(*args)}
    except Exception as error:
        return {"thrown": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(outcome(**json.loads(line))), flush=True)
