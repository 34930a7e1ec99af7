"""The host behind `client_driver`: a client of the official SDK, and what it does per scenario.

Concepts: a *host* (a connected client and the user who answers its forms) and a *scenario* (what the suite wants
to see). `client_driver` connects a host and hands it to one of `scenarios`.
"""
