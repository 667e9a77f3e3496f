"""Reference engines: the models of statsmodels and the prophet package behind our interface, one window at a time."""
