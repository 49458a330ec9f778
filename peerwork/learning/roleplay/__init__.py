"""Practice for hard conversations, with nobody watching."""
