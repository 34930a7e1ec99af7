"""The gateway's shells: processes, pipes and sockets around the engine.

A `Link` performs what one session decides. Its host side is a `StdioHost`, or a face of `http_faces` behind the
ASGI application `http_app.App`; its server side is a `StdioUpstream` (a `Child`, started by the `Warden`) or an
`HttpUpstream` (over a `Pool`). A `Connector` makes links; `http_sessions` keeps those of an HTTP face.

A shell that needs an `if` about security is a bug: deciding is the engine's.
"""
