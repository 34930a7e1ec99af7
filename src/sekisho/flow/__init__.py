"""What tools do with information, judged from how they are defined.

`roles.roles` says of one definition whether it brings in outsiders' text, reads what is private, or sends something
out. `rules.namespace.toxic_combination` asks it, and so does the scanner's picture of servers.
A name can lie: roles tell what a setup makes possible, never that a tool is harmless.
"""
