"""The hub: many servers behind one face, as one catalogue.

A `Hub` stands above the sessions of its servers: for each of them it is the host, for the host it is the server.
Events of the host and messages of the servers come in; effects go out, among them `ToServer`, an event for one
server's session. `names` and `uris` say what things are called above, `lists` reads a server's pages and keeps them,
`cursors` seals our own, `contact` greets the servers, `catalogue` answers lists, `routing` finds the one server that a
request is for, `listening` fans subscriptions out, `questions` gives the servers' questions ids of our own,
`changing` takes another configuration while hosts are here.

Judging and recording what a server sends and gets is the sessions' part; the hub records only what it answers itself.
"""
