"""Rules about one server as a host's settings launch or contact it (`settings.entry.Entry`)."""
