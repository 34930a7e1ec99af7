"""The wire: bytes to judged values, and back.

`strict` turns bytes into one JSON value or a `WireError`.
`jsonrpc` gives that value its JSON-RPC shape: `Request`, `Notification`, `Response`, `Failure`.
`versions` knows which methods each MCP revision has; `headers` and `params` know the HTTP headers of 2026-07-28.
`sse` is the event-stream codec, `pointer` is RFC 6901.

Everything here is pure: no socket, file, clock or environment.
The value that comes out is the value that is judged, and `serialise` of that value is what is sent on.
"""
