"""The gateway's shells: processes, pipes and sockets around the engine.

A `Link` performs what one session decides. Its host side is a `StdioHost`, or a face of `http_faces` behind the
application `http_app.App`, which an `HttpServer` calls with one `Exchange` per request; its server side is a
`StdioUpstream` (a `Child`, started by the `Warden`), an `HttpUpstream` or, for old servers, an `SseUpstream` (both
over a `Pool`).
A `Connector` makes links, and `http_sessions` keeps those of an HTTP face.
A `Turn` puts on record with one write what all links decide in one turn of the event loop.

A shell that needs an `if` about security is a bug: deciding is the engine's.
"""
