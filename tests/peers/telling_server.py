"""A server of both generations that says something at once whenever somebody wants to hear of changes.

It runs on the standard library, so that a test that starts several pays nothing for it.
"""

import json
import sys

__all__ = ["serve"]

_PREFIX = "io.modelcontextprotocol/"


def _said(**body: object) -> None:
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **body}) + "\n")
    sys.stdout.flush()


def _answer(method: str, params: dict[str, str]) -> dict[str, object]:
    offered = {"resources": {"subscribe": True, "listChanged": True}, "logging": {}}
    match method:
        case "initialize":
            version = params["protocolVersion"]
            return {"protocolVersion": version, "capabilities": offered, "serverInfo": {"name": "t", "version": "1"}}
        case "server/discover":
            cached = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
            return {**cached, "supportedVersions": ["2026-07-28"], "capabilities": offered}
        case _:
            return {}


def serve() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        message = json.loads(line)
        method, params, about = message.get("method"), message.get("params", {}), message.get("id")
        if method == "subscriptions/listen":
            tag = {"_meta": {f"{_PREFIX}subscriptionId": about}}
            ack = "notifications/subscriptions/acknowledged"
            _said(method=ack, params={**tag, "notifications": params["notifications"]})
            _said(method="notifications/resources/list_changed", params=tag)
        elif about is not None:
            _said(id=about, result=_answer(method, params))
        if method == "resources/subscribe":
            _said(method="notifications/resources/updated", params={"uri": params["uri"]})
        elif method == "logging/setLevel":
            _said(method="notifications/message", params={"level": params["level"], "data": "set"})


if __name__ == "__main__":
    serve()
