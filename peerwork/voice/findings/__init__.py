"""You said, we did: what was found, what was promised, and what came of it."""
