"""Real telephones on loopback: each a process of its own, with baresip, that says one tone and tells which it hears."""
