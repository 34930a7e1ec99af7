"""The scanner: it reads what servers offer and how they are set up, asks the rules, and says what they found.

`dumps` reads files into `Dump`s, `judge` asks `engine.survey` about them, and the outcome is a `Report`:
`Spot`s (a finding and where it stands in a file), what was looked at, and what was not.
`table` and `page` write a report for a person, `document` and `sarif` for a machine.
`cli/scan` calls them in this order.
`live` starts servers in a `sandbox` with a planted home (`lure`), and `asking` reads what they offer.
`hosts` knows where hosts keep their settings (`data/hosts.toml`), `collect` looks there and reads what it finds
without starting anything; `engine.entries` judges it.
Nothing here decides about security: the rules do.
"""
